import { updateRequestCards } from '../commands/request-notices.js';
import { askOf, type RequestDesk } from '../commands/request-words.js';
import { decidedCard } from '../cards/request-card.js';
import type { Log } from '../log.js';
import { inTransaction } from '../mongo.js';
import type { Dispatcher } from '../notices/dispatcher.js';
import { enqueue } from '../notices/outbox.js';
import { getAccount } from '../workspace/accounts.js';
import type { Request } from '../workspace/entities.js';
import { expireInvitations } from '../workspace/invitations.js';
import { expireRequests } from '../workspace/requests.js';
import type { Sweep } from './sweep.js';

/** Ends invitations and requests that nobody answered in time; a request's cards and its requester are told. */
export function expirySweep(needs: {
  desk: Omit<RequestDesk, 'account'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'expiries',
    everySeconds: 300,
    async run({ at }) {
      await expireInvitations(at);
      const expired = await expireRequests(at);
      for (const request of expired) {
        await tell(needs.desk, request).catch((error: unknown) => {
          needs.log.error({ err: error, request: request.id }, 'that a request expired could not be told');
        });
      }
      if (expired.length > 0) needs.dispatcher.nudge();
    },
  };
}

async function tell(desk: Omit<RequestDesk, 'account'>, request: Request): Promise<void> {
  const account = await getAccount(request.account);
  if (!account) throw new Error('its account is gone');
  const ask = await askOf({ ...desk, account }, request);
  const decision = { state: 'expired' as const };
  await inTransaction(async () => {
    await updateRequestCards(account, request, ask, decision);
    const card = decidedCard(ask, decision);
    await enqueue([{ id: `expired:${request.id}`, account: account.id, to: { person: request.by }, card }]);
  });
}

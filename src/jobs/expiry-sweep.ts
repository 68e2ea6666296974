import { tellExpired } from '../commands/request-notices.js';
import type { RequestDesk } from '../commands/request-words.js';
import type { Log } from '../log.js';
import { inTransaction } from '../mongo.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { getAccount } from '../workspace/accounts.js';
import type { Request } from '../workspace/entities.js';
import { expireInvitations } from '../workspace/invitation-ending.js';
import { expireRequest } from '../workspace/requests.js';
import { overdueRequests } from '../workspace/sweeping.js';
import type { Sweep } from './sweep.js';

const AT_ONCE = 200;

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
      const overdue = await overdueRequests(at, AT_ONCE);
      for (const request of overdue) {
        await expireAndTell(needs.desk, request, at).catch((error: unknown) => {
          needs.log.error({ err: error, request: request.id }, 'a request could not be ended');
        });
      }
      if (overdue.length > 0) needs.dispatcher.nudge();
    },
  };
}

async function expireAndTell(
  desk: Omit<RequestDesk, 'account'>,
  { account: of, id }: Request,
  at: Date,
): Promise<void> {
  const account = await getAccount(of);
  if (!account) throw new Error('its account is gone');
  await inTransaction(async () => {
    const expired = await expireRequest({ account: of, id, at });
    if (expired) await tellExpired({ ...desk, account }, expired);
  });
}

import type { Log } from '../log.js';
import { inTransaction } from '../mongo.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { tellEnded } from '../notices/ownership/handover-notices.js';
import type { Payments } from '../payments/payments.js';
import type { Handover } from '../workspace/handover.js';
import { expireHandover, overdueHandovers } from '../workspace/handovers.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Sweep } from './sweep.js';

const AT_ONCE = 200;

/** Ends offers of primary ownership that nobody answered, and has the provider forget the cards of former primary owners. */
export function handoverSweep(needs: {
  payments: Pick<Payments, 'forgetFormerCards'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'handovers',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      const overdue = await overdueHandovers(at, AT_ONCE);
      for (const handover of overdue) {
        await expireAndTell(handover, at).catch((error: unknown) => {
          needs.log.error({ err: error, handover: handover.id }, 'an offer of primary ownership could not be ended');
        });
      }
      if (overdue.length > 0) needs.dispatcher.nudge();
      await needs.payments.forgetFormerCards(timeIsUp);
    },
  };
}

async function expireAndTell({ account, id, workspace: of }: Handover, at: Date): Promise<void> {
  const workspace = await getWorkspace(account, of);
  if (!workspace) throw new Error('its workspace is gone');
  await inTransaction(async () => {
    const handover = await expireHandover({ account, id, at });
    if (handover) await tellEnded({ workspace, handover });
  });
}

import mongoose from 'mongoose';
import { awaitsCharge, TopUpModel, type TopUpRow } from './models.js';
import type { OperatorLog } from './suspense.js';

/** Unfinished top-ups looked at per sweep. */
const SWEEP = 200;

/** Brings up to date what the webhooks missed and what a crash left unfinished, those longest unseen first. */
export async function reconcileTopUps(
  deps: {
    log: OperatorLog;
    bringUpToDate: (row: TopUpRow, at: Date) => Promise<TopUpRow>;
    timeIsUp: () => boolean;
  },
  at: Date,
): Promise<{ looked: number; credited: number; troubled: number }> {
  const rows = await TopUpModel.find({ state: mongoose.trusted({ $in: ['open', 'processing'] }) })
    .sort({ lookedAt: 1 })
    .limit(SWEEP)
    .lean<TopUpRow[]>();
  const done = { looked: 0, credited: 0, troubled: 0 };
  for (const row of rows) {
    if (deps.timeIsUp()) break;
    await TopUpModel.updateOne({ _id: row._id, account: row.account }, { $set: { lookedAt: at } });
    if (isAskedForElsewhere(row)) continue;
    done.looked++;
    try {
      if ((await deps.bringUpToDate(row, at)).state === 'credited') done.credited++;
    } catch (error) {
      done.troubled++;
      deps.log.error({ err: error, topUp: row._id }, 'a top-up could not be looked up at the provider');
    }
  }
  return done;
}

/** Whether an automatic charge is still wanted is known where it was decided upon; who knows asks for it, or gives it up. */
function isAskedForElsewhere(row: TopUpRow): boolean {
  return row.state === 'open' && row.automatic !== undefined && awaitsCharge(row);
}

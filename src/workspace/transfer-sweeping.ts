import mongoose from 'mongoose';
import type { Ledger } from '../ledger/entry.js';
import { TransferModel, type TransferRow, toTransfer } from './transfer-model.js';
import { move, settleMoved, settleUndone } from './transfer-outcome.js';
import type { TransferRecord } from './transfer-record.js';

/**
 * For the sweep: what was cut off between the ledger and its outcome, looked up in the ledger. One that cannot be
 * settled goes to `onTrouble` and stops no other.
 */
export async function settleCutOff(
  ledger: Pick<Ledger, 'entry'>,
  { before, limit, onTrouble }: { before: Date; limit: number; onTrouble: (transfer: string, error: unknown) => void },
): Promise<number> {
  const rows = await TransferModel.find({
    state: mongoose.trusted({ $in: ['asked', 'undoing'] }),
    askedAt: mongoose.trusted({ $lte: before }),
  })
    .sort({ askedAt: 1 })
    .limit(limit)
    .lean<TransferRow[]>();
  for (const row of rows) await settleFromLedger(ledger, row).catch((error: unknown) => onTrouble(row._id, error));
  return rows.length;
}

/** Long after it was asked, a line that is not there never comes: the ledger gives up within seconds. */
async function settleFromLedger(ledger: Pick<Ledger, 'entry'>, row: TransferRow): Promise<void> {
  const key = row.state === 'asked' ? `x:${row._id}` : `rev:x:${row._id}`;
  const [from, to] = await Promise.all([ledger.entry(row.from, key), ledger.entry(row.to, key)]);
  if (!from || !to) await move(row, [row.state], { state: row.state === 'asked' ? 'notMoved' : 'moved' });
  else if (row.state === 'asked') await settleMoved(row, from.balanceMinor, to.balanceMinor, from.at);
  else await settleUndone(row, from.balanceMinor, to.balanceMinor, from.at);
}

/** Transfers of which their channels have not heard, of every account: for the notices' sweep. */
export async function untoldTransfers(limit: number): Promise<TransferRecord[]> {
  const rows = await TransferModel.find({ told: false }).sort({ askedAt: 1 }).limit(limit).lean<TransferRow[]>();
  return rows.map(toTransfer);
}

/** Says that this state is told; inside a transaction it joins that one. False: it is another by now, or was told. */
export async function markTransferTold({ account, id, state }: TransferRecord): Promise<boolean> {
  const marked = await TransferModel.updateOne({ account, _id: id, state, told: false }, { $set: { told: true } });
  return marked.modifiedCount === 1;
}

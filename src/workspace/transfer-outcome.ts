import mongoose from 'mongoose';
import type { Minor } from '../ledger/entry.js';
import { inTransaction } from '../mongo.js';
import { writeAudit } from './audit.js';
import type { PersonId } from './entities.js';
import { TransferModel, type TransferRow } from './transfer-model.js';
import type { TransferState } from './transfer-record.js';

/** How long a transfer can be undone. */
export const UNDO_MINUTES = 10;

/** Writes down that both wallets have their line. */
export async function settleMoved(
  row: TransferRow,
  fromBalanceMinor: Minor,
  toBalanceMinor: Minor,
  movedAt: Date,
): Promise<TransferRow> {
  const undoUntil = new Date(movedAt.getTime() + UNDO_MINUTES * 60_000);
  const change = { state: 'moved' as const, fromBalanceMinor, toBalanceMinor, movedAt, undoUntil, told: false };
  return settle(row, ['asked', 'notMoved'], change, { action: 'transfer.made', by: row.by, at: movedAt });
}

/** Writes down that both wallets have the line that takes it back: the ledger has it, whatever the row said meanwhile. */
export async function settleUndone(
  row: TransferRow,
  fromBalanceMinor: Minor,
  toBalanceMinor: Minor,
  undoneAt: Date,
): Promise<TransferRow> {
  const change = { state: 'undone' as const, fromBalanceMinor, toBalanceMinor, undoneAt, told: false };
  return settle(row, ['undoing', 'moved'], change, {
    action: 'transfer.undone',
    by: row.undoBy ?? row.by,
    at: undoneAt,
  });
}

/** The outcome with a line in the audit trail of both workspaces, or what a racer wrote. */
async function settle(
  row: TransferRow,
  from: readonly TransferState[],
  change: Partial<TransferRow>,
  line: { action: 'transfer.made' | 'transfer.undone'; by: PersonId; at: Date },
): Promise<TransferRow> {
  const { account, amountMinor, currency, approvedBy } = row;
  return inTransaction(async () => {
    const settled = await TransferModel.findOneAndUpdate(
      { account, _id: row._id, state: mongoose.trusted({ $in: from }) },
      { $set: change },
      { returnDocument: 'after' },
    ).lean<TransferRow>();
    if (!settled) return current(row);
    const detail = { transfer: row._id, amountMinor, currency, ...(approvedBy && { approvedBy }) };
    await writeAudit({ account, workspace: row.from, ...line, detail: { ...detail, side: 'from' } });
    await writeAudit({ account, workspace: row.to, ...line, detail: { ...detail, side: 'to' } });
    return settled;
  });
}

/** Compare-and-set: a racer that came first keeps what it wrote, and is what is answered. */
export async function move(
  row: TransferRow,
  from: readonly TransferState[],
  change: Partial<TransferRow>,
): Promise<TransferRow> {
  const moved = await TransferModel.findOneAndUpdate(
    { account: row.account, _id: row._id, state: mongoose.trusted({ $in: from }) },
    { $set: change },
    { returnDocument: 'after' },
  ).lean<TransferRow>();
  return moved ?? current(row);
}

async function current({ account, _id }: TransferRow): Promise<TransferRow> {
  return TransferModel.findOne({ account, _id }).lean<TransferRow>().orFail();
}

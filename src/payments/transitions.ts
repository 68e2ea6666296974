import mongoose from 'mongoose';
import { TopUpModel, type TopUpRow } from './models.js';
import type { TopUpState } from './top-up.js';

/** How a top-up's row goes from state to state: always from a state that is named, so that a racer is not written over. */

/**
 * That it is still to be paid on this page: somebody may have chosen the saved card since the row was read, and closed
 * the page for that.
 */
export function whileOnPage({ checkoutId, needsCardholder }: TopUpRow): object {
  return needsCardholder ? { checkoutId } : { checkoutId, charge: mongoose.trusted({ $exists: false }) };
}

/** Compare-and-set: a racer that came first keeps what it wrote, and is what is answered. */
export async function move(
  row: TopUpRow,
  from: readonly TopUpState[],
  change: Partial<TopUpRow>,
  still: object = {},
): Promise<TopUpRow> {
  const moved = await TopUpModel.findOneAndUpdate(
    { ...still, _id: row._id, account: row.account, state: mongoose.trusted({ $in: from }) },
    { $set: change },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return moved ?? current(row);
}

/** The same to an ended state: it is told of, and no longer stands in the way of another automatic top-up. */
export async function end(
  row: TopUpRow,
  from: readonly TopUpState[],
  change: Partial<TopUpRow> & Pick<TopUpRow, 'state'>,
  at: Date,
  still: object = {},
): Promise<TopUpRow> {
  const ended = await TopUpModel.findOneAndUpdate(
    { ...still, _id: row._id, account: row.account, state: mongoose.trusted({ $in: from }) },
    { $set: { told: false, settledAt: at, ...change }, $unset: { openAutomatic: 1 } },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return ended ?? current(row);
}

export async function current(row: TopUpRow): Promise<TopUpRow> {
  return (await TopUpModel.findOne({ _id: row._id, account: row.account }).lean<TopUpRow>()) ?? row;
}

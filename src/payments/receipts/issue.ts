import { MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { newId } from '../../id.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import { digest } from '../../workspace/canonical.js';
import type { AccountId } from '../../workspace/entities.js';
import { TopUpModel, type TopUpRow } from '../models.js';
import { ReversalModel, type ReversalRow } from '../reversal-model.js';

import { type Draft, DOCUMENTED_KINDS, type DraftDeps, draftCorrection, draftReceipt, sourceOfTopUp } from './draft.js';
import { toReceipt } from './find.js';
import { labelOf, type Receipt } from './receipt.js';
import { ReceiptModel, type ReceiptRow, SeriesModel } from './receipt-model.js';

export interface IssueDeps extends DraftDeps {
  log: Pick<Log, 'error'>;
  /** Runs in the transaction that issues: what it writes stands if the receipt does. It may run again. */
  onIssued?: (receipt: Receipt) => Promise<void>;
}

const BATCH = 200;
const DUPLICATE_KEY = 11_000;

/**
 * Issues a receipt for each credited top-up that has none, and for each refund and lost dispute the credit note. Safe to
 * run at any time, by any number of processes; resolves with how many documents were issued.
 */
export async function issueReceipts(deps: IssueDeps, at: Date): Promise<number> {
  const topUps = await TopUpModel.find({ state: 'credited', receipt: null })
    .sort({ settledAt: 1 })
    .limit(BATCH)
    .lean<TopUpRow[]>();
  const issued = await each(deps, topUps, ({ account, _id }) => issueForTopUp(deps, account, _id, at));
  const reversals = await ReversalModel.find({ receipt: null, kind: mongoose.trusted({ $in: DOCUMENTED_KINDS }) })
    .sort({ createdAt: 1 })
    .limit(BATCH)
    .lean<ReversalRow[]>();
  return issued + (await each(deps, reversals, (row) => issueForReversal(deps, row, at)));
}

/** One that fails stops no other. */
async function each<T extends { _id: string; account: AccountId }>(
  deps: IssueDeps,
  rows: readonly T[],
  issue: (row: T) => Promise<boolean>,
): Promise<number> {
  let issued = 0;
  for (const row of rows) {
    try {
      await ensureSeries(row.account);
      if (await issue(row)) issued++;
    } catch (error) {
      deps.log.error({ err: error, of: row._id, account: row.account }, 'a receipt could not be issued yet');
    }
  }
  return issued;
}

function issueForTopUp(deps: IssueDeps, account: AccountId, id: string, at: Date): Promise<boolean> {
  return inTransaction(async () => {
    const row = await TopUpModel.findOne({ account, _id: id, state: 'credited', receipt: null }).lean<TopUpRow>();
    if (!row) return false;
    const receipt = await number(await draftReceipt(deps, row), at);
    await TopUpModel.updateOne({ account, _id: id }, { $set: { receipt: receipt.id } });
    await deps.onIssued?.(receipt);
    return true;
  });
}

/** The receipt that it corrects comes first. */
async function issueForReversal(deps: IssueDeps, { account, _id, topUp }: ReversalRow, at: Date): Promise<boolean> {
  await issueForTopUp(deps, account, topUp, at);
  return inTransaction(async () => {
    const row = await ReversalModel.findOne({ account, _id, receipt: null }).lean<ReversalRow>();
    if (!row) return false;
    const corrected = await ReceiptModel.findOne({ account, source: sourceOfTopUp(topUp) }).lean<ReceiptRow>();
    if (!corrected) throw new Error(`the top-up ${topUp} has no receipt to correct`);
    const receipt = await number(await draftCorrection(deps, row, corrected), at);
    await ReversalModel.updateOne({ account, _id }, { $set: { receipt: receipt.id } });
    await deps.onIssued?.(receipt);
    return true;
  });
}

/** Takes the account's next number and writes the document under it, in one transaction: neither stands without the other. */
async function number(draft: Draft, at: Date): Promise<Receipt> {
  const { account } = draft;
  const series = await SeriesModel.findOneAndUpdate(
    { _id: account },
    { $inc: { last: 1 }, $max: { lastIssuedAt: at } },
    { returnDocument: 'after' },
  )
    .lean()
    .orFail();
  const issued = {
    ...draft,
    _id: newId('rc', at),
    number: series.last,
    label: labelOf(account, series.last),
    issuedAt: series.lastIssuedAt,
  };
  const row: ReceiptRow = { ...issued, seal: sealOf(issued) };
  await new ReceiptModel(row).save();
  return toReceipt(row);
}

/** Over every field of the document as it is stored. */
export function sealOf({ seal: _seal, ...issued }: Omit<ReceiptRow, 'seal'> & { seal?: string }): string {
  return digest(issued);
}

/** Outside the transaction, in which two that make it at once would fail. */
async function ensureSeries(account: AccountId): Promise<void> {
  if (await SeriesModel.exists({ _id: account })) return;
  try {
    await SeriesModel.create({ _id: account, account, last: 0, lastIssuedAt: new Date(0) });
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
  }
}

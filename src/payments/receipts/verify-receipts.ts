import mongoose from 'mongoose';
import type { Ledger } from '../../ledger/entry.js';
import type { AccountId } from '../../workspace/entities.js';
import { TopUpModel, type TopUpRow } from '../models.js';
import { ReversalModel, type ReversalRow } from '../reversal-model.js';
import { DOCUMENTED_KINDS } from './draft.js';
import { sealOf } from './issue.js';
import { labelOf } from './receipt.js';
import { ReceiptModel, type ReceiptRow, SeriesModel } from './receipt-model.js';

/** What may pass between a payment and its receipt before that is a finding: several runs of the sweep. */
const GRACE_MS = 15 * 60_000;

export interface ReceiptsVerdict {
  receipts: number;
  /** One sentence each. */
  findings: string[];
}

/**
 * Proves one account's receipts: numbers without gap or double up to the series' last, each as it was issued, net and
 * taxes adding up, the entry behind it there with that amount, never more given back than was paid; and each top-up and
 * refund that has had time has its document.
 */
export async function verifyReceipts(
  deps: { ledger: Pick<Ledger, 'entry'> },
  of: { account: AccountId; at: Date },
): Promise<ReceiptsVerdict> {
  const { account, at } = of;
  const findings: string[] = [];
  const back = new Map<string, number>();
  let last = 0;
  for await (const row of ReceiptModel.find({ account }).sort({ number: 1 }).lean<ReceiptRow>().cursor()) {
    if (row.number !== last + 1) findings.push(`receipt ${labelOf(account, last + 1)} is missing`);
    last = row.number;
    findings.push(...(await faultsOf(deps, row)).map((fault) => `receipt ${row.label} ${fault}`));
    const sign = row.kind === 'reinstated' ? 1 : -1;
    const left = (back.get(row.topUp) ?? 0) + (row.kind === 'receipt' ? row.totalMinor : sign * row.totalMinor);
    if (left < 0) findings.push(`receipt ${row.label} gives back more than was paid`);
    back.set(row.topUp, left);
  }
  const series = await SeriesModel.findOne({ _id: account }).lean();
  if ((series?.last ?? 0) !== last)
    findings.push(`the receipts of ${account} end at ${last}, their series says ${series?.last ?? 0}`);
  findings.push(...(await undocumented(account, new Date(at.getTime() - GRACE_MS))));
  return { receipts: last, findings };
}

async function faultsOf({ ledger }: { ledger: Pick<Ledger, 'entry'> }, row: ReceiptRow): Promise<string[]> {
  const faults: string[] = [];
  if (sealOf(row) !== row.seal) faults.push('is not what was issued');
  const parts = row.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, row.netMinor);
  if (parts !== row.totalMinor) faults.push('does not add up');
  const entry = await ledger.entry(row.workspace, row.entry.key);
  if (!entry) faults.push(`names the entry ${row.entry.key}, which is missing`);
  else if (Math.abs(entry.amountMinor) !== row.totalMinor || entry.sequence !== row.entry.sequence)
    faults.push(`is not what the entry ${row.entry.key} says`);
  return faults;
}

async function undocumented(account: AccountId, before: Date): Promise<string[]> {
  const since = mongoose.trusted({ $lt: before });
  const topUps = await TopUpModel.find({ account, state: 'credited', receipt: null, settledAt: since })
    .sort({ settledAt: 1 })
    .lean<TopUpRow[]>();
  const reversals = await ReversalModel.find({
    account,
    receipt: null,
    createdAt: since,
    kind: mongoose.trusted({ $in: DOCUMENTED_KINDS }),
  }).lean<ReversalRow[]>();
  return [
    ...topUps.map(({ _id }) => `the top-up ${_id} of ${account} is credited and has no receipt`),
    ...reversals.map(({ _id }) => `the reversal ${_id} of ${account} has no credit note`),
  ];
}

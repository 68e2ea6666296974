import mongoose from 'mongoose';
import type { Minor } from '../../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import { foldedPattern } from '../../workspace/fold.js';
import type { Receipt } from './receipt.js';
import { ReceiptModel, type ReceiptRow } from './receipt-model.js';

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Documents of a workspace. */
export interface ReceiptQuery extends Of {
  from?: Date;
  to?: Date;
  /** Part of the label, or of who added the balance or is billed. */
  search?: string;
  /** Or of this total, where `search` is an amount. */
  totalMinor?: Minor;
  beforeNumber?: number;
  limit: number;
}

/** A page of a workspace's documents, the newest number first. */
export async function receiptsOf(query: ReceiptQuery): Promise<{ receipts: Receipt[]; more: boolean }> {
  const { account, workspace, from, to, search, totalMinor, beforeNumber, limit } = query;
  const issuedAt = (from || to) && mongoose.trusted({ ...(from && { $gte: from }), ...(to && { $lt: to }) });
  const rows = await ReceiptModel.find({
    account,
    workspace,
    ...(issuedAt && { issuedAt }),
    ...(search && { $or: searched(search, totalMinor) }),
    ...(beforeNumber !== undefined && { number: mongoose.trusted({ $lt: beforeNumber }) }),
  })
    .sort({ number: -1 })
    .limit(limit + 1)
    .lean<ReceiptRow[]>();
  return { receipts: rows.slice(0, limit).map(toReceipt), more: rows.length > limit };
}

function searched(search: string, totalMinor: Minor | undefined): object[] {
  const part = mongoose.trusted({ $regex: foldedPattern(search), $options: 'i' });
  return [
    ...['label', 'by.name', 'buyer.name'].map((field) => ({ [field]: part })),
    ...(totalMinor === undefined ? [] : [{ totalMinor }]),
  ];
}

/** By its id or by its label, in any case. */
export async function findReceipt(of: Of & { receipt: string }): Promise<Receipt | undefined> {
  const { account, workspace, receipt } = of;
  const number = Number(/-(\d{6,9})$/.exec(receipt)?.[1]);
  const byLabel = Number.isInteger(number) ? [{ number, label: receipt.toUpperCase() }] : [];
  const row = await ReceiptModel.findOne({
    account,
    workspace,
    $or: [{ _id: receipt }, ...byLabel],
  }).lean<ReceiptRow>();
  return row ? toReceipt(row) : undefined;
}

/** The documents of one top-up in the order of their numbers: its receipt, and what corrects it. */
export async function receiptsOfTopUp(of: Of & { topUp: string }): Promise<Receipt[]> {
  const { account, workspace, topUp } = of;
  const rows = await ReceiptModel.find({ account, workspace, topUp }).sort({ number: 1 }).lean<ReceiptRow[]>();
  return rows.map(toReceipt);
}

/** The document of an entry of the ledger, where it has one. */
export async function receiptOfEntry(of: Of & { key: string }): Promise<Receipt | undefined> {
  const { account, workspace, key } = of;
  const sources = [key, ...(key.startsWith('dispute:') ? [key.replace(/^dispute:/, 'dispute-lost:')] : [])];
  const row = await ReceiptModel.findOne({
    account,
    workspace,
    source: mongoose.trusted({ $in: sources }),
  }).lean<ReceiptRow>();
  return row ? toReceipt(row) : undefined;
}

export function toReceipt({ _id, seal: _seal, ...rest }: ReceiptRow): Receipt {
  return { id: _id, ...rest };
}

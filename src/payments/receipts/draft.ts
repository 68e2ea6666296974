import { strict as assert } from 'node:assert';
import type { Entry, Ledger, Minor } from '../../ledger/entry.js';
import { getAccount } from '../../workspace/accounts.js';
import type { AccountId } from '../../workspace/entities.js';
import { getPerson } from '../../workspace/people.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import type { TopUpRow } from '../models.js';
import type { ReversalKind } from '../reversal.js';
import type { ReversalRow } from '../reversal-model.js';
import type { TopUp } from '../top-up.js';
import { billingDetailsOf } from './billing-details.js';
import type { Party, Receipt, Seller } from './receipt.js';
import { ReceiptModel, type ReceiptRow } from './receipt-model.js';
import { taxesIn, taxesInPart } from './taxes.js';

export interface DraftDeps {
  seller: Seller;
  ledger: Pick<Ledger, 'entry'>;
}

/** A document that has no number yet. */
export type Draft = Omit<Receipt, 'id' | 'number' | 'label' | 'issuedAt'>;

export const sourceOfTopUp = (topUp: string): string => `topup:${topUp}`;

/** The receipt of a credited top-up, with everything on it as it is now. */
export async function draftReceipt(deps: DraftDeps, row: TopUpRow): Promise<Draft> {
  const { account, workspace, workspaceName, amountMinor, currency, by, origin } = row;
  assert(row.settledAt, `top-up ${row._id} is credited without a time`);
  // One after the other: a transaction's session takes no two at once.
  const buyer = await buyerOf(row);
  const place = await getWorkspace(account, workspace);
  const payer = await getPerson(account, by);
  const entry = await entryOf(deps, workspace, sourceOfTopUp(row._id));
  return {
    account,
    workspace,
    kind: 'receipt',
    source: sourceOfTopUp(row._id),
    seller: partyOf(deps.seller),
    buyer,
    workspaceName,
    totalMinor: amountMinor,
    ...taxesIn(amountMinor, deps.seller.taxes),
    currency,
    topUp: row._id,
    paid: paidBy(row),
    by: { person: by, name: payer?.name ?? 'a former member' },
    entry: { key: entry.key, sequence: entry.sequence },
    ...(origin && { origin }),
    zone: place?.timeZone ?? 'UTC',
    movedAt: row.settledAt,
  };
}

/** What is issued when money of a receipt went back, or came again; disputes under way and won ones change no document. */
const DOCUMENTED: Readonly<Partial<Record<ReversalKind, 'creditNote' | 'reinstated'>>> = {
  refund: 'creditNote',
  disputeLost: 'creditNote',
  refundUndone: 'reinstated',
};
export const DOCUMENTED_KINDS = Object.keys(DOCUMENTED) as ReversalKind[];

/**
 * The document that corrects the receipt of the reversal's top-up: seller, buyer, tax rates and zone are the receipt's.
 * In the transaction that numbers it, since its taxes depend on what has gone back before.
 */
export async function draftCorrection(deps: DraftDeps, reversal: ReversalRow, receipt: ReceiptRow): Promise<Draft> {
  const { account, workspace, amountMinor, kind, providerId } = reversal;
  const documented = DOCUMENTED[kind];
  assert(documented, `a reversal of kind ${kind} has no document`);
  const key = kind === 'disputeLost' ? `dispute:${providerId}` : reversal._id;
  const { _id, seal: _seal, number: _number, issuedAt: _issuedAt, label, ...frozen } = receipt;
  const entry = await entryOf(deps, workspace, key);
  const corrected =
    documented === 'creditNote'
      ? { _id, label, ...(await taxesBack(receipt, amountMinor)) }
      : await creditNoteOf(account, providerId, amountMinor);
  return {
    ...frozen,
    kind: documented,
    source: reversal._id,
    totalMinor: amountMinor,
    netMinor: corrected.netMinor,
    taxes: corrected.taxes,
    corrects: { receipt: corrected._id, label: corrected.label },
    reason: kind === 'disputeLost' ? 'dispute' : 'refund',
    paid: { ...frozen.paid, providerId },
    entry: { key: entry.key, sequence: entry.sequence },
    movedAt: reversal.createdAt,
  };
}

async function taxesBack({ account, topUp, taxes }: ReceiptRow, backMinor: Minor) {
  const issued = await ReceiptModel.find({ account, topUp }).lean<ReceiptRow[]>();
  const sign = { receipt: 0, creditNote: 1, reinstated: -1 } as const;
  const beforeMinor = issued.reduce((sum, { kind, totalMinor }) => sum + sign[kind] * totalMinor, 0);
  return taxesInPart(
    { backMinor, beforeMinor },
    taxes.map(({ name, rateMilli }) => ({ name, rateMilli })),
  );
}

async function creditNoteOf(account: AccountId, refund: string, amountMinor: Minor): Promise<ReceiptRow> {
  const note = await ReceiptModel.findOne({ account, source: `refund:${refund}` }).lean<ReceiptRow>();
  assert(note, `the refund ${refund} came back before its credit note was issued`);
  assert(note.totalMinor === amountMinor, `the refund ${refund} came back with another amount`);
  return note;
}

/** Without what only we need to know: the rates stand with the taxes. */
function partyOf({ name, address, taxId }: Party): Party {
  return { name, address: [...address], ...(taxId && { taxId }) };
}

async function buyerOf({ account, workspace }: Pick<TopUp, 'account' | 'workspace'>): Promise<Party> {
  const details = await billingDetailsOf(account, workspace);
  if (details) return details;
  const company = await getAccount(account);
  assert(company, `the account ${account} of a top-up is missing`);
  return { name: company.name, address: [] };
}

async function entryOf({ ledger }: DraftDeps, workspace: string, key: string): Promise<Entry> {
  const entry = await ledger.entry(workspace, key);
  assert(entry, `there is no entry ${key} in ${workspace}`);
  return entry;
}

/** A saved card whose bank asked for its holder was not charged: they paid on the page. */
function paidBy({ method, card, needsCardholder, automatic, paymentId }: TopUpRow): Receipt['paid'] {
  const paidOn = needsCardholder ? 'page' : method;
  return {
    method: paidOn,
    ...(card && paidOn === method && { card: { brand: card.brand, last4: card.last4 } }),
    ...(automatic && { automatic: automatic.kind }),
    ...(paymentId && { providerId: paymentId }),
  };
}

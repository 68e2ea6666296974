import mongoose from 'mongoose';
import type { Ledger } from '../ledger/entry.js';
import { inTransaction, isDuplicateKey } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId } from '../workspace/entities.js';
import type { Paid } from './paid.js';
import { SuspenseModel, type SuspenseRow } from './suspense-model.js';

/** What went wrong with money, for whoever runs the product. */
export interface OperatorLog {
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export type Suspended = Omit<SuspenseRow, '_id'> & { id: string };

export function suspenseWallet(account: AccountId, currency: string): string {
  return `sys:${account}:${currency}:suspense`;
}

/**
 * Keeps money that cannot be credited in the account's suspense wallet of that currency, once per payment, for the
 * operator and the owners to hear of. Money of another mode than ours is written down, but is no money.
 */
export async function toSuspense(
  deps: { ledger: Ledger; log: OperatorLog },
  of: {
    account: AccountId;
    workspace?: string | undefined;
    topUp?: string | undefined;
    paid: Paid;
    why: string;
    real: boolean;
    at: Date;
  },
): Promise<void> {
  const { account, workspace, topUp, paid, why, at } = of;
  const { payment, checkout, amountMinor, currency } = paid;
  if (await SuspenseModel.exists({ account, _id: payment })) return;
  const entry = of.real ? await book(deps.ledger, { account, paid, why, at }) : undefined;
  const row: SuspenseRow = {
    _id: payment,
    account,
    ...(workspace && { workspace }),
    ...(topUp && { topUp }),
    ...(checkout && { checkout }),
    amountMinor,
    currency,
    why,
    ...(entry && { entry }),
    returnedMinor: 0,
    told: false,
    createdAt: at,
  };
  try {
    await SuspenseModel.create(row);
  } catch (error) {
    if (isDuplicateKey(error)) return;
    throw error;
  }
  deps.log.error(
    { account, payment, checkout, topUp: paid.topUp, amountMinor, currency, why },
    'payment kept in suspense: it fits no top-up; see operator suspense list',
  );
}

/** The key covers the payment alone: why it does not fit may be put differently by whoever comes second. */
async function book(
  ledger: Ledger,
  { account, paid, why, at }: { account: AccountId; paid: Paid; why: string; at: Date },
): Promise<string> {
  const { payment, amountMinor, currency } = paid;
  const wallet = suspenseWallet(account, currency);
  await ledger.open({ wallet, account, currency, at });
  const key = `topup:${payment}`;
  const request = { suspense: payment, amountMinor, currency };
  const posted = await ledger.post({
    wallet,
    key,
    kind: 'topup',
    amountMinor,
    contra: 'provider',
    memo: why,
    request,
    at,
  });
  if (posted.outcome !== 'posted' && posted.outcome !== 'duplicate') {
    throw new Error(`payment ${payment} could not be kept in suspense: ${posted.outcome}`);
  }
  return key;
}

/** The payment as it is kept in suspense; undefined where it is not. */
export async function findSuspended(account: AccountId, payment: string): Promise<Suspended | undefined> {
  const row = await SuspenseModel.findOne({ account, _id: payment }).lean<SuspenseRow>();
  return row ? toSuspended(row) : undefined;
}

/** What nobody has resolved yet, of every account, oldest first: for the operator. */
export async function listSuspense(limit: number): Promise<Suspended[]> {
  const rows = await SuspenseModel.find({ resolvedAt: mongoose.trusted({ $exists: false }) })
    .sort({ createdAt: 1 })
    .limit(limit)
    .lean<SuspenseRow[]>();
  return rows.map(toSuspended);
}

/**
 * The operator has seen to it, mostly by a refund at the provider. With a line in the account's audit
 * trail. False where there is none open.
 */
export function resolveSuspense(payment: string, note: string, at: Date): Promise<boolean> {
  return inTransaction(async () => {
    const row = await SuspenseModel.findOneAndUpdate(
      { _id: payment, resolvedAt: mongoose.trusted({ $exists: false }) },
      { $set: { resolvedAt: at, note } },
    ).lean<SuspenseRow>();
    if (!row) return false;
    const { account, workspace, topUp, amountMinor, currency } = row;
    await writeAudit({
      account,
      ...(workspace && { workspace }),
      by: 'operator',
      action: 'billing.suspenseResolved',
      detail: { payment, amountMinor, currency, note, ...(topUp && { topUp }) },
      at,
    });
    return true;
  });
}

/** What the owners have not heard of, of every account: for the notices' sweep. */
export async function untoldSuspense(limit: number): Promise<Suspended[]> {
  const rows = await SuspenseModel.find({ told: false }).sort({ createdAt: 1 }).limit(limit).lean<SuspenseRow[]>();
  return rows.map(toSuspended);
}

/** Says that its notices are in the outbox; inside a transaction it joins that one. */
export async function markSuspenseTold({ id, account }: Pick<Suspended, 'id' | 'account'>): Promise<void> {
  await SuspenseModel.updateOne({ _id: id, account }, { $set: { told: true } });
}

function toSuspended({ _id, ...rest }: SuspenseRow): Suspended {
  return { id: _id, ...rest };
}

import { MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { newId } from '../id.js';
import type { Minor } from '../ledger/entry.js';
import { refuse } from '../refusal.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';
import { CustomerModel, TopUpModel, type TopUpRow } from './models.js';
import { type Checkout, type PaymentProvider, ProviderRefused } from './provider.js';
import { referenceOf, type TopUpReference } from './top-up.js';

export interface TopUpOrder {
  account: AccountId;
  workspace: WorkspaceId;
  amountMinor: Minor;
  currency: string;
  by: PersonId;
  /** Unique in the workspace: the same key is the same top-up, however often it is pressed. */
  key: string;
  at: Date;
}

/** What the provider takes at most in one payment: eight digits. */
const MAX_MINOR = 99_999_999;
/** Providers forget idempotency keys after a day: then an unanswered page is looked up, never asked for anew. */
const KEY_LIFETIME_MS = 23 * 60 * 60 * 1000;

/**
 * Writes the intent, or finds the one that was written under the same key. Refuses `badAmount`, and
 * `keyConflict` where the key was used for another amount.
 */
export async function writeIntent(order: Omit<TopUpOrder, 'workspace'> & { workspace: Workspace }): Promise<TopUpRow> {
  const { account, workspace, key, amountMinor, currency, at } = order;
  if (currency !== workspace.currency) {
    refuse({ kind: 'badAmount', typed: currency, why: 'otherCurrency', currency: workspace.currency });
  }
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) throw new RangeError(`not an amount: ${amountMinor}`);
  if (amountMinor > MAX_MINOR) refuse({ kind: 'badAmount', typed: `${amountMinor}`, why: 'tooLarge', currency });
  const row: TopUpRow = {
    _id: newId('tu', at),
    account,
    workspace: workspace.id,
    workspaceName: workspace.name,
    amountMinor,
    currency,
    by: order.by,
    key,
    method: 'page',
    state: 'open',
    told: false,
    createdAt: at,
    lookedAt: at,
  };
  const first = await insertOrFirst(row);
  if (first.amountMinor !== amountMinor || first.currency !== currency) {
    refuse({
      kind: 'keyConflict',
      key,
      firstUsedFor: 'a top-up of another amount',
    });
  }
  return first;
}

async function insertOrFirst(row: TopUpRow): Promise<TopUpRow> {
  const { account, workspace, key } = row;
  const seen = await TopUpModel.findOne({ account, workspace, key }).lean<TopUpRow>();
  if (seen) return seen;
  try {
    await TopUpModel.create(row);
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const first = await TopUpModel.findOne({ account, workspace, key }).lean<TopUpRow>();
    if (!first) throw error;
    return first;
  }
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

export interface PageDeps {
  provider: PaymentProvider;
  /** Where the payer comes back to. */
  returnUrl: (topUp: TopUpReference) => string;
}

/**
 * Sees to it that the open top-up has a page to pay on, and answers the top-up as it then is. Safe to repeat
 * after any crash or lost answer: a page that may exist already is looked for first, and asked for under
 * the same key after that. ProviderRefused at the first asking closes the top-up as `failed`, and is thrown on.
 */
export async function ensurePage(deps: PageDeps, row: TopUpRow, at: Date): Promise<TopUpRow> {
  if (row.state !== 'open' || row.checkoutId) return row;
  const of = { _id: row._id, account: row.account };
  try {
    const customer = row.customer ?? (await customerOf(deps.provider, row));
    const page = await openPage(deps, row, customer, at);
    if (!page) return await close(row, 'expired', at);
    const { id: checkoutId, url } = page;
    const opened = await TopUpModel.findOneAndUpdate(
      { ...of, checkoutId: mongoose.trusted({ $exists: false }) },
      { $set: { customer, checkoutId, ...(url ? { url } : {}) } },
      { returnDocument: 'after' },
    ).lean<TopUpRow>();
    return opened ?? (await TopUpModel.findOne(of).lean<TopUpRow>()) ?? row;
  } catch (error) {
    if (error instanceof ProviderRefused && !row.askedAt) await close(row, 'failed', at);
    throw error;
  }
}

async function openPage(deps: PageDeps, row: TopUpRow, customer: string, at: Date): Promise<Checkout | undefined> {
  const topUp = referenceOf({ account: row.account, id: row._id });
  if (row.askedAt) {
    const found = await deps.provider.findCheckout({ topUp, customer, since: row.askedAt });
    if (found) return found;
    if (at.getTime() - row.askedAt.getTime() > KEY_LIFETIME_MS) return undefined;
  } else {
    await TopUpModel.updateOne({ _id: row._id, account: row.account }, { $set: { askedAt: at, customer } });
  }
  const url = deps.returnUrl(topUp);
  return deps.provider.openCheckout(
    {
      topUp,
      account: row.account,
      workspace: row.workspace,
      customer,
      amountMinor: row.amountMinor,
      currency: row.currency,
      description: `Balance for ${row.workspaceName}`,
      successUrl: url,
      cancelUrl: `${url}&left=1`,
    },
    `checkout:${row._id}`,
  );
}

async function close(row: TopUpRow, state: 'expired' | 'failed', at: Date): Promise<TopUpRow> {
  const change = { $set: { state, settledAt: at } };
  const closed = await TopUpModel.findOneAndUpdate({ _id: row._id, account: row.account, state: 'open' }, change, {
    returnDocument: 'after',
  }).lean<TopUpRow>();
  return closed ?? row;
}

/**
 * The workspace's customer at the provider, made at its first top-up. An answer lost for longer than the
 * provider keeps keys leaves an empty customer behind there, which harms nobody.
 */
async function customerOf(provider: PaymentProvider, row: TopUpRow): Promise<string> {
  const { account, workspace } = row;
  const known = await ensureCustomerRow(row);
  if (known.customer) return known.customer;
  const made = await provider.createCustomer({ account, workspace, name: known.name, key: `customer:${workspace}` });
  const kept = await CustomerModel.findOneAndUpdate(
    { account, workspace, customer: mongoose.trusted({ $exists: false }) },
    { $set: { customer: made } },
    { returnDocument: 'after' },
  ).lean();
  return kept?.customer ?? (await CustomerModel.findOne({ account, workspace }).lean())?.customer ?? made;
}

async function ensureCustomerRow({
  account,
  workspace,
  workspaceName,
}: TopUpRow): Promise<{ name: string; customer?: string }> {
  const change = { $setOnInsert: { account, workspace, name: workspaceName } };
  const upsert = () =>
    CustomerModel.findOneAndUpdate({ account, workspace }, change, { upsert: true, returnDocument: 'after' }).lean();
  try {
    return await upsert();
  } catch (error) {
    if (isDuplicateKey(error)) return upsert();
    throw error;
  }
}

import mongoose from 'mongoose';
import { newId } from '../id.js';
import type { Minor } from '../ledger/entry.js';
import { isDuplicateKey } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { ChatOrigin } from '../workspace/chat-origin.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';
import { TopUpModel, type TopUpRow } from './models.js';
import type { SavedCard } from './provider.js';
import type { AutomaticCause } from './top-up.js';
import { current } from './transitions.js';

export interface TopUpOrder {
  account: AccountId;
  workspace: WorkspaceId;
  amountMinor: Minor;
  currency: string;
  by: PersonId;
  /** Unique in the workspace: the same key is the same top-up, however often it is pressed. */
  key: string;
  /** Where in chat it was asked for. */
  origin?: ChatOrigin;
  at: Date;
}

/** An order whose workspace was looked up. */
export type Ordered = Omit<TopUpOrder, 'workspace'> & { workspace: Workspace };

/** The saved card that is to pay, and whose it is. */
export interface Payer {
  customer: string;
  card: SavedCard;
}

/** What the provider takes at most in one payment: eight digits. */
const MAX_MINOR = 99_999_999;

/**
 * The top-up that was written under this key. Refuses `badAmount`, and `keyConflict` where the key was used for
 * another amount.
 */
export async function findIntent(order: Ordered): Promise<TopUpRow | undefined> {
  const { account, workspace, key, amountMinor, currency } = order;
  if (currency !== workspace.currency) {
    refuse({ kind: 'badAmount', typed: currency, why: 'otherCurrency', currency: workspace.currency });
  }
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) throw new RangeError(`not an amount: ${amountMinor}`);
  if (amountMinor > MAX_MINOR) refuse({ kind: 'badAmount', typed: `${amountMinor}`, why: 'tooLarge', currency });
  const first = await TopUpModel.findOne({ account, workspace: workspace.id, key }).lean<TopUpRow>();
  if (!first) return undefined;
  if (first.amountMinor !== amountMinor || first.currency !== currency) {
    refuse({ kind: 'keyConflict', key, firstUsedFor: 'a top-up of another amount' });
  }
  return first;
}

/**
 * Writes the intent, or answers the one that somebody else wrote under the same key meanwhile. Refuses as `findIntent`
 * does, and `automaticOpen` where the workspace has another automatic top-up that may still be paid.
 */
export async function writeIntent(
  order: Ordered,
  how: { payer?: Payer; automatic?: AutomaticCause } = {},
): Promise<TopUpRow> {
  const first = await writeOnce(order, {
    state: 'open',
    told: false,
    ...(how.payer && toCharge(how.payer, order.at)),
    ...(how.automatic && { automatic: how.automatic, openAutomatic: true }),
  });
  return first ?? refuse({ kind: 'automaticOpen', workspaceName: order.workspace.name });
}

/**
 * The order is not to be paid any more: written as `failed` where nobody has written it yet, else marked, so that it is
 * not asked for from then on. As it then is.
 */
export async function notWanted(order: Ordered, automatic: AutomaticCause): Promise<TopUpRow> {
  const over = { state: 'failed', told: true, settledAt: order.at, automatic } as const;
  const row = (await findIntent(order)) ?? (await writeOnce(order, over));
  if (!row) throw new Error(`an order under ${order.key} that was not written stands in its own way`);
  const marked = await TopUpModel.findOneAndUpdate(
    { _id: row._id, account: row.account, state: 'open', charge: mongoose.trusted({ $exists: true }) },
    { $set: { 'charge.unwanted': true } },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return marked ?? current(row);
}

/** Undefined where the database took something else instead of it. */
async function writeOnce(
  order: Ordered,
  how: Pick<TopUpRow, 'state' | 'told'> & Partial<TopUpRow>,
): Promise<TopUpRow | undefined> {
  const { account, workspace, amountMinor, currency, by, key, at } = order;
  const row: TopUpRow = {
    _id: newId('tu', at),
    account,
    workspace: workspace.id,
    workspaceName: workspace.name,
    amountMinor,
    currency,
    by,
    key,
    method: 'page',
    createdAt: at,
    lookedAt: at,
    ...(order.origin && { origin: order.origin }),
    ...how,
  };
  try {
    await TopUpModel.create(row);
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return findIntent(order);
  }
}

/** An open top-up that waits on a page is charged to the saved card instead; as it then is, where it was too late. */
export async function chooseCard(row: TopUpRow, payer: Payer, at: Date): Promise<TopUpRow> {
  const of = { _id: row._id, account: row.account };
  const chosen = await TopUpModel.findOneAndUpdate(
    { ...of, state: 'open', charge: mongoose.trusted({ $exists: false }) },
    { $set: toCharge(payer, at) },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return chosen ?? (await TopUpModel.findOne(of).lean<TopUpRow>()) ?? row;
}

function toCharge({ customer, card }: Payer, at: Date): Pick<TopUpRow, 'method' | 'card' | 'customer' | 'charge'> {
  const { id, brand, last4 } = card;
  return { method: 'card', card: { brand, last4 }, customer, charge: { source: id, chosenAt: at } };
}

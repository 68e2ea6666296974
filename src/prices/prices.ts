import mongoose from 'mongoose';
import { onceEach } from '../once-each.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { PriceModel, type PriceRow } from './price-model.js';

export interface Price {
  item: string;
  /** Millionths of a minor unit for one: 750,000 is 0.75 pence. */
  priceMicro: number;
  validFrom: Date;
  /** Whose price it is: the workspace's own goes before the account's. */
  of: 'account' | 'workspace';
}

/** A price that is set for later. */
export interface ComingPrice extends Omit<Price, 'priceMicro'> {
  /** Null: it is taken away then. */
  priceMicro: number | null;
}

/** An item on the price list of a workspace. */
export interface ListedItem {
  item: string;
  /** In force now; none for an item that is only sold later, or no longer. */
  now?: Price;
  /** What the workspace falls back to where its own price is taken away. */
  ofAccount?: Price;
  /** The next change of its price. */
  next?: ComingPrice;
}

/** Prices of some items at any time. */
export type PriceAt = (item: string, at: Date) => Price | undefined;

/** The prices in force for a workspace at a time, by item. */
export async function priceList(account: AccountId, workspace: WorkspaceId, at: Date): Promise<Price[]> {
  const rows = await PriceModel.find({
    account,
    workspace: ofEither(workspace),
    validFrom: mongoose.trusted({ $lte: at }),
  }).lean<PriceRow[]>();
  const priceAt = priceFrom(rows);
  return itemsOf(rows).flatMap((item) => priceAt(item, at) ?? []);
}

/** Every item that has a price in a workspace now or will have one, by name: what is in force, and what comes next. */
export async function listedItems(account: AccountId, workspace: WorkspaceId, at: Date): Promise<ListedItem[]> {
  const rows = await PriceModel.find({ account, workspace: ofEither(workspace) }).lean<PriceRow[]>();
  const priceAt = priceFrom(rows);
  const ofAccount = priceFrom(rows.filter((row) => row.workspace === null));
  return itemsOf(rows).flatMap((item) => {
    const now = priceAt(item, at);
    const next = nextChange(rows, priceAt, item, at);
    const fallBack = now?.of === 'workspace' ? ofAccount(item, at) : undefined;
    if (!now && !next) return [];
    return { item, ...(now && { now }), ...(fallBack && { ofAccount: fallBack }), ...(next && { next }) };
  });
}

/** Every price these items ever had for a workspace, so that each event can be priced at its own time. */
export async function pricesOf(account: AccountId, workspace: WorkspaceId, items: readonly string[]): Promise<PriceAt> {
  return items.length === 0 ? () => undefined : pricesEver({ account, workspace, items: items.toSorted() });
}

const pricesEver = onceEach(
  ({ workspace, items }: { account: AccountId; workspace: WorkspaceId; items: readonly string[] }) =>
    [workspace, ...items].join(' '),
  async ({ account, workspace, items }) => {
    const rows = await PriceModel.find({
      account,
      workspace: ofEither(workspace),
      item: mongoose.trusted({ $in: [...items] }),
    }).lean<PriceRow[]>();
    return priceFrom(rows);
  },
);

/** The workspace's own, and those of the account. */
const ofEither = (workspace: WorkspaceId) => mongoose.trusted({ $in: [null, workspace] });

const itemsOf = (rows: readonly PriceRow[]) => [...new Set(rows.map(({ item }) => item))].sort();

function priceFrom(rows: readonly PriceRow[]): PriceAt {
  const latestFirst = rows.toSorted((a, b) => b.validFrom.getTime() - a.validFrom.getTime());
  const inForce = (item: string, at: Date, own: boolean) =>
    latestFirst.find((row) => row.item === item && row.validFrom <= at && (row.workspace !== null) === own);
  return (item, at) => {
    for (const whose of ['workspace', 'account'] as const) {
      const row = inForce(item, at, whose === 'workspace');
      if (row && row.priceMicro !== null) {
        return { item, priceMicro: row.priceMicro, validFrom: row.validFrom, of: whose };
      }
    }
    return undefined;
  };
}

/** The first moment from which on another price is in force than now. */
function nextChange(rows: readonly PriceRow[], priceAt: PriceAt, item: string, at: Date): ComingPrice | undefined {
  const now = priceAt(item, at);
  const moments = rows.filter((row) => row.item === item && row.validFrom > at).map(({ validFrom }) => validFrom);
  for (const validFrom of moments.toSorted((a, b) => a.getTime() - b.getTime())) {
    const then = priceAt(item, validFrom);
    if (then?.priceMicro === now?.priceMicro) continue;
    return { item, priceMicro: then?.priceMicro ?? null, validFrom, of: then?.of ?? 'account' };
  }
  return undefined;
}

const MICRO = 1_000_000n;

/**
 * What a quantity costs, split for the ledger: whole minor units, and the rest in millionths. Undefined where it leaves
 * the safe integers.
 */
export function costOf(priceMicro: number, quantity: number): { amountMinor: number; amountMicro: number } | undefined {
  const micro = BigInt(priceMicro) * BigInt(quantity);
  const amountMinor = Number(micro / MICRO);
  return Number.isSafeInteger(amountMinor) ? { amountMinor, amountMicro: Number(micro % MICRO) } : undefined;
}

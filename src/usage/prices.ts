import { strict as assert } from 'node:assert';
import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { PriceModel, type PriceRow } from './models.js';
import { onceEach } from './once-each.js';

export interface Price {
  item: string;
  /** Millionths of a minor unit for one: 750,000 is 0.75 pence. */
  priceMicro: number;
  validFrom: Date;
  /** Whose price it is: the workspace's own goes before the account's. */
  of: 'account' | 'workspace';
}

/** Prices of some items at any time. */
export type PriceAt = (item: string, at: Date) => Price | undefined;

/** The prices in force for a workspace at a time, by item. */
export async function priceList(account: AccountId, workspace: WorkspaceId, at: Date): Promise<Price[]> {
  const rows = await PriceModel.find({
    account,
    workspace: mongoose.trusted({ $in: [null, workspace] }),
    validFrom: mongoose.trusted({ $lte: at }),
  }).lean<PriceRow[]>();
  const priceAt = priceFrom(rows);
  const items = [...new Set(rows.map(({ item }) => item))].sort();
  return items.flatMap((item) => priceAt(item, at) ?? []);
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
      workspace: mongoose.trusted({ $in: [null, workspace] }),
      item: mongoose.trusted({ $in: [...items] }),
    }).lean<PriceRow[]>();
    return priceFrom(rows);
  },
);

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

/**
 * Sets a price from `validFrom` on: of one workspace, or of the account where none is named. Null takes it away: the
 * workspace falls back to the account's price, the account sells the item no longer. Entries already made stay as they are.
 */
export async function setPrice(change: {
  account: AccountId;
  workspace?: WorkspaceId;
  item: string;
  priceMicro: number | null;
  validFrom: Date;
  by: PersonId;
  at: Date;
}): Promise<void> {
  const { account, workspace, item, priceMicro, validFrom, by, at } = change;
  assert(
    priceMicro === null || (Number.isSafeInteger(priceMicro) && priceMicro >= 0),
    'a price is a whole number, 0 or more',
  );
  await inTransaction(async () => {
    const which = { account, workspace: workspace ?? null, item, validFrom };
    await PriceModel.updateOne(which, { $set: { priceMicro, setBy: by } }, { upsert: true });
    const detail = { item, from: validFrom.toISOString(), ...(priceMicro !== null && { priceMicro }) };
    await writeAudit({ account, ...(workspace && { workspace }), by, action: 'price.set', detail, at });
  });
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

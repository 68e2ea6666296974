import { strict as assert } from 'node:assert';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { PriceModel } from './price-model.js';

/**
 * Sets a price from `validFrom` on: of one workspace, or of the account where none is named. Null takes it away: the
 * workspace falls back to the account's price, the account sells the item no longer. Entries already made stay as they are.
 */
export async function setPrice(change: {
  account: AccountId;
  workspace?: WorkspaceId;
  item: string;
  /** Millionths of a minor unit for one. */
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

import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import type { Handing, Held, Holder } from '../workspace/holding.js';
import { ApiKeyModel, type ApiKeyRow } from './models.js';

/** The keys in force that are the person's, the oldest first: they work on when the person is gone. */
export async function heldBy(of: Holder): Promise<Held[]> {
  const rows = await keptRows(of);
  return rows.map(({ _id: id, name }) => ({ id, name }));
}

/** Makes them another member's, in the surrounding transaction where there is one; resolves with how many there were. */
export function handTo(change: Handing): Promise<number> {
  const { account, workspace, from, to, by, at } = change;
  return inTransaction(async () => {
    const rows = await keptRows({ account, workspace, person: from });
    for (const { _id: key, name } of rows) {
      await ApiKeyModel.updateOne({ _id: key, account, workspace }, { $set: { keptBy: to } });
      await writeAudit({
        account,
        workspace,
        by,
        action: 'key.handedOver',
        person: to,
        detail: { key, name, from },
        at,
      });
    }
    return rows.length;
  });
}

function keptRows({ account, workspace, person }: Holder): Promise<ApiKeyRow[]> {
  const isAbsent = mongoose.trusted({ $exists: false });
  return ApiKeyModel.find({
    account,
    workspace,
    revokedAt: isAbsent,
    $or: [{ keptBy: person }, { keptBy: isAbsent, createdBy: person }],
  })
    .sort({ createdAt: 1 })
    .lean<ApiKeyRow[]>();
}

/** Before two people become one, in the surrounding transaction: the keys of `from` become those of `into`. */
export async function mergeKeys({
  account,
  from,
  into,
}: {
  account: AccountId;
  from: PersonId;
  into: PersonId;
}): Promise<void> {
  const isAbsent = mongoose.trusted({ $exists: false });
  const kept = [{ keptBy: from }, { keptBy: isAbsent, createdBy: from }];
  await ApiKeyModel.updateMany({ account, $or: kept }, { $set: { keptBy: into } });
}

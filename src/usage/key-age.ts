import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import { type ApiKey, toApiKey } from './keys.js';
import { ApiKeyModel, type ApiKeyRow } from './models.js';

const DAY_MS = 24 * 3_600_000;

/**
 * When a key stops working: at the end it was given, or when the policy of its workspace ends what its secret may
 * last, whichever is first. A new secret begins anew. Undefined: no end.
 */
export function keyEnd(
  key: Pick<ApiKey, 'createdAt' | 'rotatedAt' | 'expiresAt'>,
  maxAgeDays: number | undefined,
): Date | undefined {
  const byPolicy = policyEnd(key, maxAgeDays);
  if (!byPolicy || !key.expiresAt) return byPolicy ?? key.expiresAt;
  return byPolicy < key.expiresAt ? byPolicy : key.expiresAt;
}

/** When the policy alone ends it. */
export function policyEnd(
  { createdAt, rotatedAt = createdAt }: Pick<ApiKey, 'createdAt' | 'rotatedAt'>,
  maxAgeDays: number | undefined,
): Date | undefined {
  return maxAgeDays === undefined ? undefined : new Date(rotatedAt.getTime() + maxAgeDays * DAY_MS);
}

/**
 * Whether a key may be made that is to work for so many days; 0 is without an end of its own: the policy's holds.
 * @throws Refusal policyForbids
 */
export function assertKeyLife(wanted: { days: number; maxAgeDays: number | undefined; workspaceName: string }): void {
  const { days, maxAgeDays, workspaceName } = wanted;
  if (maxAgeDays === undefined || days <= maxAgeDays) return;
  refuse({ kind: 'policyForbids', policy: 'keyMaxAgeDays', workspaceName, days: maxAgeDays });
}

/** Ends a key whose secret is older than the policy allows. Undefined where it got a new one meanwhile, or is ended. */
export function retireKey(key: ApiKey, maxAgeDays: number, at: Date): Promise<ApiKey | undefined> {
  const { id, account, workspace } = key;
  return inTransaction(async () => {
    const row = await ApiKeyModel.findOne({
      _id: id,
      account,
      workspace,
      revokedAt: mongoose.trusted({ $exists: false }),
    }).lean<ApiKeyRow>();
    const end = row && policyEnd(toApiKey(row), maxAgeDays);
    if (!row || !end || end > at) return undefined;
    await ApiKeyModel.updateOne({ _id: id, account, workspace }, { $set: { revokedAt: at, revokedBy: 'system' } });
    const detail = { key: id, name: row.name, days: maxAgeDays };
    await writeAudit({ account, workspace, by: 'system', action: 'key.outlived', detail, at });
    return toApiKey({ ...row, revokedAt: at });
  });
}

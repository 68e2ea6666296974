import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { type ApiKey, hashOf, newSecret, toApiKey } from './keys.js';
import { ApiKeyModel, type ApiKeyRow } from './models.js';

/** How long a secret that was replaced still works. */
export const ROTATION_OVERLAP_HOURS = 24;

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  id: string;
  by: PersonId;
  at: Date;
}

/**
 * Gives a key a new secret; the one before it works for 24 hours more, or up to its own end. A key that was to end
 * works as long again as it was made for, from now on. `rotations` is how often it had been replaced
 * when the person looked: undefined where somebody was faster, or the key is not in force.
 */
export function rotateKey(
  change: Change & { rotations: number; pepper: string },
): Promise<{ key: ApiKey; secretOnce: string; formerUntil: Date } | undefined> {
  const { account, workspace, id, rotations, by, at, pepper } = change;
  const { secret, secretOnce } = newSecret(id);
  return inTransaction(async () => {
    const row = await ApiKeyModel.findOne({ _id: id, account, workspace }).lean<ApiKeyRow>();
    if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= at)) return undefined;
    if ((row.rotations ?? 0) !== rotations) return undefined;
    const formerUntil = soonest(row.expiresAt, new Date(at.getTime() + ROTATION_OVERLAP_HOURS * 3_600_000));
    const working = (row.former ?? []).filter(({ until }) => until > at);
    const former = [...working, { secretHash: row.secretHash, until: formerUntil }];
    const rotated = await ApiKeyModel.findOneAndUpdate(
      { _id: id, account, workspace },
      {
        $set: {
          secretHash: hashOf(id, secret, pepper),
          former,
          rotations: rotations + 1,
          rotatedAt: at,
          ...renewedEnd(row, at),
        },
      },
      { returnDocument: 'after' },
    ).lean<ApiKeyRow>();
    if (!rotated) return undefined;
    const detail = { key: id, name: row.name, oldUntil: formerUntil.toISOString() };
    await writeAudit({ account, workspace, by, action: 'key.rotated', detail, at });
    return { key: toApiKey(rotated), secretOnce, formerUntil };
  });
}

const soonest = (end: Date | undefined, other: Date): Date => (end && end < other ? end : other);

function renewedEnd({ createdAt, rotatedAt, expiresAt }: ApiKeyRow, at: Date): { expiresAt?: Date } {
  if (!expiresAt) return {};
  const lifeMs = expiresAt.getTime() - (rotatedAt ?? createdAt).getTime();
  return { expiresAt: new Date(at.getTime() + lifeMs) };
}

/** Ends a key at once. Undefined where the workspace has no such key, or it was revoked before. */
export function revokeKey(key: Change): Promise<ApiKey | undefined> {
  const { account, workspace, id, by, at } = key;
  return inTransaction(async () => {
    const row = await ApiKeyModel.findOneAndUpdate(
      { _id: id, account, workspace, revokedAt: mongoose.trusted({ $exists: false }) },
      { $set: { revokedAt: at, revokedBy: by } },
      { returnDocument: 'after' },
    ).lean<ApiKeyRow>();
    if (!row) return undefined;
    await writeAudit({ account, workspace, by, action: 'key.revoked', detail: { key: id, name: row.name }, at });
    return toApiKey(row);
  });
}

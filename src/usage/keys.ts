import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import mongoose from 'mongoose';
import { inGroups } from '../in-groups.js';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { ApiKeyModel, type ApiKeyRow } from './models.js';
import type { Scope } from './scopes.js';

const KEY = /^Bearer wsk_([0-9a-f]{24})_([0-9a-f]{64})$/;
const LAST_USE_EVERY_MS = 5 * 60_000;

/** What is known of a key once it was made: all but its secret. */
export interface ApiKey {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  scopes: readonly Scope[];
  createdBy: PersonId;
  /** Whose it is: its maker's, or whoever's it was handed over to. */
  keptBy: PersonId;
  createdAt: Date;
  /** Correct to five minutes. */
  lastUsedAt?: Date;
  /** From then on it is refused. */
  expiresAt?: Date;
  revokedAt?: Date;
  rotations: number;
  /** When its secret was replaced last. */
  rotatedAt?: Date;
  /** Until then a secret that was replaced still works. */
  formerUntil?: Date;
}

/** Keyed with the pepper: a copy of the database alone opens nothing. */
export function hashOf(id: string, secret: string, pepper: string): string {
  return createHmac('sha256', pepper).update(`${id}_${secret}`).digest('hex');
}

/** The secret part, and the whole that is shown once. */
export function newSecret(id: string): { secret: string; secretOnce: string } {
  const secret = randomBytes(32).toString('hex');
  return { secret, secretOnce: `wsk_${id}_${secret}` };
}

/** Makes a key; `secretOnce` is the whole of it, and nobody can read it again later. */
export async function createKey(key: {
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date;
  by: PersonId;
  at: Date;
  pepper: string;
}): Promise<{ id: string; secretOnce: string }> {
  const { account, workspace, name, scopes, expiresAt, by, at, pepper } = key;
  const id = randomBytes(12).toString('hex');
  const { secret, secretOnce } = newSecret(id);
  const row: ApiKeyRow = {
    _id: id,
    account,
    workspace,
    name,
    scopes: [...scopes],
    secretHash: hashOf(id, secret, pepper),
    createdBy: by,
    createdAt: at,
    ...(expiresAt && { expiresAt }),
  };
  const detail = {
    key: id,
    name,
    scopes: scopes.join(' '),
    ...(expiresAt && { until: expiresAt.toISOString() }),
  };
  await inTransaction(async () => {
    await new ApiKeyModel(row).save();
    await writeAudit({ account, workspace, by, action: 'key.created', detail, at });
  });
  return { id, secretOnce };
}

/** Oldest first, revoked ones too. */
export async function keysOf(account: AccountId, workspace: WorkspaceId): Promise<ApiKey[]> {
  const rows = await ApiKeyModel.find({ account, workspace }).sort({ createdAt: 1 }).lean<ApiKeyRow[]>();
  return rows.map(toApiKey);
}

/** Of many at once with one look: by the key alone, as that is what leads to the account. */
const rowOf = inGroups(async (ids: readonly string[]): Promise<(ApiKeyRow | undefined)[]> => {
  const rows = await ApiKeyModel.find({ _id: mongoose.trusted({ $in: [...new Set(ids)] }) }).lean<ApiKeyRow[]>();
  return ids.map((id) => rows.find(({ _id }) => _id === id));
});

/** The key that an Authorization header carries, or undefined for anything but a key in force. */
export async function authenticate(header: string | undefined, pepper: string, at: Date): Promise<ApiKey | undefined> {
  const [, id, secret] = KEY.exec(header ?? '') ?? [];
  if (!id || !secret) return undefined;
  const row = await rowOf(id);
  const offered = Buffer.from(hashOf(id, secret, pepper));
  const known = [row?.secretHash ?? hashOf(id, '', pepper), ...stillWorking(row, at)];
  const matches = known.filter((hash) => timingSafeEqual(offered, Buffer.from(hash))).length > 0;
  if (!row || !matches || row.revokedAt || (row.expiresAt && row.expiresAt <= at)) return undefined;
  await rememberUse(row, at);
  return toApiKey(row);
}

function stillWorking(row: ApiKeyRow | undefined, at: Date): string[] {
  return (row?.former ?? []).filter(({ until }) => until > at).map(({ secretHash }) => secretHash);
}

async function rememberUse({ _id, account, workspace, lastUsedAt }: ApiKeyRow, at: Date): Promise<void> {
  if (lastUsedAt && at.getTime() - lastUsedAt.getTime() < LAST_USE_EVERY_MS) return;
  await ApiKeyModel.updateOne({ _id, account, workspace }, { $max: { lastUsedAt: at } });
}

export function toApiKey(row: ApiKeyRow): ApiKey {
  const formerUntil = row.former?.at(-1)?.until;
  return {
    id: row._id,
    account: row.account,
    workspace: row.workspace,
    name: row.name,
    scopes: row.scopes,
    createdBy: row.createdBy,
    keptBy: row.keptBy ?? row.createdBy,
    createdAt: row.createdAt,
    ...(row.lastUsedAt && { lastUsedAt: row.lastUsedAt }),
    ...(row.expiresAt && { expiresAt: row.expiresAt }),
    ...(row.revokedAt && { revokedAt: row.revokedAt }),
    rotations: row.rotations ?? 0,
    ...(row.rotatedAt && { rotatedAt: row.rotatedAt }),
    ...(formerUntil && { formerUntil }),
  };
}

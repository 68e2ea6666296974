import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { ApiKeyModel, type ApiKeyRow, type Scope } from './models.js';

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
  createdAt: Date;
  /** Correct to five minutes. */
  lastUsedAt?: Date;
  revokedAt?: Date;
}

export interface ApiKeys {
  /** `secretOnce` is the whole key; nobody can read it again later. */
  createKey(key: {
    account: AccountId;
    workspace: WorkspaceId;
    name: string;
    scopes: readonly Scope[];
    by: PersonId;
    at: Date;
  }): Promise<{ id: string; secretOnce: string }>;
  /** False where the workspace has no such key, or it was revoked before. */
  revokeKey(key: { account: AccountId; workspace: WorkspaceId; id: string; by: PersonId; at: Date }): Promise<boolean>;
  /** Oldest first, revoked ones too. */
  keysOf(account: AccountId, workspace: WorkspaceId): Promise<ApiKey[]>;
  /** The key that an Authorization header carries, or undefined for anything but a key in force. */
  authenticate(header: string | undefined, at: Date): Promise<ApiKey | undefined>;
}

/** `pepper` keys the stored hashes: a copy of the database alone opens nothing. */
export function createApiKeys({ pepper }: { pepper: string }): ApiKeys {
  const hashOf = (id: string, secret: string) => createHmac('sha256', pepper).update(`${id}_${secret}`).digest('hex');

  return {
    async createKey({ account, workspace, name, scopes, by, at }) {
      const id = randomBytes(12).toString('hex');
      const secret = randomBytes(32).toString('hex');
      const row = { _id: id, account, workspace, name, scopes: [...scopes], secretHash: hashOf(id, secret) };
      await inTransaction(async () => {
        await new ApiKeyModel({ ...row, createdBy: by, createdAt: at }).save();
        await writeAudit({
          account,
          workspace,
          by,
          action: 'key.created',
          detail: { key: id, name, scopes: scopes.join(' ') },
          at,
        });
      });
      return { id, secretOnce: `wsk_${id}_${secret}` };
    },
    async revokeKey({ account, workspace, id, by, at }) {
      return inTransaction(async () => {
        const which = { _id: id, account, workspace, revokedAt: mongoose.trusted({ $exists: false }) };
        const revoked = await ApiKeyModel.findOneAndUpdate(which, { $set: { revokedAt: at, revokedBy: by } });
        if (!revoked) return false;
        await writeAudit({
          account,
          workspace,
          by,
          action: 'key.revoked',
          detail: { key: id, name: revoked.name },
          at,
        });
        return true;
      });
    },
    async keysOf(account, workspace) {
      const rows = await ApiKeyModel.find({ account, workspace }).sort({ createdAt: 1 }).lean<ApiKeyRow[]>();
      return rows.map(toApiKey);
    },
    async authenticate(header, at) {
      const [, id, secret] = KEY.exec(header ?? '') ?? [];
      if (!id || !secret) return undefined;
      const row = await ApiKeyModel.findById(id).lean<ApiKeyRow>();
      const offered = Buffer.from(hashOf(id, secret));
      const matches = timingSafeEqual(offered, Buffer.from(row?.secretHash ?? hashOf(id, '')));
      if (!row || !matches || row.revokedAt) return undefined;
      await rememberUse(row, at);
      return toApiKey(row);
    },
  };
}

async function rememberUse({ _id, account, workspace, lastUsedAt }: ApiKeyRow, at: Date): Promise<void> {
  if (lastUsedAt && at.getTime() - lastUsedAt.getTime() < LAST_USE_EVERY_MS) return;
  await ApiKeyModel.updateOne({ _id, account, workspace }, { $max: { lastUsedAt: at } });
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row._id,
    account: row.account,
    workspace: row.workspace,
    name: row.name,
    scopes: row.scopes,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    ...(row.lastUsedAt && { lastUsedAt: row.lastUsedAt }),
    ...(row.revokedAt && { revokedAt: row.revokedAt }),
  };
}

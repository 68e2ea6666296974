import mongoose from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { SCOPES, type Scope } from './scopes.js';

/** `_id` is the public part of the key; of the secret part there is only a keyed hash. */
export interface ApiKeyRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  secretHash: string;
  /** Secrets that were replaced and still work for a while. */
  former?: { secretHash: string; until: Date }[];
  /** How often the secret was replaced, and when last. */
  rotations?: number;
  rotatedAt?: Date;
  scopes: Scope[];
  createdBy: PersonId;
  /** Whose it is now, where it was handed over. */
  keptBy?: PersonId;
  createdAt: Date;
  expiresAt?: Date;
  lastUsedAt?: Date;
  revokedAt?: Date;
  revokedBy?: PersonId;
}

const apiKey = new mongoose.Schema<ApiKeyRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    secretHash: { type: String, required: true },
    former: { type: [{ _id: false, secretHash: String, until: Date }], default: undefined },
    rotations: Number,
    rotatedAt: Date,
    scopes: { type: [{ type: String, enum: SCOPES }], required: true },
    createdBy: { type: String, required: true },
    keptBy: String,
    createdAt: { type: Date, required: true },
    expiresAt: Date,
    lastUsedAt: Date,
    revokedAt: Date,
    revokedBy: String,
  },
  { collection: 'api_keys', versionKey: false, strict: 'throw' },
);
apiKey.index({ account: 1, workspace: 1, createdAt: 1 });

export const ApiKeyModel = mongoose.model<ApiKeyRow>('ApiKey', apiKey);

/** What is left of a key's rate, as of the last time somebody took some. A lost one is a full one. */
export interface RateBucketRow {
  _id: string;
  account: AccountId;
  tokens: number;
  granted: number;
  at: Date;
}

const rateBucket = new mongoose.Schema<RateBucketRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    tokens: { type: Number, required: true },
    granted: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'rate_buckets', versionKey: false, strict: 'throw' },
);
rateBucket.index({ at: 1 }, { expireAfterSeconds: 3_600 });

export const RateBucketModel = mongoose.model<RateBucketRow>('RateBucket', rateBucket);

/** A secret waiting to be shown once. `_id` is a hash of what its address has: a copy of the database opens nothing. */
export interface SecretRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  sealed: string;
  expiresAt: Date;
}

const secret = new mongoose.Schema<SecretRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    sealed: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'one_time_secrets', versionKey: false, strict: 'throw' },
);
secret.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SecretModel = mongoose.model<SecretRow>('OneTimeSecret', secret);

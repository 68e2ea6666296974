import mongoose, { Schema } from 'mongoose';
import type { AccountId } from './entities.js';
import type { IdentityKey } from './identity.js';

/** A started link, waiting for its other side. One per starting identity: a new code replaces the old. */
export interface LinkCodeDoc {
  _id: string;
  account: AccountId;
  identity: IdentityKey;
  codeHash: string;
  usedAt?: Date;
  expiresAt: Date;
}

const linkCodeSchema = new Schema<LinkCodeDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    identity: { type: String, required: true },
    codeHash: { type: String, required: true },
    usedAt: Date,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'link_codes', versionKey: false, strict: 'throw' },
);
linkCodeSchema.index({ account: 1, identity: 1 }, { unique: true });
linkCodeSchema.index({ account: 1, codeHash: 1 }, { unique: true });

/** How often an identity has tried codes lately. */
export interface LinkTriesDoc {
  _id: string;
  account: AccountId;
  identity: IdentityKey;
  since: Date;
  tries: number;
}

const linkTriesSchema = new Schema<LinkTriesDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    identity: { type: String, required: true },
    since: { type: Date, required: true },
    tries: { type: Number, required: true },
  },
  { collection: 'link_tries', versionKey: false, strict: 'throw' },
);
linkTriesSchema.index({ account: 1, identity: 1 }, { unique: true });

export const LinkCodeModel = mongoose.model<LinkCodeDoc>('LinkCode', linkCodeSchema);
export const LinkTriesModel = mongoose.model<LinkTriesDoc>('LinkTries', linkTriesSchema);

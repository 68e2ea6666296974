import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { type Met, UNREACHED } from './met.js';

/**
 * byHand: somebody turned it off. failing: no event arrived for days. gone: it answered 410, which asks for no more.
 * Events of an endpoint that is off wait until it is on again.
 */
export type WhyOff = 'byHand' | 'failing' | 'gone';

/** A workspace's endpoint. Its secrets are sealed: what signs must be read again. */
export interface EndpointRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  url: string;
  sealedSecret: string;
  /** A secret that was replaced: both sign for a while. */
  former?: { sealedSecret: string; until: Date };
  /** How often the secret was replaced. */
  rotations: number;
  off?: WhyOff;
  offSince?: Date;
  /** No event has arrived since then, and at least one try has failed. */
  failingSince?: Date;
  /** What the last failed try met; gone once an event has arrived. */
  failure?: Met;
  lastArrivedAt?: Date;
  setBy: PersonId;
  setAt: Date;
}

/** For both models: what a try met. */
export const met = new Schema({ status: Number, why: { type: String, enum: UNREACHED } }, { _id: false });

const endpointSchema = new Schema<EndpointRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    url: { type: String, required: true },
    sealedSecret: { type: String, required: true },
    former: { type: { _id: false, sealedSecret: String, until: Date }, default: undefined },
    rotations: { type: Number, required: true },
    off: { type: String, enum: ['byHand', 'failing', 'gone'] },
    offSince: Date,
    failingSince: Date,
    failure: met,
    lastArrivedAt: Date,
    setBy: { type: String, required: true },
    setAt: { type: Date, required: true },
  },
  { collection: 'webhook_endpoints', versionKey: false, strict: 'throw' },
);
endpointSchema.index({ account: 1, workspace: 1 }, { unique: true });

export const EndpointModel = mongoose.model<EndpointRow>('WebhookEndpoint', endpointSchema);

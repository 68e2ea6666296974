import mongoose, { Schema } from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { met } from './endpoint-model.js';
import { EVENT_TYPES, type EventType } from './event-types.js';
import type { Met } from './met.js';

export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed'] as const;

/**
 * pending: to be sent when due. sending: in some process's hand, until its lease ends. delivered: answered with a 2xx.
 * failed: given up after the last try.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to its workspace's endpoint. `_id` is its `webhook-id`: the same for every try. */
export interface DeliveryRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  type: EventType;
  /** As it is sent, so that every try has the same bytes. */
  body: string;
  state: DeliveryState;
  /** When it happened. */
  at: Date;
  queuedAt: Date;
  dueAt: Date;
  leaseUntil?: Date;
  /** Raised by every claim: a write-back under an older fence finds nothing. */
  fence: number;
  tries: number;
  lastTryAt?: Date;
  lastMet?: Met;
  /** Rows go away by themselves. */
  expiresAt: Date;
}

const deliverySchema = new Schema<DeliveryRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    type: { type: String, required: true, enum: EVENT_TYPES },
    body: { type: String, required: true },
    state: { type: String, required: true, enum: DELIVERY_STATES },
    at: { type: Date, required: true },
    queuedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    leaseUntil: Date,
    fence: { type: Number, required: true },
    tries: { type: Number, required: true },
    lastTryAt: Date,
    lastMet: met,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'webhook_deliveries', versionKey: false, strict: 'throw' },
);
deliverySchema.index({ dueAt: 1, queuedAt: 1, _id: 1 }, { partialFilterExpression: { state: 'pending' } });
deliverySchema.index({ leaseUntil: 1 }, { partialFilterExpression: { state: 'sending' } });
deliverySchema.index({ account: 1, workspace: 1, queuedAt: -1, _id: -1 });
deliverySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const DeliveryModel = mongoose.model<DeliveryRow>('WebhookDelivery', deliverySchema);

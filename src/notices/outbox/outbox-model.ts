import mongoose from 'mongoose';
import type { Card } from '../../cards/card.js';
import type { MessageRef } from '../../chat/port.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import type { Recipient } from './notice.js';

const { Schema } = mongoose;

export const OUTBOX_STATES = ['pending', 'sending', 'sent', 'unknown', 'dead'] as const;

/**
 * pending: to be sent when due. sending: in some dispatcher's hand, until its lease ends. sent: delivered, or
 * overtaken by a newer card. unknown: perhaps delivered, never sent again by itself. dead: given up.
 */
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** When a row is due that has no time of its own: the clocks of the processes differ. */
export const DUE_AT_ONCE = new Date(0);

/** A notice and how far it is. `_id` is the notice's id. */
export interface OutboxRow {
  _id: string;
  account: AccountId;
  workspace?: WorkspaceId;
  to: Recipient;
  /** The recipient as text. */
  lane: string;
  /** What waits together: the chat team of a channel, the account of a person, as their team shows on sending, or mail. */
  queue: string;
  card: Card;
  sender?: PersonId;
  subject?: string;
  revision: number;
  /** Subject and recipient: unique among the rows being sent, so that two never race for one message. */
  thread?: string;
  anew?: boolean;
  /** The subject in whose thread it stands. */
  under?: string;
  /** 0 (urgent) goes before 1. */
  rank: number;
  state: OutboxState;
  queuedAt: Date;
  dueAt: Date;
  leaseUntil?: Date;
  /** Raised by every claim: a write-back under an older fence finds nothing. */
  fence: number;
  /** Claims that ended in a fault of our own. */
  tries: number;
  /** An earlier send of this notice may have arrived. */
  copy: boolean;
  /** Nobody knows whether its last send arrived: that is looked up first, where it can be. */
  doubtful?: boolean;
  /** What went wrong last, for the operator. */
  failure?: string;
  failingSince?: Date;
  endedAt?: Date;
  /** Sent rows go away by themselves. */
  expiresAt?: Date;
}

const outbox = new Schema<OutboxRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: String,
    to: { type: Schema.Types.Mixed, required: true },
    lane: { type: String, required: true },
    queue: { type: String, required: true },
    card: { type: Schema.Types.Mixed, required: true },
    sender: String,
    subject: String,
    revision: { type: Number, required: true },
    thread: String,
    anew: Boolean,
    under: String,
    rank: { type: Number, required: true },
    state: { type: String, required: true, enum: OUTBOX_STATES },
    queuedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    leaseUntil: Date,
    fence: { type: Number, required: true },
    tries: { type: Number, required: true },
    copy: { type: Boolean, required: true },
    doubtful: Boolean,
    failure: String,
    failingSince: Date,
    endedAt: Date,
    expiresAt: Date,
  },
  { collection: 'outbox', versionKey: false, strict: 'throw', minimize: false },
);
outbox.index(
  { state: 1, rank: 1, queue: 1, dueAt: 1, queuedAt: 1, revision: 1, _id: 1 },
  { partialFilterExpression: { state: 'pending' } },
);
outbox.index({ state: 1, dueAt: 1, queuedAt: 1 }, { partialFilterExpression: { state: 'pending' } });
outbox.index({ leaseUntil: 1 }, { partialFilterExpression: { state: 'sending' } });
outbox.index(
  { account: 1, thread: 1 },
  { unique: true, partialFilterExpression: { state: 'sending', thread: { $type: 'string' } } },
);
outbox.index({ account: 1, subject: 1 }, { partialFilterExpression: { subject: { $type: 'string' } } });
outbox.index(
  { account: 1, workspace: 1, endedAt: -1 },
  { partialFilterExpression: { state: { $in: ['unknown', 'dead'] } } },
);
outbox.index({ state: 1, endedAt: 1 }, { partialFilterExpression: { state: { $in: ['unknown', 'dead'] } } });
outbox.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const OutboxModel = mongoose.model<OutboxRow>('Outbox', outbox);

/** The messages that show a subject to a recipient, the newest last. `_id` is the row's `thread`. */
export interface MessageRow {
  _id: string;
  account: AccountId;
  subject: string;
  to: Recipient;
  refs: MessageRef[];
  revision: number;
  expiresAt: Date;
}

const ref = new Schema<MessageRef>(
  { platform: String, tenant: String, channel: String, message: String },
  { _id: false },
);

const message = new Schema<MessageRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    subject: { type: String, required: true },
    to: { type: Schema.Types.Mixed, required: true },
    refs: { type: [ref], required: true },
    revision: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false, strict: 'throw' },
);
message.index({ account: 1, subject: 1 });
message.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const MessageModel = mongoose.model<MessageRow>('Message', message);

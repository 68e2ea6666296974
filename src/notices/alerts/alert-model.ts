import mongoose from 'mongoose';
import { LEVELS, type Level, type Minor } from '../../ledger/entry.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';

const { Schema } = mongoose;

/** Somebody knows of it, and until then hears no more of it, unless the balance is gone. */
export interface Snooze {
  by: PersonId;
  why: string;
  until: Date;
}

/** paying: on the payment page. onItsWay: paid, but not credited yet. asked: an owner is asked for it. */
export const REACTIONS = ['paying', 'onItsWay', 'asked'] as const;

/** What somebody does about it. */
export interface Reaction {
  kind: (typeof REACTIONS)[number];
  by: PersonId;
  amountMinor: Minor;
  at: Date;
}

/** How a workspace's alert stands. `_id` is the workspace's id. */
export interface AlertRow {
  _id: WorkspaceId;
  account: AccountId;
  /** Raised by every change, which goes by it: of two that come at once one looks again. */
  revision: number;
  /** Times that it was no longer ok: an episode is one message, edited up to the all-clear. */
  episode: number;
  /** As the messages show it. */
  level: Level;
  /** As the days left say by themselves, told to the workspace's own systems. Absent: ok. */
  byDays?: Level;
  /** As the last message of its own told it: a worse one waits for the end of a snooze or of quiet hours. */
  posted: Level;
  /** Since when the episode goes on. */
  since?: Date;
  /** What the last message of its own told. */
  postedMinor?: Minor;
  /** As the messages show it. */
  daysLeft?: number;
  snooze?: Snooze;
  reaction?: Reaction;
  /** When the owners are told directly, if nobody does anything. */
  escalateAt?: Date;
  /** It was told in the thread how it goes on. */
  storied?: boolean;
  /** Something else that the messages show has changed. */
  stale?: boolean;
  /** The messages about several workspaces that show this one. */
  groups: string[];
  /** The last day, as `2026-11-22`, whose spend was told to be unusual. */
  unusualOn?: string;
  /** When to look next, whether or not anything was spent. */
  lookAt: Date;
}

const alert = new Schema<AlertRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    revision: { type: Number, required: true },
    episode: { type: Number, required: true },
    level: { type: String, enum: LEVELS, required: true },
    byDays: { type: String, enum: LEVELS },
    posted: { type: String, enum: LEVELS, required: true },
    since: Date,
    postedMinor: Number,
    daysLeft: Number,
    snooze: new Schema<Snooze>({ by: String, why: String, until: Date }, { _id: false }),
    reaction: new Schema<Reaction>(
      { kind: { type: String, enum: REACTIONS }, by: String, amountMinor: Number, at: Date },
      { _id: false },
    ),
    escalateAt: Date,
    storied: Boolean,
    stale: Boolean,
    groups: { type: [String], required: true },
    unusualOn: String,
    lookAt: { type: Date, required: true },
  },
  { collection: 'alerts', versionKey: false, strict: 'throw' },
);
alert.index({ lookAt: 1 });

export const AlertModel = mongoose.model<AlertRow>('Alert', alert);

import mongoose from 'mongoose';
import { LEVELS, type Level, type Minor } from '../../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import type { Recipient } from '../outbox/notice.js';

const { Schema } = mongoose;

/** A workspace as a message about several shows it. */
export interface GroupMember {
  workspace: WorkspaceId;
  name: string;
  currency: string;
  level: Level;
  balanceMinor: Minor;
  daysLeft?: number;
  doing?: string;
  snoozed?: boolean;
  disabled?: boolean;
}

/** One message about workspaces that ran low at once. `_id` is its notices' subject. */
export interface GroupRow {
  _id: string;
  account: AccountId;
  to: Recipient;
  /** The recipient as text. */
  lane: string;
  /** When it was posted; before that, when the first of them was alerted. */
  openedAt: Date;
  /** False while they are so few that each has a message of its own. */
  posted: boolean;
  /** To an owner directly, as nobody did anything. */
  escalated?: boolean;
  revision: number;
  members: GroupMember[];
  expiresAt: Date;
}

const member = new Schema<GroupMember>(
  {
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    currency: { type: String, required: true },
    level: { type: String, enum: LEVELS, required: true },
    balanceMinor: { type: Number, required: true },
    daysLeft: Number,
    doing: String,
    snoozed: Boolean,
    disabled: Boolean,
  },
  { _id: false },
);

const group = new Schema<GroupRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    to: { type: Schema.Types.Mixed, required: true },
    lane: { type: String, required: true },
    openedAt: { type: Date, required: true },
    posted: { type: Boolean, required: true },
    escalated: Boolean,
    revision: { type: Number, required: true },
    members: { type: [member], required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'alert_groups', versionKey: false, strict: 'throw' },
);
group.index({ account: 1, lane: 1, openedAt: -1 });
group.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const GroupModel = mongoose.model<GroupRow>('AlertGroup', group);

import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { Channel, ChannelId } from './channel.js';

export interface ChannelDoc {
  _id: ChannelId;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  foldedName: string;
  kind: Channel['kind'];
  createdBy: PersonId;
  createdAt: Date;
  archived: boolean;
  archivedAt?: Date;
}

const channelSchema = new Schema<ChannelDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    kind: { type: String, enum: ['public', 'private'], required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    archived: { type: Boolean, required: true },
    archivedAt: Date,
  },
  { collection: 'channels', versionKey: false, strict: 'throw' },
);
channelSchema.index(
  { account: 1, workspace: 1, foldedName: 1 },
  { unique: true, partialFilterExpression: { archived: false } },
);

/** A person's place in a channel. It counts only while the membership of the workspace lasts that it was given in. */
export interface ChannelMemberDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  channel: ChannelId;
  person: PersonId;
  manager: boolean;
  since: Date;
}

const memberSchema = new Schema<ChannelMemberDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    channel: { type: String, required: true },
    person: { type: String, required: true },
    manager: { type: Boolean, required: true },
    since: { type: Date, required: true },
  },
  { collection: 'channel_members', versionKey: false, strict: 'throw' },
);
memberSchema.index({ account: 1, workspace: 1, channel: 1, person: 1 }, { unique: true });
memberSchema.index({ account: 1, person: 1, workspace: 1 });

export const ChannelModel = mongoose.model<ChannelDoc>('Channel', channelSchema);
export const ChannelMemberModel = mongoose.model<ChannelMemberDoc>('ChannelMember', memberSchema);

export function toChannel({ _id: id, foldedName: _folded, archived: _archived, ...rest }: ChannelDoc): Channel {
  return { id, ...rest };
}

import mongoose, { Schema } from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { Given, Meeting, MeetingId } from './meeting.js';

export interface MeetingDoc extends Omit<Meeting, 'id'> {
  _id: MeetingId;
  foldedTitle: string;
}

const givenSchema = new Schema<Given>(
  { person: { type: String, required: true }, since: { type: Date, required: true } },
  { _id: false, strict: 'throw' },
);

const meetingSchema = new Schema<MeetingDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    title: { type: String, required: true },
    foldedTitle: { type: String, required: true },
    startsAt: { type: Date, required: true },
    endsAt: Date,
    host: { type: String, required: true },
    collaborators: { type: [givenSchema], required: true },
    readers: { type: [givenSchema], required: true },
    channels: { type: [String], required: true },
    open: { type: Boolean, required: true },
    highlights: { type: [String], required: true },
    notes: String,
    link: String,
    createdAt: { type: Date, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'meetings', versionKey: false, strict: 'throw' },
);
meetingSchema.index({ account: 1, workspace: 1, startsAt: -1, _id: -1 });
meetingSchema.index({ account: 1, host: 1, startsAt: -1 });

/** The recorder's id of a meeting: it counts once, for ever, also when the meeting is long deleted. */
export interface RecordedDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  recorderId: string;
  meeting: MeetingId;
  /** Of what was sent first. */
  hash: string;
  at: Date;
}

const recordedSchema = new Schema<RecordedDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    recorderId: { type: String, required: true },
    meeting: { type: String, required: true },
    hash: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'recorded_meetings', versionKey: false, strict: 'throw' },
);
recordedSchema.index({ account: 1, workspace: 1, recorderId: 1 }, { unique: true });

export const MeetingModel = mongoose.model<MeetingDoc>('Meeting', meetingSchema);
export const RecordedModel = mongoose.model<RecordedDoc>('RecordedMeeting', recordedSchema);

export function toMeeting({ _id: id, foldedTitle: _folded, ...rest }: MeetingDoc): Meeting {
  return { id, ...rest };
}

import mongoose from 'mongoose';
import { channelsOf } from '../channels/channel-members.js';
import type { ChannelId } from '../channels/channel.js';
import { publicChannels } from '../channels/channels.js';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, Membership, PersonId, WorkspaceId } from '../workspace/entities.js';
import { fold } from '../workspace/fold.js';
import type { Content, Meeting, MeetingId, Which } from './meeting.js';
import { type MeetingDoc, MeetingModel, toMeeting } from './meeting-model.js';

/** A meeting to be kept, and who reads it from the beginning. */
export interface NewMeeting extends Content {
  account: AccountId;
  workspace: WorkspaceId;
  host: PersonId;
  collaborators?: readonly PersonId[];
  channels?: readonly ChannelId[];
  /** Whether everybody in the workspace reads it. */
  open: boolean;
  at: Date;
}

/** Keeps a meeting that its host writes down. */
export function createMeeting(wanted: NewMeeting): Promise<Meeting> {
  const { account, workspace, host, at } = wanted;
  return inTransaction(async () => {
    const meeting = await insertMeeting(wanted);
    const detail = { meeting: meeting.id };
    await writeAudit({ account, workspace, by: host, action: 'meeting.created', detail, at });
    return meeting;
  });
}

/** In the surrounding transaction, whose audit line is the caller's. */
export async function insertMeeting(wanted: NewMeeting): Promise<Meeting> {
  const { collaborators = [], channels = [], at, ...rest } = wanted;
  const doc: MeetingDoc = {
    _id: newId('mt', at),
    ...rest,
    foldedTitle: fold(wanted.title),
    collaborators: collaborators.map((person) => ({ person, since: at })),
    readers: [],
    channels,
    createdAt: at,
    version: 1,
  };
  await MeetingModel.create(doc);
  return toMeeting(doc);
}

export async function getMeeting({ account, workspace, meeting }: Which): Promise<Meeting | undefined> {
  const doc = await MeetingModel.findOne({ account, workspace, _id: meeting }).lean<MeetingDoc>();
  return doc ? toMeeting(doc) : undefined;
}

/**
 * Writes a meeting's content anew, by its host or a collaborator. Refuses where it was changed since `version`, so that
 * nobody's words are lost.
 */
export function changeMeeting(
  change: Which & { content: Content; version: number; by: PersonId; at: Date },
): Promise<Meeting> {
  const { account, workspace, meeting: id, content, version, by, at } = change;
  return inTransaction(async () => {
    const before = await MeetingModel.findOne({ account, workspace, _id: id }).lean<MeetingDoc>();
    if (!before) return refuse({ kind: 'unknownMeeting', typed: '' });
    if (before.version !== version) return refuse({ kind: 'meetingChanged', meeting: id, workspace });
    const { title, startsAt, endsAt, highlights, notes, link } = content;
    const doc = await MeetingModel.findOneAndUpdate(
      { account, workspace, _id: id, version },
      {
        $set: {
          title,
          foldedTitle: fold(title),
          startsAt,
          highlights,
          ...(endsAt && { endsAt }),
          ...(notes && { notes }),
          ...(link && { link }),
        },
        $unset: { ...(!endsAt && { endsAt: 1 }), ...(!notes && { notes: 1 }), ...(!link && { link: 1 }) },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    )
      .lean<MeetingDoc>()
      .orFail();
    await writeAudit({ account, workspace, by, action: 'meeting.changed', detail: { meeting: id }, at });
    return toMeeting(doc);
  });
}

/** Deletes it for good, by its host alone; what was left of it afterwards: nothing. */
export function deleteMeeting(which: Which & { by: PersonId; at: Date }): Promise<Meeting> {
  const { account, workspace, meeting: id, by, at } = which;
  return inTransaction(async () => {
    const doc = await MeetingModel.findOneAndDelete({ account, workspace, _id: id, host: by }).lean<MeetingDoc>();
    if (!doc) return refuse({ kind: 'unknownMeeting', typed: '' });
    await writeAudit({ account, workspace, by, action: 'meeting.deleted', detail: { meeting: id }, at });
    return toMeeting(doc);
  });
}

export interface MeetingPage {
  meetings: Meeting[];
  /** Of all pages. */
  total: number;
}

/** A page of what somebody reads in a workspace, the latest first; `search` is a part of the title. */
export async function readableMeetings(query: {
  membership: Membership;
  channel?: ChannelId;
  search?: string;
  offset: number;
  limit: number;
}): Promise<MeetingPage> {
  const { membership, channel, search, offset, limit } = query;
  const { account, workspace } = membership;
  return pageOf(
    {
      account,
      workspace,
      ...(await readBy(membership)),
      ...(channel && { channels: channel }),
      ...(search && { foldedTitle: mongoose.trusted({ $regex: literal(fold(search)) }) }),
    },
    { offset, limit },
  );
}

/** Of what somebody reads, those with that very title. */
export async function readableNamed(membership: Membership, title: string, limit: number): Promise<Meeting[]> {
  const { account, workspace } = membership;
  const found = { account, workspace, ...(await readBy(membership)), foldedTitle: fold(title) };
  return (await pageOf(found, { offset: 0, limit })).meetings;
}

/** A page of the meetings that a person hosts in any workspace of the account but these, the latest first. */
export async function meetingsHostedBy(query: {
  account: AccountId;
  person: PersonId;
  /** Where the person may not act at present. */
  without: readonly WorkspaceId[];
  offset: number;
  limit: number;
}): Promise<MeetingPage> {
  const { account, person, without, offset, limit } = query;
  const workspace = mongoose.trusted({ $nin: [...without] });
  return pageOf({ account, host: person, workspace }, { offset, limit });
}

/** One of the meetings that a person hosts, in whatever workspace of the account. */
export async function meetingOfHost(of: {
  account: AccountId;
  person: PersonId;
  meeting: MeetingId;
}): Promise<Meeting | undefined> {
  const { account, person, meeting } = of;
  const doc = await MeetingModel.findOne({ account, _id: meeting, host: person }).lean<MeetingDoc>();
  return doc ? toMeeting(doc) : undefined;
}

async function pageOf(found: object, { offset, limit }: { offset: number; limit: number }): Promise<MeetingPage> {
  const total = await MeetingModel.countDocuments(found);
  const docs = await MeetingModel.find(found)
    .sort({ startsAt: -1, _id: -1 })
    .skip(offset)
    .limit(limit)
    .lean<MeetingDoc[]>();
  return { meetings: docs.map(toMeeting), total };
}

/** What accessTo says, as a filter. */
async function readBy(membership: Membership): Promise<{ $or: object[] }> {
  const { person, joinedAt } = membership;
  const inside = await channelsOf(membership);
  const open = await publicChannels(membership);
  const mine = mongoose.trusted({ $elemMatch: { person, since: { $gte: joinedAt } } });
  return {
    $or: [
      { host: person },
      { open: true },
      { collaborators: mine },
      { readers: mine },
      { channels: mongoose.trusted({ $in: [...open, ...inside] }) },
    ],
  };
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

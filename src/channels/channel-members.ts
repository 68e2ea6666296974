import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { AuditAction } from '../workspace/audit-actions.js';
import type { AccountId, Membership, PersonId, WorkspaceId } from '../workspace/entities.js';
import { countsStill, membersAmong } from '../workspace/members-among.js';
import type { MemberPage } from '../workspace/memberships.js';
import { peopleApart } from '../workspace/people-apart.js';
import type { Channel, ChannelId, ChannelMember, Which } from './channel.js';
import { auditName } from './channels.js';
import { type ChannelMemberDoc, ChannelMemberModel } from './channel-model.js';

/** Somebody's membership of the workspace: without it, or while they are suspended, they are in no channel of it. */
type Inside = Pick<Membership, 'account' | 'workspace' | 'person' | 'joinedAt'>;

/** The person's place in a channel, where they have one. */
export async function placeIn(channel: ChannelId, of: Inside): Promise<ChannelMember | undefined> {
  const { account, workspace, person } = of;
  const doc = await ChannelMemberModel.findOne({ account, workspace, channel, person }).lean<ChannelMemberDoc>();
  return doc && countsStill(of, doc.since) ? { person, manager: doc.manager } : undefined;
}

/** The channels of the workspace that the person is in, public and private ones. */
export async function channelsOf(of: Inside): Promise<ChannelId[]> {
  const { account, workspace, person, joinedAt } = of;
  const since = mongoose.trusted({ $gte: joinedAt });
  const docs = await ChannelMemberModel.find({ account, workspace, person, since }).lean<ChannelMemberDoc[]>();
  return docs.map(({ channel }) => channel);
}

/** A page of a channel's people, by name. */
export async function membersOfChannel(
  query: Which & { offset: number; limit: number },
): Promise<MemberPage & { managers: ReadonlySet<PersonId> }> {
  const { account, workspace, channel, offset, limit } = query;
  const docs = await ChannelMemberModel.find({ account, workspace, channel }).lean<ChannelMemberDoc[]>();
  const given = new Map(docs.map(({ person, since }) => [person, since]));
  const page = await membersAmong({ account, workspace, given, offset, limit });
  return { ...page, managers: new Set(docs.filter(({ manager }) => manager).map(({ person }) => person)) };
}

/** Names of those who manage the channel and are still in the workspace, a few of them. */
export async function managersOf({ account, workspace, channel }: Which): Promise<string[]> {
  const docs = await ChannelMemberModel.find({ account, workspace, channel, manager: true }).lean<ChannelMemberDoc[]>();
  const given = new Map(docs.map(({ person, since }) => [person, since]));
  const { members } = await membersAmong({ account, workspace, given, offset: 0, limit: 3 });
  return members.map(({ person }) => person.name);
}

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  channel: Channel;
  /** Theirs is the place that changes: a member of the workspace. */
  member: Inside;
  by: PersonId;
  at: Date;
}

/**
 * Gives a member of the workspace a place in the channel; false where they have one. Refuses to add oneself to a
 * private one, also under another identity of one's own, and to an archived one.
 */
export function addToChannel(change: Change): Promise<boolean> {
  const { account, channel, member, by } = change;
  return inTransaction(async () => {
    if (channel.archivedAt) refuse({ kind: 'channelArchived', channel: channel.id, name: channel.name });
    if (await placeIn(channel.id, member)) return false;
    if (channel.kind === 'private' && (await isSameHuman(account, by, member.person))) {
      refuse({ kind: 'selfIntoPrivate', name: channel.name });
    }
    await put(change, { manager: false });
    await audit(change, member.person === by ? 'channel.joined' : 'channel.memberAdded');
    return true;
  });
}

/** Ends somebody's place in the channel; false where they had none. */
export function removeFromChannel(change: Change): Promise<boolean> {
  const { account, workspace, channel, member, by } = change;
  const { person } = member;
  return inTransaction(async () => {
    if (!(await placeIn(channel.id, member))) return false;
    await ChannelMemberModel.deleteOne({ account, workspace, channel: channel.id, person });
    await audit(change, person === by ? 'channel.left' : 'channel.memberRemoved');
    return true;
  });
}

/** Lets somebody who is in the channel manage it, or no longer. Refuses who is not in it; false where it is so already. */
export function setManager(change: Change & { manager: boolean; name: string }): Promise<boolean> {
  const { account, workspace, channel, member, manager, name } = change;
  const { person } = member;
  return inTransaction(async () => {
    const place = await placeIn(channel.id, member);
    if (!place) return refuse({ kind: 'notInChannel', name, channelName: channel.name });
    if (place.manager === manager) return false;
    await ChannelMemberModel.updateOne({ account, workspace, channel: channel.id, person }, { $set: { manager } });
    await audit(change, 'channel.managerSet', { manager });
    return true;
  });
}

/** A place anew; one of a former membership is taken over. */
export async function put(
  { account, workspace, channel, member, at }: Omit<Change, 'by'>,
  as: { manager: boolean },
): Promise<void> {
  await ChannelMemberModel.updateOne(
    { account, workspace, channel: channel.id, person: member.person },
    { $set: { ...as, since: at }, $setOnInsert: { _id: newId('cm', at) } },
    { upsert: true },
  );
}

async function audit(
  { account, workspace, channel, member, by, at }: Change,
  action: AuditAction,
  more: Readonly<Record<string, boolean>> = {},
): Promise<void> {
  const detail = { ...auditName(channel), ...more };
  await writeAudit({ account, workspace, by, action, person: member.person, detail, at });
}

async function isSameHuman(account: AccountId, one: PersonId, other: PersonId): Promise<boolean> {
  return one === other || (await peopleApart(account, [one, other])).length === 1;
}

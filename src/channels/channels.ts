import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { AuditAction } from '../workspace/audit-actions.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { fold, foldedPattern } from '../workspace/fold.js';
import type { Channel, ChannelId, Which } from './channel.js';
import { type ChannelDoc, ChannelMemberModel, ChannelModel, toChannel } from './channel-model.js';

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

interface By {
  by: PersonId;
  /** Who approved the request that this runs. */
  approvedBy?: PersonId;
  at: Date;
}

/** Makes a channel whose manager is `by`. Refuses a name that another one there has, whatever its case. */
export function createChannel(wanted: Place & By & Pick<Channel, 'name' | 'kind'>): Promise<Channel> {
  const { account, workspace, name, kind, by, approvedBy, at } = wanted;
  const where = { account, workspace };
  const doc: ChannelDoc = {
    _id: newId('ch', at),
    ...where,
    name,
    foldedName: fold(name),
    kind,
    createdBy: by,
    createdAt: at,
    archived: false,
  };
  return inTransaction(async () => {
    await assertNameFree(doc);
    await ChannelModel.create(doc);
    await ChannelMemberModel.create({
      _id: newId('cm', at),
      ...where,
      channel: doc._id,
      person: by,
      manager: true,
      since: at,
    });
    const detail = { ...auditName(doc), kind, ...(approvedBy && { approvedBy }) };
    await writeAudit({ ...where, by, action: 'channel.created', detail, at });
    return toChannel(doc);
  });
}

/** Refuses a name that another one there has, whatever its case. */
export function renameChannel(which: Which & By & { name: string }): Promise<{ before: string; after: Channel }> {
  const { name, ...rest } = which;
  return inTransaction(async () => {
    const before = await existing(which);
    await assertNameFree({ ...before, name, foldedName: fold(name) });
    const after = { ...before, name, foldedName: fold(name) };
    if (before.name !== name) {
      const from = auditName(before).name;
      const about = { ...auditName(after), ...(from && { from }) };
      await change(rest, { $set: { name, foldedName: after.foldedName } }, 'channel.renamed', about);
    }
    return { before: before.name, after: toChannel(after) };
  });
}

/** Nothing new is shared there from now on; its name is free again. */
export function archiveChannel(which: Which & By): Promise<Channel> {
  return inTransaction(async () => {
    const before = await existing(which);
    if (before.archived) return toChannel(before);
    const closed = { archived: true, archivedAt: which.at };
    await change(which, { $set: closed }, 'channel.archived', auditName(before));
    return toChannel({ ...before, ...closed });
  });
}

/** Undoes an archiving. Refuses where its name was taken meanwhile. */
export function restoreChannel(which: Which & By): Promise<Channel> {
  return inTransaction(async () => {
    const { archivedAt: _closed, ...before } = await existing(which);
    if (!before.archived) return toChannel(before);
    await assertNameFree(before);
    const opened = { $set: { archived: false }, $unset: { archivedAt: 1 } };
    await change(which, opened, 'channel.restored', auditName(before));
    return toChannel({ ...before, archived: false });
  });
}

export async function getChannel({ account, workspace, channel }: Which): Promise<Channel | undefined> {
  const doc = await ChannelModel.findOne({ account, workspace, _id: channel }).lean<ChannelDoc>();
  return doc ? toChannel(doc) : undefined;
}

/** Those of these channels that are still there, archived ones too. */
export async function channelsByIds({ account, workspace }: Place, ids: readonly ChannelId[]): Promise<Channel[]> {
  if (ids.length === 0) return [];
  const docs = await ChannelModel.find({ account, workspace, _id: mongoose.trusted({ $in: [...ids] }) })
    .sort({ foldedName: 1 })
    .lean<ChannelDoc[]>();
  return docs.map(toChannel);
}

/** The channels that everybody in the workspace reads, archived ones too. */
export async function publicChannels({ account, workspace }: Place): Promise<ChannelId[]> {
  const docs = await ChannelModel.find({ account, workspace, kind: 'public' }, { _id: 1 }).lean<{ _id: ChannelId }[]>();
  return docs.map(({ _id }) => _id);
}

/** Whoever looks for a channel sees the public ones and those that they are in; who manages all of them, each. */
export interface Looking extends Place {
  /** The private channels that they are in. */
  inside: readonly ChannelId[];
  all: boolean;
  archived?: boolean;
}

/** A page of what somebody sees, by name; `search` is a part of it. */
export async function channelsSeen(
  query: Looking & { search?: string; offset: number; limit: number },
): Promise<{ channels: Channel[]; total: number }> {
  const { search, offset, limit } = query;
  const found = { ...seenBy(query), ...(search && { foldedName: containing(search) }) };
  const [total, docs] = await Promise.all([
    ChannelModel.countDocuments(found),
    ChannelModel.find(found).sort({ foldedName: 1, _id: 1 }).skip(offset).limit(limit).lean<ChannelDoc[]>(),
  ]);
  return { channels: docs.map(toChannel), total };
}

/** Of what somebody sees, those of that very name; of an archived name there may be several. */
export async function channelsNamed(query: Looking & { name: string }): Promise<Channel[]> {
  const docs = await ChannelModel.find({ ...seenBy(query), foldedName: fold(query.name) })
    .sort({ _id: -1 })
    .lean<ChannelDoc[]>();
  return docs.map(toChannel);
}

function seenBy({ account, workspace, inside, all, archived = false }: Looking) {
  const open = [{ kind: 'public' as const }, { _id: mongoose.trusted({ $in: [...inside] }) }];
  return { account, workspace, archived, ...(!all && { $or: open }) };
}

function containing(search: string) {
  return mongoose.trusted({ $regex: foldedPattern(search) });
}

async function existing({ account, workspace, channel }: Which): Promise<ChannelDoc> {
  const doc = await ChannelModel.findOne({ account, workspace, _id: channel }).lean<ChannelDoc>();
  return doc ?? refuse({ kind: 'unknownChannel', typed: '', nearest: [] });
}

async function change(
  { account, workspace, channel, by, approvedBy, at }: Which & By,
  update: object,
  action: AuditAction,
  about: Readonly<Record<string, string>>,
): Promise<void> {
  await ChannelModel.updateOne({ account, workspace, _id: channel }, update);
  const detail = { ...about, ...(approvedBy && { approvedBy }) };
  await writeAudit({ account, workspace, by, action, detail, at });
}

/** How the audit trail names a channel: a private one's name is for those who are in it or look after it. */
export function auditName({ kind, name }: Pick<Channel, 'kind' | 'name'>): { name?: string } {
  return kind === 'public' ? { name } : {};
}

async function assertNameFree(
  named: Pick<ChannelDoc, '_id' | 'account' | 'workspace' | 'name' | 'foldedName'>,
): Promise<void> {
  const { _id, account, workspace, name, foldedName } = named;
  const holder = await ChannelModel.findOne({ account, workspace, foldedName, archived: false }).lean<ChannelDoc>();
  if (holder && holder._id !== _id) refuse({ kind: 'channelNameTaken', name });
}

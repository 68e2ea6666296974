import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { writeAudit } from './audit.js';
import { type BindingDoc, BindingModel, toBinding } from './binding-model.js';
import type { AccountId, AlertsFrom, Binding, PersonId, Purpose, WorkspaceId } from './entities.js';
import { type Platform, tenantKey } from './identity.js';

export type { Purpose } from './entities.js';

export interface ChatChannel {
  platform: Platform;
  tenant: string;
  channel: string;
}

/**
 * Lets a chat channel get a workspace's notices, and the meetings of one of its channels where `room` names one. Binding
 * it again replaces what it gets and its name; whoever could bind it is taken to know that the bot is in it.
 */
export function bindChannel(
  binding: ChatChannel & {
    account: AccountId;
    workspace: WorkspaceId;
    channelName: string;
    purposes: readonly Purpose[];
    room?: string;
    by: PersonId;
    at: Date;
  },
): Promise<Binding> {
  const { account, workspace, platform, tenant, channel, channelName, purposes, room, by, at } = binding;
  return inTransaction(async () => {
    const doc = await BindingModel.findOneAndUpdate(
      { account, workspace, platform, tenant, channel },
      {
        $set: { channelName, namedAt: at, purposes: [...purposes], boundBy: by, ...(room && { room }) },
        $unset: { lostAt: 1, ...(!room && { room: 1 }) },
        $setOnInsert: { _id: newId('b', at) },
      },
      { upsert: true, returnDocument: 'after' },
    )
      .lean<BindingDoc>()
      .orFail();
    const detail = { channel: `${tenantKey(binding)}:${channel}`, channelName, purposes: purposes.join(' ') };
    await writeAudit({ account, workspace, by, action: 'channel.bound', detail, at });
    return toBinding(doc);
  });
}

/** Undefined where it was not bound. */
export function unbindChannel(
  which: ChatChannel & { account: AccountId; workspace: WorkspaceId; by: PersonId; at: Date },
): Promise<Binding | undefined> {
  const { account, workspace, platform, tenant, channel, by, at } = which;
  return inTransaction(async () => {
    const doc = await BindingModel.findOneAndDelete({
      account,
      workspace,
      platform,
      tenant,
      channel,
    }).lean<BindingDoc>();
    if (!doc) return undefined;
    const detail = { channel: `${tenantKey(which)}:${channel}`, channelName: doc.channelName };
    await writeAudit({ account, workspace, by, action: 'channel.unbound', detail, at });
    return toBinding(doc);
  });
}

/**
 * The workspace's bound chat channels, the first bound first. With a purpose, only those that serve it and that the bot
 * is in: what it cannot post goes elsewhere.
 */
export async function bindingsOf(account: AccountId, workspace: WorkspaceId, purpose?: Purpose): Promise<Binding[]> {
  const docs = await BindingModel.find({ account, workspace, ...(purpose && { purposes: purpose, lostAt: null }) })
    .sort({ _id: 1 })
    .lean<BindingDoc[]>();
  return docs.map(toBinding);
}

/** The chat channels where the meetings of one of the workspace's own channels are posted. */
export async function bindingsOfRoom(account: AccountId, workspace: WorkspaceId, room: string): Promise<Binding[]> {
  const docs = await BindingModel.find({ account, workspace, room, lostAt: null })
    .sort({ _id: 1 })
    .lean<BindingDoc[]>();
  return docs.map(toBinding);
}

export async function bindingById(
  account: AccountId,
  workspace: WorkspaceId,
  id: string,
): Promise<Binding | undefined> {
  const doc = await BindingModel.findOne({ account, workspace, _id: id }).lean<BindingDoc>();
  return doc ? toBinding(doc) : undefined;
}

/** Which alerts a bound channel gets: from that level on, or all of them. False: it is not bound any more. */
export function setAlertsFrom(change: {
  binding: Binding;
  from: AlertsFrom | 'low';
  by: PersonId;
  at: Date;
}): Promise<boolean> {
  const { binding, from, by, at } = change;
  const { account, workspace, id, channelName } = binding;
  return inTransaction(async () => {
    const { matchedCount } = await BindingModel.updateOne(
      { account, workspace, _id: id },
      from === 'low' ? { $unset: { alertsFrom: 1 } } : { $set: { alertsFrom: from } },
    );
    if (matchedCount === 0) return false;
    await writeAudit({ account, workspace, by, action: 'channel.alertsSet', detail: { channelName, from }, at });
    return true;
  });
}

export async function workspacesBoundTo(account: AccountId, at: ChatChannel): Promise<WorkspaceId[]> {
  return (await bindingsAt(account, at)).map(({ workspace }) => workspace);
}

/** Every workspace's binding of one chat channel. */
export async function bindingsAt(account: AccountId, at: ChatChannel): Promise<Binding[]> {
  const { platform, tenant, channel } = at;
  const docs = await BindingModel.find({ account, platform, tenant, channel }).sort({ _id: 1 }).lean<BindingDoc[]>();
  return docs.map(toBinding);
}

interface News {
  binding: Binding;
  at: Date;
}

/** The chat channel has another name since then; older news than what is known change nothing. */
export function followName({ binding, name, at }: News & { name: string }): Promise<boolean> {
  const { id, account, workspace } = binding;
  return inTransaction(async () => {
    const before = await BindingModel.findOneAndUpdate(
      {
        account,
        workspace,
        _id: id,
        channelName: mongoose.trusted({ $ne: name }),
        $or: [{ namedAt: null }, { namedAt: mongoose.trusted({ $lte: at }) }],
      },
      { $set: { channelName: name, namedAt: at } },
    ).lean<BindingDoc>();
    if (!before) return false;
    const detail = { channelName: name, from: before.channelName };
    await writeAudit({ account, workspace, by: 'system', action: 'channel.followed', detail, at });
    return true;
  });
}

/** The bot was taken out of the chat channel: nothing is sent there until it is bound anew or the bot is back. */
export function markLost({ binding, at }: News): Promise<boolean> {
  return changeLost(binding, { lostAt: null }, { $set: { lostAt: at } }, 'channel.lost', at);
}

/** The bot is in the chat channel again. */
export function markFound({ binding, at }: News): Promise<boolean> {
  const lost = { lostAt: mongoose.trusted({ $ne: null }) };
  return changeLost(binding, lost, { $unset: { lostAt: 1 } }, 'channel.found', at);
}

function changeLost(
  { id, account, workspace, channelName }: Binding,
  where: object,
  change: object,
  action: 'channel.lost' | 'channel.found',
  at: Date,
): Promise<boolean> {
  return inTransaction(async () => {
    const { modifiedCount } = await BindingModel.updateOne({ account, workspace, _id: id, ...where }, change);
    if (modifiedCount === 0) return false;
    await writeAudit({ account, workspace, by: 'system', action, detail: { channelName }, at });
    return true;
  });
}

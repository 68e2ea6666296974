import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { writeAudit } from './audit.js';
import { type BindingDoc, BindingModel, toBinding } from './binding-model.js';
import type { AccountId, Binding, PersonId, WorkspaceId } from './entities.js';
import { type Platform, tenantKey } from './identity.js';

export type Purpose = Binding['purposes'][number];

export interface ChatChannel {
  platform: Platform;
  tenant: string;
  channel: string;
}

/** Lets a chat channel get a workspace's notices. Binding it again replaces what it gets and its name. */
export function bindChannel(
  binding: ChatChannel & {
    account: AccountId;
    workspace: WorkspaceId;
    channelName: string;
    purposes: readonly Purpose[];
    by: PersonId;
    at: Date;
  },
): Promise<Binding> {
  const { account, workspace, platform, tenant, channel, channelName, purposes, by, at } = binding;
  return inTransaction(async () => {
    const doc = await BindingModel.findOneAndUpdate(
      { account, workspace, platform, tenant, channel },
      { $set: { channelName, purposes: [...purposes], boundBy: by }, $setOnInsert: { _id: newId('b', at) } },
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

/** The workspace's bound chat channels, the first bound first; with a purpose, only those that serve it. */
export async function bindingsOf(account: AccountId, workspace: WorkspaceId, purpose?: Purpose): Promise<Binding[]> {
  const docs = await BindingModel.find({ account, workspace, ...(purpose && { purposes: purpose }) })
    .sort({ _id: 1 })
    .lean<BindingDoc[]>();
  return docs.map(toBinding);
}

export async function workspacesBoundTo(account: AccountId, at: ChatChannel): Promise<WorkspaceId[]> {
  const { platform, tenant, channel } = at;
  const docs = await BindingModel.find({ account, platform, tenant, channel }).sort({ _id: 1 }).lean<BindingDoc[]>();
  return docs.map(({ workspace }) => workspace);
}

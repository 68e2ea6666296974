import { channelGoneCard, channelRemovedCard } from '../../cards/channels/lost-channel-card.js';
import type { ChannelChange } from '../../chat/channel-change.js';
import { inTransaction } from '../../mongo.js';
import { accountOfTenant } from '../../workspace/accounts.js';
import { bindingsAt, followName, markFound, markLost, unbindChannel } from '../../workspace/bindings.js';
import type { Binding } from '../../workspace/entities.js';
import { tenantKey } from '../../workspace/identity.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { peopleWhoChoose } from '../audience.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

/**
 * Keeps the bindings of a chat channel true to what the platform tells of it. Where its notices can no longer arrive,
 * those who could choose another channel are told, once. Resolves with whether anything was changed.
 */
export async function followChannelChange(change: ChannelChange): Promise<boolean> {
  const account = await accountOfTenant(tenantKey(change));
  if (!account) return false;
  let changed = false;
  for (const binding of await bindingsAt(account.id, change)) {
    if (await follow(binding, change)) changed = true;
  }
  return changed;
}

function follow(binding: Binding, change: ChannelChange): Promise<boolean> {
  const { at } = change;
  switch (change.what) {
    case 'renamed':
      return followName({ binding, name: change.name, at });
    case 'botAdded':
      return markFound({ binding, at });
    case 'gone':
      return endAndTell(binding, change, () => ended(binding, at));
    case 'botRemoved':
      return endAndTell(binding, change, () => markLost({ binding, at }));
  }
}

async function ended(binding: Binding, at: Date): Promise<boolean> {
  return (await unbindChannel({ ...binding, by: 'system', at })) !== undefined;
}

/** What ends it and the telling stand or fall together. */
async function endAndTell(
  binding: Binding,
  { what, at }: ChannelChange,
  end: () => Promise<boolean>,
): Promise<boolean> {
  const { account, workspace: id, channelName, platform } = binding;
  const workspace = await getWorkspace(account, id);
  if (!workspace) return false;
  const about = { id, name: workspace.name, currency: workspace.currency };
  const card =
    what === 'gone'
      ? channelGoneCard({ about, channelName })
      : channelRemovedCard({ about, channelName, platform, binding: binding.id });
  const people = await peopleWhoChoose(account, id, 'alerts');
  return inTransaction(async () => {
    if (!(await end())) return false;
    await enqueue(
      people.map((to) => ({
        id: `channel-${what}:${binding.id}:${at.getTime()}:${recipientKey(to)}`,
        account,
        workspace: id,
        to,
        card,
      })),
    );
    return true;
  });
}

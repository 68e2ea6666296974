import { lostChannelCard } from '../../cards/channels/lost-channel-card.js';
import { plainText } from '../../cards/plain-text.js';
import type { DeliveryOutcome } from '../../chat/port.js';
import { inTransaction } from '../../mongo.js';
import { bindingsOf, unbindChannel } from '../../workspace/bindings.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { peopleWhoChoose } from '../audience.js';
import type { OutboxRow } from '../outbox/outbox-model.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

export type RejectedWhy = Extract<DeliveryOutcome, { kind: 'rejected' }>['why'];

/**
 * After a channel refused a workspace's notice: a channel that is gone is unbound, and those who can choose another
 * are told, once a month at most where the bot merely is not in it.
 */
export async function reportLostChannel(row: OutboxRow, why: RejectedWhy, at: Date): Promise<void> {
  if (why !== 'channelGone' && why !== 'botNotInChannel' && why !== 'botRemoved') return;
  const { account, workspace: id, to } = row;
  if (!('channel' in to) || id === undefined) return;
  const { platform, tenant, channel } = to.channel;
  const bound = (await bindingsOf(account, id)).find(
    (binding) => binding.platform === platform && binding.tenant === tenant && binding.channel === channel,
  );
  const workspace = await getWorkspace(account, id);
  if (!bound || !workspace) return;
  const gone = why === 'channelGone';
  const card = lostChannelCard({
    about: { id, name: workspace.name, currency: workspace.currency },
    channelName: bound.channelName,
    gone,
    undelivered: plainText(row.card).split('\n')[0] ?? row.card.name,
  });
  const month = at.toISOString().slice(0, 7);
  const people = await peopleWhoChoose(account, id, 'alerts');
  await inTransaction(async () => {
    if (gone) await unbindChannel({ account, workspace: id, platform, tenant, channel, by: 'system', at });
    await enqueue(
      people.map((person) => ({
        id: `channel-lost:${id}:${row.lane}:${month}:${recipientKey(person)}`,
        account,
        workspace: id,
        to: person,
        card,
      })),
    );
  });
}

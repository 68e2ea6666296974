import type { OnChannelChange } from '../channel-change.js';
import { type Inbound, kindOf, withoutThread } from './activity.js';
import { channelsOfTeam, forget, keepReference, referenceOf, renameReference } from './references.js';

/** What Teams' `eventType` means for the channels that it concerns. */
const OF_ONE_CHANNEL: Readonly<Record<string, 'renamed' | 'gone'>> = {
  channelRenamed: 'renamed',
  channelDeleted: 'gone',
};
/** Nothing can be posted to an archived team. */
const OF_ALL_CHANNELS = ['teamArchived', 'teamDeleted', 'teamHardDeleted'];

/** A channel was renamed or deleted, or a team archived or deleted. Nothing where the update is about something else. */
export async function followChannel(
  { channelData }: Inbound,
  tenant: string,
  at: Date,
  onChange: OnChannelChange,
): Promise<void> {
  const event = channelData?.eventType;
  if (!event) return;
  const what = OF_ONE_CHANNEL[event];
  const { channel, team } = channelData;
  if (what && channel) {
    const where = { platform: 'teams', tenant, channel: channel.id, at } as const;
    if (what === 'gone') {
      await onChange({ ...where, what });
      await forget(tenant, channel.id);
    } else if (channel.name) {
      await renameReference(tenant, channel.id, channel.name);
      await onChange({ ...where, what, name: channel.name });
    }
  }
  if (team && OF_ALL_CHANNELS.includes(event)) {
    for (const id of await channelsOfTeam(tenant, team.id)) {
      await onChange({ platform: 'teams', tenant, channel: id, at, what: 'gone' });
    }
  }
}

/** The app was taken out: of a team it is gone from every channel of it. */
export async function leave(activity: Inbound, tenant: string, at: Date, onChange: OnChannelChange): Promise<void> {
  for (const channel of await conversationsLeft(activity, tenant)) {
    await onChange({ platform: 'teams', tenant, channel, at, what: 'botRemoved' });
    await forget(tenant, channel);
  }
}

async function conversationsLeft(activity: Inbound, tenant: string): Promise<readonly string[]> {
  const here = withoutThread(activity.conversation.id);
  const team = activity.channelData?.team;
  if (!team) return [here];
  return [...new Set([here, ...(await channelsOfTeam(tenant, team.id))])];
}

/** The app is in the conversation, and can post there. */
export async function arrive(activity: Inbound, tenant: string, at: Date, onChange: OnChannelChange): Promise<void> {
  const reference = referenceOf(activity, tenant);
  await keepReference(reference, at);
  if (kindOf(activity) === 'direct') return;
  await onChange({ platform: 'teams', tenant, channel: reference.conversation, at, what: 'botAdded' });
}

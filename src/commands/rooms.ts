import type { Channel } from '../channels/channel.js';
import { channelsOf, managersOf, placeIn } from '../channels/channel-members.js';
import { channelsNamed, channelsSeen, getChannel, type Looking } from '../channels/channels.js';
import { refuse } from '../refusal.js';
import type { Membership } from '../workspace/entities.js';
import { verdict } from '../workspace/permissions.js';
import { nearest } from './near.js';

const MOST_COMPARED = 200;

/** Somebody who looks at the workspace's own channels. */
export interface Looker {
  account: { id: string };
  workspace: { id: string };
  membership: Membership;
}

/** Whether the role manages every channel: their people and their names, never what is in the private ones. */
export function managesAll({ membership }: Pick<Looker, 'membership'>): boolean {
  const said = verdict('manageChannels', membership.role, { own: false });
  return said.answer === 'yes';
}

/** What they see of the workspace's channels. */
export async function lookingOf(looker: Looker): Promise<Looking> {
  const inside = await channelsOf(looker.membership);
  return { account: looker.account.id, workspace: looker.workspace.id, inside, all: managesAll(looker) };
}

/**
 * The channel that an id or a name means, among those that they see; one that is archived only where no other has the name.
 * @throws Refusal unknownChannel, privateChannel
 */
export async function roomMeant(looker: Looker, typed: string): Promise<Channel> {
  if (/^ch_[0-9a-z]+$/.test(typed)) return roomById(looker, typed);
  const looking = await lookingOf(looker);
  const name = typed.replace(/^#/, '');
  for (const archived of [false, true]) {
    const [found] = await channelsNamed({ ...looking, archived, name });
    if (found) return found;
  }
  const { channels } = await channelsSeen({ ...looking, offset: 0, limit: MOST_COMPARED });
  const names = nearest(
    name,
    channels.map((channel) => channel.name),
  );
  return refuse({ kind: 'unknownChannel', typed, nearest: names });
}

async function roomById(looker: Looker, id: string): Promise<Channel> {
  const channel = await getChannel({ account: looker.account.id, workspace: looker.workspace.id, channel: id });
  if (!channel) return refuse({ kind: 'unknownChannel', typed: '', nearest: [] });
  if (!managesAll(looker)) await assertReads(looker, channel);
  return channel;
}

/** Whether they read it: a public one always, a private one only as one of its people. */
export async function readsRoom({ membership }: Pick<Looker, 'membership'>, channel: Channel): Promise<boolean> {
  return channel.kind === 'public' || (await placeIn(channel.id, membership)) !== undefined;
}

/** @throws Refusal privateChannel, which names who could add them */
export async function assertReads(looker: Looker, channel: Channel): Promise<void> {
  if (await readsRoom(looker, channel)) return;
  const managers = await managersOf({ account: channel.account, workspace: channel.workspace, channel: channel.id });
  refuse({ kind: 'privateChannel', managers });
}

/** Whether they manage it: by their role, or as its manager. */
export async function managesRoom(looker: Looker, channel: Channel): Promise<boolean> {
  return managesAll(looker) || (await placeIn(channel.id, looker.membership))?.manager === true;
}

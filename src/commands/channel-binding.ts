import type { Channel } from '../channels/channel.js';
import { getChannel } from '../channels/channels.js';
import type { Form } from '../cards/card.js';
import {
  channelBoundCard,
  channelSettingsCard,
  channelUnboundCard,
  channelUnboundElsewhereCard,
  roomForm,
} from '../cards/channels/channel-cards.js';
import { channelBoundElsewhereCard } from '../cards/channels/choose-channel.js';
import type { Answer } from '../chat/invocation.js';
import { DeliveryFailure } from '../chat/port.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { refuse } from '../refusal.js';
import {
  bindChannel,
  bindingById,
  bindingsOf,
  type ChatChannel,
  markLost,
  unbindChannel,
} from '../workspace/bindings.js';
import { type Binding, type Purpose, PURPOSES } from '../workspace/entities.js';
import { linesOf } from './binding-lines.js';
import type { ChannelArgs } from './channel-args.js';
import { list } from './channel-views.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { OFFERED, roomsToPick } from './picked-from.js';
import { assertReads, roomMeant } from './rooms.js';

type Named = ChatChannel & { channelName: string };

/** What one chat channel gets, with buttons that change it; where none is meant, all of them. */
export async function settings(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  const binding = await bindingOf(context, args);
  if (!binding) return list(context);
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  const [line] = await linesOf([binding]);
  return { kind: 'private', card: channelSettingsCard({ about, binding: line! }), replace: true };
}

/** Asks which of the workspace's own channels a chat channel gets the meetings of. */
export async function roomOfBinding(context: InWorkspace, binding: Binding | undefined): Promise<Form | undefined> {
  if (!binding) return undefined;
  const channels = await roomsToPick(context, OFFERED);
  if (channels.length === 0) return undefined;
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  const [line] = await linesOf([binding]);
  return roomForm({ about, binding: line!, rooms: channels });
}

/** The binding that a button names, or that of the chat channel that is meant. */
export async function bindingOf(context: InWorkspace, args: ChannelArgs): Promise<Binding | undefined> {
  const { account, workspace } = context;
  if (args.binding) return bindingById(account.id, workspace.id, args.binding);
  return boundAs(context, await chatChannelMeant(context, args));
}

async function boundAs({ account, workspace }: InWorkspace, at: ChatChannel): Promise<Binding | undefined> {
  const bindings = await bindingsOf(account.id, workspace.id);
  return bindings.find(
    ({ platform, tenant, channel }) => platform === at.platform && tenant === at.tenant && channel === at.channel,
  );
}

/** The chat channel that is named, or where it is typed. */
async function chatChannelMeant({ invocation, services }: InWorkspace, args: ChannelArgs): Promise<Named> {
  const { platform, tenant, kind, channel: here, channelName } = invocation.place;
  if (args.channel) {
    const called = args.channelName || (await services.chats[platform]?.channelName?.(tenant, args.channel));
    return { platform, tenant, channel: args.channel, channelName: called || 'that channel' };
  }
  if (kind === 'channel') return { platform, tenant, channel: here, channelName: channelName ?? 'this channel' };
  return refuse({ kind: 'notHere', what: 'A channel for notices', where: 'in the channel that should have them' });
}

/** Binds a chat channel, or changes what a bound one gets. */
export async function changeBinding(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  const before = await bindingOf(context, args);
  if (args.binding && !before) return list(context);
  const room = args.room ? await roomMeant(context, args.room) : undefined;
  if (room) await assertReads(context, room);
  if (room?.archivedAt) return refuse({ kind: 'channelArchived', channel: room.id, name: room.name });
  const { platform, tenant, channel, channelName } = before ?? (await chatChannelMeant(context, args));
  const kept = room?.id ?? before?.room;
  const purposes = purposesOf(args, before);
  const wanted = { platform, tenant, channel, channelName, purposes, ...(kept !== undefined && { room: kept }) };
  const answer = await bind(context, before, wanted);
  if (args.binding) return settings(context, args);
  return channel === context.invocation.place.channel ? answer : boundElsewhere(context, { channelName, purposes });
}

/** The channel itself is told openly; whoever is elsewhere hears of it too. */
async function boundElsewhere(
  { services, workspace }: InWorkspace,
  to: { channelName: string; purposes: readonly Purpose[] },
): Promise<Answer> {
  return {
    kind: 'private',
    card: channelBoundElsewhereCard({ about: await aboutWorkspace(services.ledger, workspace), ...to }),
  };
}

/** What it gets from now on: a channel that is bound once more loses nothing of what it had. */
function purposesOf({ what, gets, room, binding }: ChannelArgs, before: Binding | undefined): readonly Purpose[] {
  const [only] = PURPOSES.filter((purpose) => purpose === what);
  if (only) return [only];
  if (what === 'gets') {
    const wanted = (gets ?? '').split(' ');
    return PURPOSES.filter((purpose) => wanted.includes(purpose));
  }
  const had = before?.purposes ?? [];
  if (room) return inOrder([...had, 'meetings']);
  return before && (binding || before.lostAt) ? had : inOrder([...had, 'alerts', 'approvals']);
}

const inOrder = (purposes: readonly Purpose[]) => PURPOSES.filter((purpose) => purposes.includes(purpose));

type Wanted = Named & { purposes: readonly Purpose[]; room?: string };

/** Binds, then says so openly there; where the bot cannot post there, nothing is bound, and the person learns how to mend it. */
async function bind(context: InWorkspace, before: Binding | undefined, wanted: Wanted): Promise<Answer> {
  const { account, actor, at, key, services, workspace } = context;
  const { platform, tenant, channel, channelName, purposes, room } = wanted;
  if (purposes.length === 0)
    return refuse({ kind: 'badArgument', argument: 'gets', typed: '', expected: PURPOSES.join(', ') });
  const to = { platform, tenant, channel, channelName };
  const by = { account: account.id, workspace: workspace.id, by: actor.id, at };
  await bindChannel({ ...to, ...by, purposes, ...(room && { room }) });
  const chat = services.chats[platform];
  if (!chat) throw new Error(`${platform} is not connected`);
  try {
    const card = channelBoundCard({
      about: await aboutWorkspace(services.ledger, workspace),
      purposes,
      ...(room && { room: openName(await getChannel({ ...by, channel: room })) }),
      by: actor.name,
    });
    await chat.post({ kind: 'channel', platform, tenant, channel }, card, `bound:${workspace.id}:${key}`);
  } catch (error) {
    if (!(error instanceof DeliveryFailure) || error.outcome.kind === 'unknown') throw error;
    if (before) await putBack(before, by);
    else await unbindChannel({ ...to, ...by });
    if (error.outcome.kind !== 'rejected') throw error;
    return refuse({ kind: 'botNotInChannel', channelName, platform });
  }
  return { kind: 'done' };
}

/** What it was before, also that the bot was known not to be in it. */
async function putBack(
  before: Binding,
  by: Omit<Parameters<typeof bindChannel>[0], keyof Named | 'purposes' | 'room'>,
) {
  const { platform, tenant, channel, channelName, purposes, room, lostAt } = before;
  const to = { platform, tenant, channel, channelName };
  const binding = await bindChannel({ ...to, ...by, purposes, ...(room && { room }) });
  if (lostAt) await markLost({ binding, at: lostAt });
}

/** A private channel's name is not for everybody in a chat channel. */
function openName(room: Channel | undefined): string {
  return room?.kind === 'public' ? room.name : 'a private channel';
}

export async function unbind(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  const { account, actor, at, invocation, key, services, workspace } = context;
  const from = await bindingOf(context, args);
  if (!from) return list(context);
  const where = { account: account.id, workspace: workspace.id };
  const about = await aboutWorkspace(services.ledger, workspace);
  const card = channelUnboundCard({ about, by: actor.name });
  const { platform, tenant, channel: id } = from;
  const here = invocation.place.channel === id && invocation.place.platform === platform;
  const ended = await inTransaction(async () => {
    const unbound = await unbindChannel({ ...from, ...where, by: actor.id, at });
    const to = { channel: { platform, tenant, channel: id } };
    if (unbound && !here) await enqueue([{ id: `unbound:${workspace.id}:${key}`, ...where, to, card }]);
    return unbound;
  });
  if (!ended) return list(context);
  if (here) return { kind: 'open', card };
  return { kind: 'private', card: channelUnboundElsewhereCard({ about, channelName: ended.channelName }) };
}

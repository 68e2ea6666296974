import type { Channel } from '../channels/channel.js';
import { archiveChannel, createChannel, renameChannel, restoreChannel } from '../channels/channels.js';
import { roomArchived, roomCreated, roomRenamed, roomRestored } from '../cards/channels/channel-said.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { ChannelArgs } from './channel-args.js';
import { answered, shown, withRoom } from './channel-views.js';
import type { InWorkspace } from './command.js';

export function open(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, (room) => shown(context, room));
}

/** Whoever creates a channel manages it. */
export async function create(context: InWorkspace, { name, kind = 'public' }: ChannelArgs): Promise<Answer> {
  const { account, actor, approvedBy, at, workspace } = context;
  if (!name) throw new Error('the form asks for the name');
  const room = await createChannel({
    account: account.id,
    workspace: workspace.id,
    name,
    kind,
    by: actor.id,
    ...(approvedBy && { approvedBy: approvedBy.id }),
    at,
  });
  return shown(context, room, roomCreated(room.name, kind, workspace.name));
}

export function rename(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    if (!args.name) return refuse({ kind: 'badArgument', argument: 'name', typed: '', expected: 'the new name' });
    const { before, after } = await renameChannel({ ...changing(context, room), name: args.name });
    return answered(context, after, roomRenamed(before, after.name));
  });
}

export function archive(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const archived = await archiveChannel(changing(context, room));
    return answered(context, archived, roomArchived(room.name));
  });
}

export function restore(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const restored = await restoreChannel(changing(context, room));
    return answered(context, restored, roomRestored(room.name));
  });
}

function changing({ account, actor, at, workspace }: InWorkspace, room: Channel) {
  return { account: account.id, workspace: workspace.id, channel: room.id, by: actor.id, at };
}

import type { Channel } from '../channels/channel.js';
import { addToChannel, placeIn, removeFromChannel, setManager } from '../channels/channel-members.js';
import { roomLeftCard } from '../cards/channels/channel-cards.js';
import {
  managerEnded,
  managerMade,
  peopleAdded,
  personNotIn,
  personRemoved,
  roomJoined,
} from '../cards/channels/channel-said.js';
import { addedToRoomCard } from '../cards/channels/room-cards.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { refuse } from '../refusal.js';
import type { Membership } from '../workspace/entities.js';
import type { ChannelArgs } from './channel-args.js';
import { answered, peopleShown, shown, withRoom } from './channel-views.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { type Member, membersMeant } from './members-meant.js';

export function people(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, (room) => peopleShown(context, room, { offset: args.offset ?? 0 }));
}

/** Everybody who is named, or nobody: they are told privately. */
export function addPeople(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const members = await membersMeant(context, args);
    const added = await inTransaction(async () => {
      const fresh: Member[] = [];
      for (const member of members) {
        if (await addToChannel(change(context, room, member.membership))) fresh.push(member);
      }
      await tellAdded(context, room, fresh);
      return fresh;
    });
    const fresh = added.length > 0;
    const names = (fresh ? added : members).map(({ person }) => person.name);
    return peopleShown(context, room, { said: peopleAdded(names, room.name, fresh) });
  });
}

async function tellAdded(context: InWorkspace, room: Channel, added: readonly Member[]): Promise<void> {
  const { account, actor, key, services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  const card = addedToRoomCard({ about, room: room.id, name: room.name, by: actor.name });
  await enqueue(
    added
      .filter(({ person }) => person.id !== actor.id)
      .map(({ person }) => ({
        id: `added:${room.id}:${person.id}:${key}`,
        account: account.id,
        workspace: workspace.id,
        to: { person: person.id },
        sender: actor.id,
        card,
      })),
  );
}

export function removePerson(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const [member] = await membersMeant(context, args);
    if (!member) return peopleShown(context, room);
    const gone = await removeFromChannel(change(context, room, member.membership));
    const { name } = member.person;
    return answered(context, room, (gone ? personRemoved : personNotIn)(name, room.name));
  });
}

export function setManagerOf(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const [member] = await membersMeant(context, args);
    if (!member) return peopleShown(context, room);
    const { name } = member.person;
    const manager = args.off !== true;
    await setManager({ ...change(context, room, member.membership), manager, name });
    return peopleShown(context, room, { said: (manager ? managerMade : managerEnded)(name, room.name) });
  });
}

export function join(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    await addToChannel(change(context, room, context.membership));
    return shown(context, room, roomJoined(room.name));
  });
}

/** Leaving a private channel ends that one reads it; coming back takes somebody who adds one. */
export function leave(context: InWorkspace, args: ChannelArgs): Promise<Answer> {
  return withRoom(context, args, async (room) => {
    const place = await placeIn(room.id, context.membership);
    if (!place) return refuse({ kind: 'notInChannel', name: context.actor.name, channelName: room.name });
    await removeFromChannel(change(context, room, context.membership));
    const about = await aboutWorkspace(context.services.ledger, context.workspace);
    return { kind: 'private', card: roomLeftCard({ about, room: room.name }), replace: true };
  });
}

function change({ account, actor, at, workspace }: InWorkspace, channel: Channel, member: Membership) {
  return { account: account.id, workspace: workspace.id, channel, member, by: actor.id, at };
}

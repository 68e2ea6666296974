import type { Form } from '../cards/card.js';
import { addToRoomForm, createRoomForm, findRoomForm, renameRoomForm } from '../cards/channels/room-forms.js';
import { channelAsked } from '../cards/requests/asked-work-words.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import type { Facts } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import { type ChannelArgs, channelArgs, readChannel } from './channel-args.js';
import { changeAlertsFrom } from './channel-alerts.js';
import { chooseChatChannel } from './channel-choosing.js';
import { bindingOf, changeBinding, roomOfBinding, settings, unbind } from './channel-binding.js';
import { addPeople, join, leave, people, removePerson, setManagerOf } from './channel-people.js';
import { archive, create, open, rename, restore } from './channel-rooms.js';
import { list } from './channel-views.js';
import { type InWorkspace, type Whose, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { roomChoices } from './picked-from.js';
import { assertReads, managesAll, managesRoom, roomMeant } from './rooms.js';

/** The workspace's own channels, and the chat channels that get its notices. */
export const channel = workspaceCommand({
  args: channelArgs,
  read: readChannel,
  form: formOf,
  choices: roomChoices,
  asks: async (_about, args) => channelAsked(args.name ?? '', { isPrivate: args.kind === 'private' }),
  facts: factsOf,
  run(context, args) {
    switch (args.what) {
      case 'list':
      case 'find':
      case 'choose':
        return list(context, args);
      case 'create':
        return create(context, args);
      case 'open':
        return open(context, args);
      case 'rename':
        return rename(context, args);
      case 'archive':
        return archive(context, args);
      case 'restore':
        return restore(context, args);
      case 'people':
        return people(context, args);
      case 'add':
        return addPeople(context, args);
      case 'remove':
        return removePerson(context, args);
      case 'manager':
        return setManagerOf(context, args);
      case 'join':
        return join(context, args);
      case 'leave':
        return leave(context, args);
      case 'settings':
      case 'room':
        return settings(context, args);
      case 'unbind':
        return unbind(context, args);
      case 'alertsFrom':
        return changeAlertsFrom(context, args);
      case 'bind':
      case 'gets':
      case 'alerts':
      case 'approvals':
      case 'payments':
      case 'summaries':
      case 'meetings':
        return changeBinding(context, args);
    }
  },
});

/** What the matrix must know of the channel that is meant. */
async function factsOf({ account, workspace, person }: Whose, args: ChannelArgs): Promise<Facts> {
  if (args.what === 'create' && workspace) {
    const policies = await policiesInForce(account, workspace.id);
    return { membersMayCreateChannels: policies.whoMayCreateChannels === 'members' };
  }
  const held = workspace && (await membershipOf(account.id, workspace.id, person));
  if (!args.room || !workspace || !held) return {};
  const looker = { account, workspace, membership: held };
  const room = await roomMeant(looker, args.room);
  const manages = await managesRoom(looker, room);
  if (args.what === 'open' || (args.what === 'people' && !managesAll(looker))) await assertReads(looker, room);
  return { own: manages, invited: true };
}

/** Asks for what is missing. */
async function formOf(context: InWorkspace, args: ChannelArgs): Promise<Form | undefined> {
  const { services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  if (args.what === 'create' && !args.name) {
    return createRoomForm({ about, ...(args.kind && { kind: args.kind }) });
  }
  if (args.what === 'find') return findRoomForm(about);
  if (args.what === 'choose') return chooseChatChannel(context);
  if (args.what === 'room') return roomOfBinding(context, await bindingOf(context, args));
  if (!args.room) return undefined;
  if (args.what === 'rename' && !args.name) {
    const { id: room, name } = await roomMeant(context, args.room);
    return renameRoomForm({ about, room, name });
  }
  if (args.what === 'add' && !args.person && !args.people?.length) {
    const { id: room, name } = await roomMeant(context, args.room);
    return addToRoomForm({ about, room, name });
  }
  return undefined;
}

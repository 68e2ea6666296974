import { isThing, word } from './json.js';
import { blocksOf, faultsOf, viewFaults } from './block-kit.js';
import type { Block, FakeUser, Json, Shown, World } from './world.js';

type Args = { [key: string]: Json };
type Answer = { ok: boolean; [key: string]: Json };
type Method = (world: World, args: Args) => Answer;

const TRIGGER_LIFE_MS = 3_000;

const no = (error: string, more: Args = {}): Answer => ({ ok: false, error, ...more });
const yes = (more: Args = {}): Answer => ({ ok: true, ...more });

/** Slack's Web API, as far as we use it. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (world) =>
    yes({ team: 'Acme', team_id: world.team, user_id: world.bot, bot_id: 'B0BOT', url: 'https://acme.slack.com/' }),
  'chat.postMessage': (world, args) => {
    const place = conversation(world, text(args, 'channel'));
    if (typeof place === 'string') return no(place);
    const bad = messageFaults(args);
    if (bad) return bad;
    if (world.paced && world.now() - (world.lastPost.get(place.channel) ?? 0) < 1_000) return no('ratelimited');
    world.lastPost.set(place.channel, world.now());
    const shown = world.show({ ...place, ts: world.ts(), ...body(args), ...thread(args) });
    return yes({ channel: shown.channel, ts: shown.ts });
  },
  'chat.postEphemeral': (world, args) => {
    const place = conversation(world, text(args, 'channel'));
    if (typeof place === 'string') return no(place);
    const bad = messageFaults(args);
    if (bad) return bad;
    const shown = world.show({
      kind: 'ephemeral',
      channel: place.channel,
      to: text(args, 'user'),
      ts: world.ts(),
      ...body(args),
      ...thread(args),
    });
    return yes({ message_ts: shown.ts });
  },
  'chat.update': (world, args) => {
    const found = world.shown.find(
      (one) => one.channel === args['channel'] && one.ts === args['ts'] && one.kind !== 'ephemeral',
    );
    if (!found) return no('message_not_found');
    const bad = messageFaults(args);
    if (bad) return bad;
    const { text: words, blocks } = body(args);
    world.edit(found, { text: words, blocks });
    return yes({ channel: found.channel, ts: found.ts });
  },
  'views.open': (world, args) => {
    const trigger = world.triggers.get(text(args, 'trigger_id'));
    if (!trigger) return no('invalid_trigger_id');
    if (trigger.used) return no('exchanged_trigger_id');
    if (world.now() - trigger.at > TRIGGER_LIFE_MS) return no('expired_trigger_id');
    trigger.used = true;
    const bad = badView(args);
    if (bad) return bad;
    for (const open of world.shown.filter((one) => one.kind === 'modal' && one.to === trigger.user)) world.remove(open);
    return yes({ view: { id: showView(world, 'modal', trigger.user, args['view'] ?? {}).ts } });
  },
  'views.update': (world, args) => {
    const open = world.shown.find((one) => one.kind === 'modal' && one.ts === args['view_id']);
    if (!open) return no('not_found');
    const bad = badView(args);
    if (bad) return bad;
    const view = isThing(args['view']) ? args['view'] : {};
    world.edit(open, { view, blocks: blocksOf(view['blocks']), text: title(view) });
    return yes({ view: { id: open.ts } });
  },
  'views.publish': (world, args) => {
    const user = text(args, 'user_id');
    if (!world.users.has(user)) return no('user_not_found');
    const bad = badView(args);
    if (bad) return bad;
    const home = world.shown.find((one) => one.kind === 'home' && one.to === user);
    const view = isThing(args['view']) ? args['view'] : {};
    if (home) world.edit(home, { view, blocks: blocksOf(view['blocks']) });
    else showView(world, 'home', user, view);
    return yes({ view: { id: `VHOME${user}` } });
  },
  'conversations.info': (world, args) => {
    const channel = world.channels.get(text(args, 'channel'));
    if (!channel || (channel.private && !channel.bot)) return no('channel_not_found');
    return yes({
      channel: {
        id: channel.id,
        name: channel.name,
        is_member: channel.bot ?? false,
        is_archived: channel.archived ?? false,
      },
    });
  },
  'conversations.history': (world, args) => {
    const id = text(args, 'channel');
    const direct = [...world.users.values()].some((one) => world.directOf(one.id) === id);
    if (!direct && !world.channels.has(id)) return no('channel_not_found');
    // What is said to the bot itself is among the scopes that it always asks for.
    if (!direct && !world.granted.has('channels:history')) return no('missing_scope', { needed: 'channels:history' });
    const limit = Number(args['limit'] ?? 100);
    const said = world.shown
      .filter((one) => one.kind === (direct ? 'direct' : 'message') && one.channel === id && one.thread === undefined)
      .filter((one) => Number(one.ts) >= Number(args['oldest'] ?? 0))
      .toReversed();
    const withMetadata = args['include_all_metadata'] === 'true' || args['include_all_metadata'] === true;
    const messages = said.slice(0, limit).map(({ ts, text: words, metadata }) => ({
      ...{ type: 'message', ts, text: words },
      ...(withMetadata && metadata !== undefined && { metadata }),
    }));
    return yes({ messages, has_more: said.length > limit });
  },
  'conversations.open': (world, args) => {
    if (!world.granted.has('im:write')) return no('missing_scope', { needed: 'im:write' });
    const user = text(args, 'users');
    return world.users.has(user) ? yes({ channel: { id: world.directOf(user) } }) : no('user_not_found');
  },
  'users.info': (world, args) => {
    const user = world.users.get(text(args, 'user'));
    return user ? yes({ user: userObject(world, user) }) : no('user_not_found');
  },
  'files.info': (world, args) => {
    const file = world.files.get(text(args, 'file'));
    if (!file) return no('file_not_found');
    const { id, name, content, size = content.byteLength, elsewhere } = file;
    return yes({ file: { id, name, size, url_private_download: elsewhere ?? `${world.address}/files/${id}` } });
  },
  'users.lookupByEmail': (world, args) => {
    const user = [...world.users.values()].find((one) => one.email === args['email'] && !one.deleted);
    return user ? yes({ user: userObject(world, user) }) : no('users_not_found');
  },
  'usergroups.list': (world) =>
    yes({ usergroups: world.groups.map(({ id, handle }) => ({ id, handle, name: handle, is_usergroup: true })) }),
  'usergroups.users.list': (world, args) => {
    const group = world.groups.find(({ id }) => id === args['usergroup']);
    return group ? yes({ users: [...group.users] }) : no('no_such_subteam');
  },
  'users.list': (world) => yes({ members: [...world.users.values()].map((user) => userObject(world, user)) }),
};

/** Where a message lands, or why it cannot. */
export function conversation(world: World, id: string): Pick<Shown, 'kind' | 'channel' | 'to'> | string {
  const user = world.users.get(id) ?? [...world.users.values()].find((one) => world.directOf(one.id) === id);
  if (user?.deleted) return 'user_disabled';
  if (user) return { kind: 'direct', channel: world.directOf(user.id), to: user.id };
  const channel = world.channels.get(id);
  if (!channel || (channel.private && !channel.bot)) return 'channel_not_found';
  if (channel.archived) return 'is_archived';
  return channel.bot ? { kind: 'message', channel: id } : 'not_in_channel';
}

/** Why Slack would not take a message, or undefined. */
export function messageFaults(args: Args): Answer | undefined {
  const blocks = blocksOf(args['blocks']);
  if (blocks.length === 0 && !args['text']) return no('no_text');
  if (word(args['text']).length > 4_000) return no('msg_too_long');
  if (JSON.stringify(blocks).length > 13_200) return no('msg_blocks_too_long');
  const faults = faultsOf(blocks, 'message');
  return faults.length > 0
    ? no('invalid_blocks', { response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) } })
    : undefined;
}

export function body(args: Args): { text: string; blocks: Block[]; metadata?: Json } {
  return {
    text: word(args['text']),
    blocks: blocksOf(args['blocks']),
    ...(args['metadata'] === undefined ? {} : { metadata: args['metadata'] }),
  };
}

function badView(args: Args): Answer | undefined {
  const view = args['view'];
  if (!isThing(view)) return no('invalid_arguments');
  const faults = viewFaults(view);
  return faults.length > 0
    ? no('invalid_arguments', { response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) } })
    : undefined;
}

function showView(world: World, kind: 'modal' | 'home', user: string, view: Json): Shown {
  const of = isThing(view) ? view : {};
  const id = kind === 'home' ? `VHOME${user}` : world.id('V');
  return world.show({
    kind,
    channel: user,
    to: user,
    ts: id,
    text: title(of),
    blocks: blocksOf(of['blocks']),
    view: of,
  });
}

function title(view: Args): string {
  return isThing(view['title']) ? word(view['title']['text']) : '';
}

function thread(args: Args): { thread?: string } {
  return typeof args['thread_ts'] === 'string' ? { thread: args['thread_ts'] } : {};
}

function userObject(world: World, user: FakeUser): Args {
  return {
    id: user.id,
    team_id: user.team ?? world.team,
    name: user.name.toLowerCase(),
    real_name: user.name,
    deleted: user.deleted ?? false,
    is_bot: user.bot ?? false,
    is_restricted: user.guest ?? false,
    is_stranger: user.stranger ?? false,
    is_email_confirmed: true,
    tz: user.timeZone ?? 'Europe/London',
    ...(world.enterprise ? { enterprise_user: { enterprise_id: world.enterprise } } : {}),
    profile: { real_name: user.name, display_name: user.name, ...(user.email ? { email: user.email } : {}) },
  };
}

function text(args: Args, name: string): string {
  return word(args[name]);
}

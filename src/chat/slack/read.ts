import type { Call, FieldValues } from '../../cards/card.js';
import { joinSeveral } from '../../cards/several.js';
import { identityKey } from '../../workspace/identity.js';
import type { Invocation, Place, SharedFile } from '../invocation.js';
import { newReference } from '../../id.js';
import { readCall, readMetadata } from './metadata.js';
import { LIMITS } from './draw/limits.js';
import { isDirect, type SlackMoment } from './moment.js';
import type {
  ClickBody,
  CommandBody,
  HomeBody,
  MentionBody,
  ShortcutBody,
  SubmitBody,
  SuggestBody,
} from './payload.js';
import { placeOf } from './place-of.js';
import { readPieces, withoutMention } from './pieces.js';
import { ResponseUrl } from './response-url.js';
import { typedBy } from './shortcuts.js';

/** One delivery of Slack, read: what is asked, how it can be answered, and what tells it from its own repeats. */
export interface Reading {
  /** The idempotency key; absent where Slack gave no id, and the request's signature must do. */
  delivery: string | undefined;
  sender: Invocation['sender'];
  outsider?: NonNullable<Invocation['outsider']>;
  place: Place;
  ask: Invocation['ask'];
  moment: SlackMoment;
}

export function readCommand(body: CommandBody, at: Date): Reading {
  const who = readWho({ enterprise: body.enterprise_id, team: body.team_id, user: body.user_id });
  const response = body.response_url ? { response: ResponseUrl.of(body.response_url, at) } : {};
  return {
    ...who,
    delivery: body.trigger_id,
    place: placeOf(who.tenant, body.user_id, body.channel_id, body.channel_name),
    ask: { typed: readPieces(body.text, who.tenant) },
    moment: {
      tenant: who.tenant,
      user: body.user_id,
      channel: body.channel_id,
      ...trigger(body.trigger_id),
      ...response,
    },
  };
}

/** An @mention in a channel, or a direct message to the bot. */
export function readMention(body: MentionBody): Reading {
  const { event } = body;
  const who = readWho({ ...installedIn(body), user: event.user, userTeam: event.user_team });
  const pieces = readPieces(event.text, who.tenant);
  const bot = body.authorizations?.[0]?.user_id;
  return {
    ...who,
    delivery: body.event_id,
    place: placeOf(who.tenant, event.user, event.channel),
    ask: {
      typed: event.type === 'message' && !bot ? pieces : withoutMention(pieces, bot),
      ...fileOf(body, who.tenant),
    },
    moment: {
      tenant: who.tenant,
      user: event.user,
      channel: event.channel,
      ...(event.thread_ts ? { thread: event.thread_ts } : {}),
    },
  };
}

/** The first file that came with a direct message. */
function fileOf({ event }: MentionBody, tenant: string): { file?: SharedFile } {
  const [first] = event.type === 'message' ? (event.files ?? []) : [];
  return first ? { file: { platform: 'slack', tenant, id: first.id, name: first.name ?? 'The file' } } : {};
}

/** The Home tab was opened. */
export function readHome(body: HomeBody): Reading {
  const { user } = body.event;
  const who = readWho({ ...installedIn(body), user });
  return {
    ...who,
    delivery: body.event_id,
    place: placeOf(who.tenant, user, undefined),
    ask: { home: true },
    moment: { tenant: who.tenant, user, view: { kind: 'home', id: 'home' } },
  };
}

export function installedIn(body: Pick<MentionBody, 'authorizations' | 'team_id' | 'enterprise_id'>): {
  team: string;
  enterprise: string | null | undefined;
} {
  const installed = body.authorizations?.[0];
  return { team: installed?.team_id ?? body.team_id, enterprise: installed?.enterprise_id ?? body.enterprise_id };
}

export function readShortcut(body: ShortcutBody, at: Date): Reading {
  const who = readWho(peopleOf(body));
  const response = body.response_url ? { response: ResponseUrl.of(body.response_url, at) } : {};
  const channel = body.channel ? { channel: body.channel.id } : {};
  return {
    ...who,
    delivery: body.trigger_id,
    place: placeOf(who.tenant, body.user.id, body.channel?.id, body.channel?.name),
    ask: { typed: readPieces(typedBy(body.callback_id), who.tenant) },
    moment: {
      tenant: who.tenant,
      user: body.user.id,
      ...channel,
      ...(body.message?.thread_ts ? { thread: body.message.thread_ts } : {}),
      ...trigger(body.trigger_id),
      ...response,
      inModal: true,
    },
  };
}

/** Undefined where the button carries no call of ours (a link, or a card of an older shape). */
export function readClick(body: ClickBody, at: Date): Reading | undefined {
  const call = readCall(body.actions[0]?.value ?? '');
  if (!call) return undefined;
  const who = readWho(peopleOf(body));
  const remembered = readMetadata(body.view?.private_metadata ?? '').origin;
  const here = body.channel ? { channel: body.channel.id } : {};
  const response = body.response_url ? { response: ResponseUrl.of(body.response_url, at) } : {};
  const place = { ...remembered, ...here, ...response };
  const hidden = body.container?.is_ephemeral === true || body.message?.subtype === 'ephemeral';
  return {
    ...who,
    delivery: body.trigger_id,
    place: placeOf(who.tenant, body.user.id, place.channel, body.channel?.name),
    ask: { clicked: call },
    moment: {
      tenant: who.tenant,
      user: body.user.id,
      ...place,
      ...trigger(body.trigger_id),
      ...(body.message?.thread_ts ? { thread: body.message.thread_ts } : {}),
      clicked: hidden || (body.channel !== undefined && isDirect(body.channel.id)) ? 'private' : 'shared',
      ...(body.view ? { view: { kind: body.view.type, id: body.view.id } } : {}),
      ...(body.view?.type === 'home' ? { inModal: true as const, home: true as const } : {}),
    },
  };
}

/** Undefined where the modal is none of our forms. */
export function readSubmit(body: SubmitBody): (Reading & { call: Call }) | undefined {
  const { call, origin } = readMetadata(body.view.private_metadata ?? '');
  if (!call) return undefined;
  const people = peopleOf(body);
  const who = readWho({ ...people, team: body.view.app_installed_team_id ?? people.team });
  return {
    ...who,
    call,
    delivery: body.trigger_id ?? body.view.hash,
    place: placeOf(who.tenant, body.user.id, origin.channel),
    ask: { submitted: call, fields: readFields(body.view.state?.values ?? {}, who.tenant) },
    moment: {
      tenant: who.tenant,
      user: body.user.id,
      ...origin,
      ...trigger(body.trigger_id),
      view: { kind: 'modal', id: body.view.id },
    },
  };
}

/** Undefined where the picker is in none of our forms. */
export function readSuggestion(body: SuggestBody): Omit<Reading, 'delivery' | 'moment'> | undefined {
  const { call, origin } = readMetadata(body.view.private_metadata ?? '');
  if (!call) return undefined;
  const people = peopleOf(body);
  const { tenant, ...who } = readWho({ ...people, team: body.view.app_installed_team_id ?? people.team });
  const choose = {
    command: call.command,
    field: body.block_id,
    ...(call.workspace ? { workspace: call.workspace } : {}),
  };
  return {
    ...who,
    place: placeOf(tenant, body.user.id, origin.channel),
    ask: { choose, words: body.value.slice(0, 200), limit: LIMITS.options },
  };
}

/** What each reading becomes once it is known to be the first of its kind. */
export function invocationOf(
  reading: Pick<Reading, 'sender' | 'outsider' | 'place' | 'ask'>,
  delivery: string,
  at: Date,
): Invocation {
  const { sender, outsider, place, ask } = reading;
  return { reference: newReference(), delivery, at, sender, ...(outsider ? { outsider } : {}), place, ask };
}

function readFields(values: NonNullable<SubmitBody['view']['state']>['values'], tenant: string): FieldValues {
  const fields: Record<string, string> = {};
  const keyOf = (user: string) => identityKey({ platform: 'slack', tenant, user });
  for (const [name, elements] of Object.entries(values)) {
    for (const element of Object.values(elements)) {
      const { selected_user: user, selected_users: users, selected_options: ticked } = element;
      if (user) fields[name] = keyOf(user);
      else if (users) fields[name] = joinSeveral(users.map(keyOf));
      else if (ticked) fields[name] = joinSeveral(ticked.map(({ value }) => value));
      else fields[name] = element.selected_conversation ?? element.selected_option?.value ?? element.value ?? '';
    }
  }
  return fields;
}

function trigger(id: string | null | undefined): { triggerId?: string } {
  return id ? { triggerId: id } : {};
}

function peopleOf(body: Pick<ClickBody, 'enterprise' | 'team' | 'user'>): Parameters<typeof readWho>[0] {
  return {
    enterprise: body.enterprise?.id ?? body.team?.enterprise_id,
    team: body.team?.id ?? body.user.team_id ?? '',
    user: body.user.id,
    userTeam: body.user.team_id,
  };
}

/**
 * The tenant is the installing one; the sender may be of another team, as buttons are shared through Slack Connect.
 * Inside one enterprise a user id is the same person in every team, and only the profile tells a stranger.
 */
function readWho(of: {
  enterprise?: string | null | undefined;
  team: string;
  user: string;
  userTeam?: string | null | undefined;
}): Pick<Reading, 'sender' | 'outsider'> & { tenant: string } {
  const tenant = of.enterprise || of.team;
  const stranger = !of.enterprise && of.userTeam && of.userTeam !== of.team ? of.userTeam : undefined;
  return {
    tenant,
    sender: { platform: 'slack', tenant: stranger ?? tenant, user: of.user },
    ...(stranger ? { outsider: 'connect' as const } : {}),
  };
}

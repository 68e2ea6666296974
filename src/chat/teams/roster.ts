import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { Identity, Profile } from '../../workspace/identity.js';
import { DeliveryFailure, type KnownChannel } from '../port.js';
import type { BotAdapter } from './adapter.js';
import {
  type KnownUser,
  keepUser,
  knownUser,
  latestReferences,
  namedChannels,
  type Reference,
  referenceTo,
  userByEmail,
  userByName,
  userByTeamsId,
} from './references.js';

const PAGES = 5;
const CONVERSATIONS = 5;
/** As many as a form offers, of as many teams as can be asked while somebody waits. */
const CHANNELS = 100;
const ROSTERS = 10;

/** A member as Teams describes it: `aadObjectId` in one answer, `objectId` in another. */
const memberShape = z
  .object({
    id: z.string(),
    aadObjectId: z.string().optional(),
    objectId: z.string().optional(),
    name: z.string().nullish(),
    givenName: z.string().nullish(),
    surname: z.string().nullish(),
    email: z.string().nullish(),
    userPrincipalName: z.string().nullish(),
    tenantId: z.string().nullish(),
    userRole: z.string().nullish(),
  })
  .transform(({ aadObjectId, objectId, ...member }) => ({ ...member, user: aadObjectId ?? objectId }));

type Member = z.infer<typeof memberShape>;

/** Who is who in a tenant, from the rosters of the conversations that the bot is in. */
export interface Roster {
  profile(identity: Identity): Promise<Profile | undefined>;
  findByEmail(tenant: string, email: string): Promise<Identity | undefined>;
  /** Undefined also where two people have the name. */
  findByName(tenant: string, name: string): Promise<Identity | undefined>;
  /** The user as Teams calls them, met now if never before. */
  meet(identity: Identity): Promise<KnownUser | undefined>;
  /** Whether a conversation of theirs has both the user and the bot in it. */
  isIn(identity: Identity, conversation: string): Promise<boolean>;
  /** The channels that both the user and the bot are in, by name. */
  channelsOf(identity: Identity): Promise<KnownChannel[]>;
  /** The Entra object id behind Teams' own id of a user. */
  userOf(reference: Reference, teamsId: string): Promise<string | undefined>;
}

export function createRoster(adapter: BotAdapter): Roster {
  return {
    async profile(identity) {
      const member = await lookUp(adapter, identity);
      return member ? profileOf(member, identity) : undefined;
    },
    async findByEmail(tenant, email) {
      const find = () => userByEmail(tenant, email);
      return asIdentity((await find()) ?? (await readRosters(adapter, tenant).then(find)));
    },
    async findByName(tenant, name) {
      const find = () => userByName(tenant, name);
      return asIdentity((await find()) ?? (await readRosters(adapter, tenant).then(find)));
    },
    async meet(identity) {
      const find = () => knownUser(identity.tenant, identity.user);
      return (
        (await find()) ??
        (await lookUp(adapter, identity).then(find)) ??
        (await readRosters(adapter, identity.tenant).then(find))
      );
    },
    async isIn({ tenant, user }, conversation) {
      const [known, reference] = await Promise.all([knownUser(tenant, user), referenceTo(tenant, conversation)]);
      if (!known || !reference || reference.kind === 'direct') return false;
      return (await memberIn(adapter, reference, known.teamsId))?.user === user;
    },
    async channelsOf({ tenant, user }) {
      const known = await knownUser(tenant, user);
      if (!known) return [];
      const channels = await namedChannels(tenant, CHANNELS);
      const rosters = [...new Map(channels.map((channel) => [rosterOf(channel), channel])).values()].slice(0, ROSTERS);
      const inside = await Promise.all(
        rosters.map(async (one) => ((await memberIn(adapter, one, known.teamsId)) ? [rosterOf(one)] : [])),
      );
      const theirs = new Set(inside.flat());
      return channels
        .filter((channel) => theirs.has(rosterOf(channel)))
        .map(({ conversation, name }) => ({ channel: conversation, name }));
    },
    async userOf(reference, teamsId) {
      const find = () => userByTeamsId(reference.tenant, teamsId);
      const known = await find();
      if (known) return known.user;
      const member = await memberIn(adapter, reference, teamsId);
      if (!member) return (await readRosters(adapter, reference.tenant).then(find))?.user;
      await keep(member, reference);
      return member.user;
    },
  };
}

async function lookUp(adapter: BotAdapter, { tenant, user }: Identity): Promise<Member | undefined> {
  const known = await knownUser(tenant, user);
  const seen = known ? await referenceTo(tenant, known.conversation) : undefined;
  const others = await latestReferences(tenant, CONVERSATIONS);
  for (const reference of [...(seen ? [seen] : []), ...others.filter((other) => other.kind !== 'direct')]) {
    const member = await memberIn(adapter, reference, known?.teamsId ?? user);
    if (!member) continue;
    await keep(member, reference);
    return member;
  }
  return undefined;
}

async function memberIn(adapter: BotAdapter, reference: Reference, id: string): Promise<Member | undefined> {
  const { conversations } = await adapter.connector(reference.serviceUrl);
  const answer = await unlessRejected(conversations.getConversationMember(rosterOf(reference), id));
  return memberShape.safeParse(answer).data;
}

/** Undefined where Teams says no: nobody of that id, or a conversation that the bot is no longer in. */
async function unlessRejected<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeliveryFailure && error.outcome.kind === 'rejected') return undefined;
    throw error;
  }
}

async function readRosters(adapter: BotAdapter, tenant: string): Promise<void> {
  const rosters = new Map<string, Reference>();
  for (const reference of await latestReferences(tenant, CONVERSATIONS)) rosters.set(rosterOf(reference), reference);
  for (const reference of rosters.values()) {
    await unlessRejected(readRoster(await adapter.connector(reference.serviceUrl), reference));
  }
}

function asIdentity(known: KnownUser | undefined): Identity | undefined {
  return known && { platform: 'teams', tenant: known.tenant, user: known.user };
}

async function readRoster({ conversations }: ConnectorClient, reference: Reference): Promise<void> {
  const roster = rosterOf(reference);
  let answer = await conversations.getConversationPagedMembers(roster);
  for (let page = 1; ; page++) {
    for (const each of answer.members) {
      const member = memberShape.safeParse(each).data;
      if (member) await keep(member, reference);
    }
    const { continuationToken } = answer;
    if (!continuationToken || page === PAGES) return;
    answer = await conversations.getConversationPagedMembers(roster, { pageSize: 500, continuationToken });
  }
}

async function keep(member: Member, reference: Reference): Promise<void> {
  if (!member.user) return;
  await keepUser(
    {
      tenant: reference.tenant,
      user: member.user,
      teamsId: member.id,
      name: nameOf(member),
      email: member.email?.toLowerCase(),
      conversation: reference.conversation,
    },
    new Date(),
  );
}

function rosterOf(reference: Reference): string {
  return reference.kind === 'channel' && reference.team ? reference.team : reference.conversation;
}

function profileOf(member: Member, identity: Identity): Profile {
  const standing = standingOf(member, identity.tenant);
  return {
    name: nameOf(member) ?? member.email ?? 'Someone',
    ...(member.email ? { email: member.email.toLowerCase() } : {}),
    emailVerified: standing === 'full' && Boolean(member.email),
    standing,
  };
}

function standingOf(member: Member, tenant: string): Profile['standing'] {
  if (member.id.startsWith('28:')) return 'bot';
  if (member.tenantId && member.tenantId !== tenant) return 'connect';
  if (member.userRole === 'guest' || /#EXT#/i.test(member.userPrincipalName ?? '')) return 'guest';
  return 'full';
}

function nameOf(member: Member): string | undefined {
  return member.name ?? ([member.givenName, member.surname].filter(Boolean).join(' ') || undefined);
}

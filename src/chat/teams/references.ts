import mongoose from 'mongoose';
import { type Inbound, kindOf, withoutThread } from './activity.js';
import { TeamsConversation, TeamsUser } from './models.js';

/** A conversation that the bot may speak in. */
export interface Reference {
  tenant: string;
  conversation: string;
  kind: 'channel' | 'group' | 'direct';
  serviceUrl: string;
  botId: string;
  user?: string | null | undefined;
  team?: string | null | undefined;
  /** Of a channel or group, where Teams told it. */
  name?: string | null | undefined;
}

export interface KnownUser {
  tenant: string;
  user: string;
  teamsId: string;
  name?: string | null | undefined;
  email?: string | null | undefined;
  conversation: string;
}

/** The conversation that an activity was sent in. */
export function referenceOf(activity: Inbound, tenant: string): Reference {
  const kind = kindOf(activity);
  return {
    tenant,
    conversation: withoutThread(activity.conversation.id),
    kind,
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    ...(kind === 'direct' && activity.from.aadObjectId ? { user: activity.from.aadObjectId } : {}),
    ...(activity.channelData?.team ? { team: activity.channelData.team.id } : {}),
    ...nameOf(activity, kind),
  };
}

/** Teams tells no name of a team's first channel, which has the team's own id. */
function nameOf({ channelData, conversation }: Inbound, kind: Reference['kind']): { name?: string } {
  if (kind === 'direct') return {};
  const isFirst = channelData?.team?.id === withoutThread(conversation.id);
  const name = channelData?.channel?.name ?? conversation.name ?? (isFirst ? 'General' : undefined);
  return name ? { name } : {};
}

/** Keeps the conversation's address and the sender as the activity shows them; they may change at any time. */
export async function remember(activity: Inbound, tenant: string, at: Date): Promise<void> {
  const reference = referenceOf(activity, tenant);
  const { aadObjectId, id, name } = activity.from;
  await Promise.all([
    keepReference(reference, at),
    ...(aadObjectId
      ? [keepUser({ tenant, user: aadObjectId, teamsId: id, name, conversation: reference.conversation }, at)]
      : []),
  ]);
}

export async function keepReference(reference: Reference, at: Date): Promise<void> {
  const { tenant, conversation, ...rest } = reference;
  await TeamsConversation.updateOne(
    { tenant, conversation },
    { $set: { ...defined(rest), seenAt: at } },
    { upsert: true },
  );
}

export async function keepUser(known: KnownUser, at: Date): Promise<void> {
  const { tenant, user, ...rest } = known;
  await TeamsUser.updateOne({ tenant, user }, { $set: { ...defined(rest), seenAt: at } }, { upsert: true });
}

/** The bot was taken out of the conversation: nothing can be sent there. */
export async function forget(tenant: string, conversation: string): Promise<void> {
  await TeamsConversation.deleteOne({ tenant, conversation: withoutThread(conversation) });
}

/** The channels of a team that the bot knows; a team's own id is its General channel. */
export async function channelsOfTeam(tenant: string, team: string): Promise<string[]> {
  const known = await TeamsConversation.find({ tenant, team, kind: 'channel' }).lean();
  return [...new Set([team, ...known.map(({ conversation }) => conversation)])];
}

export async function referenceTo(tenant: string, conversation: string): Promise<Reference | undefined> {
  return (await TeamsConversation.findOne({ tenant, conversation: withoutThread(conversation) }).lean()) ?? undefined;
}

/** The tenant's channels whose names are known, by name. */
export async function namedChannels(tenant: string, limit: number): Promise<(Reference & { name: string })[]> {
  const known = await TeamsConversation.find({ tenant, kind: 'channel', name: mongoose.trusted({ $gt: '' }) })
    .sort({ name: 1 })
    .limit(limit)
    .lean();
  return known.flatMap((reference) => (reference.name ? [{ ...reference, name: reference.name }] : []));
}

export async function renameReference(tenant: string, conversation: string, name: string): Promise<void> {
  await TeamsConversation.updateOne({ tenant, conversation }, { $set: { name } });
}

export async function directReference(tenant: string, user: string): Promise<Reference | undefined> {
  return (await TeamsConversation.findOne({ tenant, user, kind: 'direct' }).lean()) ?? undefined;
}

/** The tenant's conversations, latest first: what still tells a usable address and a roster. */
export async function latestReferences(tenant: string, limit: number): Promise<Reference[]> {
  return TeamsConversation.find({ tenant }).sort({ seenAt: -1 }).limit(limit).lean();
}

export async function knownUser(tenant: string, user: string): Promise<KnownUser | undefined> {
  return (await TeamsUser.findOne({ tenant, user }).lean()) ?? undefined;
}

export async function userByTeamsId(tenant: string, teamsId: string): Promise<KnownUser | undefined> {
  return (await TeamsUser.findOne({ tenant, teamsId }).lean()) ?? undefined;
}

export async function userByEmail(tenant: string, email: string): Promise<KnownUser | undefined> {
  return (await TeamsUser.findOne({ tenant, email: email.toLowerCase() }).lean()) ?? undefined;
}

/** Undefined also where two people have the name. */
export async function userByName(tenant: string, name: string): Promise<KnownUser | undefined> {
  const found = await TeamsUser.find({ tenant, name }).collation({ locale: 'en', strength: 2 }).limit(2).lean();
  return found.length === 1 ? found[0] : undefined;
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

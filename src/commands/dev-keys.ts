import { keyChangeCard, keyMadeCard, keysCard, type KeyLine } from '../cards/dev/key-cards.js';
import { keyExpired, keyRevoked, keyRotatedAlready, keySecretLabel, WHICH_KEY } from '../cards/dev/key-said.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { revokeKey, ROTATION_OVERLAP_HOURS, rotateKey } from '../usage/change-keys.js';
import { assertKeyLife, keyEnd } from '../usage/key-age.js';
import { type ApiKey, createKey, keysOf } from '../usage/keys.js';
import type { Scope } from '../usage/scopes.js';
import type { Person, PersonId } from '../workspace/entities.js';
import { fold } from '../workspace/fold.js';
import { peopleByIds } from '../workspace/people.js';
import { policiesInForce } from '../workspace/policies.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { secretPage } from './secret-page.js';

const DAY_MS = 24 * 3_600_000;
const PAGE = 10;

/** A page of the keys in force, or of those with these words in their name, the oldest first. */
export async function listKeys(
  context: InWorkspace,
  how: { search?: string | undefined; offset?: number | undefined; said?: string } = {},
): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const { search, offset = 0, said } = how;
  const inForce = await keysInForce(context);
  const known = search ? inForce.filter(({ name }) => fold(name).includes(fold(search))) : inForce;
  const page = known.slice(offset, offset + PAGE);
  const [people, { keyMaxAgeDays }] = await Promise.all([
    peopleByIds(
      account.id,
      page.flatMap(({ createdBy, keptBy }) => [createdBy, keptBy]),
    ),
    policiesInForce(account, workspace.id),
  ]);
  const card = keysCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    keys: page.map((key) => lineOf(key, { people, end: keyEnd(key, keyMaxAgeDays), at })),
    ...(search && { search }),
    offset,
    pageSize: PAGE,
    total: known.length,
    ...(said && { said }),
  });
  return { kind: 'private', card, ...((said || how.offset !== undefined) && { replace: true }) };
}

async function keysInForce({ account, workspace }: InWorkspace): Promise<ApiKey[]> {
  return (await keysOf(account.id, workspace.id)).filter((key) => !key.revokedAt);
}

function lineOf(key: ApiKey, of: { people: ReadonlyMap<PersonId, Person>; end: Date | undefined; at: Date }): KeyLine {
  const { id, name, scopes, rotations, createdBy, keptBy, createdAt, lastUsedAt, formerUntil } = key;
  const { people, end, at } = of;
  const maker = people.get(createdBy)?.name;
  const keeper = keptBy === createdBy ? undefined : people.get(keptBy)?.name;
  return {
    ...{ id, name, scopes, rotations, createdAt: createdAt.toISOString(), over: end !== undefined && end <= at },
    ...(maker !== undefined && { createdBy: maker }),
    ...(keeper !== undefined && { keptBy: keeper }),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
    ...(end && { expiresAt: end.toISOString() }),
    ...(formerUntil && formerUntil > at && { formerUntil: formerUntil.toISOString() }),
  };
}

/** @throws Refusal policyForbids where it is to work for longer than the workspace's policy lets a key work */
export async function makeKey(
  context: InWorkspace,
  wanted: { name: string; scopes: readonly Scope[]; days: number },
): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const { days, name, scopes } = wanted;
  const { keyMaxAgeDays: maxAgeDays } = await policiesInForce(account, workspace.id);
  assertKeyLife({ days, maxAgeDays, workspaceName: workspace.name });
  const expiresAt = days > 0 ? new Date(at.getTime() + days * DAY_MS) : undefined;
  const { secretOnce } = await createKey({
    account: account.id,
    workspace: workspace.id,
    name,
    scopes,
    ...(expiresAt && { expiresAt }),
    by: actor.id,
    at,
    pepper: services.apiKeyPepper,
  });
  const end = keyEnd({ createdAt: at, ...(expiresAt && { expiresAt }) }, maxAgeDays);
  const card = keyMadeCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    name,
    scopes,
    url: await secretPage(context, keySecretLabel(name, workspace.name), secretOnce),
    ...(end && { expiresAt: end.toISOString() }),
  });
  return { kind: 'private', card };
}

interface Asked {
  key?: string | undefined;
  name?: string | undefined;
  rotations?: number | undefined;
  sure?: boolean | undefined;
}

/** Asks first: what uses the key is refused by it, or has a day to take the new secret. */
export async function changeKey(context: InWorkspace, what: 'rotate' | 'revoke', asked: Asked): Promise<Answer> {
  const { at, services, workspace } = context;
  const known = await keysInForce(context);
  const meant = known.filter((key) => key.id === asked.key || key.name.toLowerCase() === asked.name?.toLowerCase());
  const [key] = meant;
  if (!key || meant.length > 1) {
    return listKeys(context, { said: WHICH_KEY[what] });
  }
  if (what === 'rotate' && key.expiresAt && key.expiresAt <= at) {
    return listKeys(context, { said: keyExpired(key.name) });
  }
  if (!asked.sure) {
    const about = await aboutWorkspace(services.ledger, workspace);
    return { kind: 'private', card: keyChangeCard({ about, what, key, overlapHours: ROTATION_OVERLAP_HOURS }) };
  }
  return what === 'rotate' ? rotate(context, key, asked.rotations ?? key.rotations) : revoke(context, key);
}

async function rotate(context: InWorkspace, { id, name }: ApiKey, rotations: number): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, id, by: actor.id, at };
  const rotated = await rotateKey({ ...of, rotations, pepper: services.apiKeyPepper });
  if (!rotated) {
    return listKeys(context, { said: keyRotatedAlready(name) });
  }
  const { key, secretOnce, formerUntil } = rotated;
  const end = keyEnd(key, (await policiesInForce(account, workspace.id)).keyMaxAgeDays);
  const card = keyMadeCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    name,
    scopes: key.scopes,
    url: await secretPage(context, keySecretLabel(name, workspace.name), secretOnce),
    ...(end && { expiresAt: end.toISOString() }),
    formerUntil: formerUntil.toISOString(),
  });
  return { kind: 'private', replace: true, card };
}

async function revoke(context: InWorkspace, { id, name }: ApiKey): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const revoked = await revokeKey({ account: account.id, workspace: workspace.id, id, by: actor.id, at });
  if (!revoked)
    return refuse({ kind: 'badArgument', argument: 'key', typed: name, expected: 'a key that is in force' });
  return listKeys(context, { said: keyRevoked(name) });
}

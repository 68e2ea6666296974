import { z } from 'zod';
import type { Form } from '../cards/card.js';
import { keyChangeCard, keyMadeCard, keysCard } from '../cards/key-cards.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { revokeKey, ROTATION_OVERLAP_HOURS, rotateKey } from '../usage/change-keys.js';
import { type ApiKey, createKey, keysOf } from '../usage/keys.js';
import type { Scope } from '../usage/scopes.js';
import { getPerson } from '../workspace/people.js';
import { flag, name } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { access, accessFields, lifetime, readAccess } from './dev-access.js';

const WHAT = ['list', 'create', 'rotate', 'revoke'] as const;
const DAY_MS = 24 * 3_600_000;

/** API keys. A secret is shown once, on a page of its own, never in a message. */
export const dev = workspaceCommand({
  args: z.strictObject({
    what: z.enum(WHAT, 'list, create, rotate or revoke').default('list'),
    name: name.optional(),
    access,
    days: lifetime,
    key: z.string().max(80).optional(),
    /** How often its secret had been replaced when the button was made. */
    rotations: z.number().int().min(0).optional(),
    sure: flag,
  }),
  read(words) {
    const what = words.choice(WHAT);
    return what === 'create' ? { what, ...readAccess(words) } : { what, name: words.rest() };
  },
  form: (context, args) => (args.what === 'create' && !args.name ? createForm(context) : undefined),
  async run(context, args) {
    switch (args.what) {
      case 'list':
        return { kind: 'private', card: await keys(context) };
      case 'create':
        return make(context, { name: args.name ?? '', scopes: args.access, days: args.days });
      case 'rotate':
      case 'revoke':
        return change(context, args.what, args);
    }
  },
});

function createForm({ workspace }: InWorkspace): Form {
  return {
    name: 'create-key',
    title: 'New API key',
    submit: 'Create',
    intro: [`It works in ${workspace.name} alone.`],
    call: { command: 'dev', args: { what: 'create' }, workspace: workspace.id },
    fields: [
      { name: 'name', label: 'Name', hint: 'What uses it, like Engine.', input: 'line', maxLength: 60 },
      ...accessFields,
    ],
  };
}

async function keys({ account, actor, at, services, workspace }: InWorkspace, said?: string) {
  const known = (await keysOf(account.id, workspace.id)).filter((key) => !key.revokedAt);
  const makers = [...new Set(known.map(({ createdBy }) => createdBy))];
  const people = await Promise.all(makers.map((person) => getPerson(account.id, person)));
  const nameOf = (person: string) => people[makers.indexOf(person)]?.name;
  return keysCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    keys: known.map((key) => {
      const by = nameOf(key.createdBy);
      const { id, scopes, createdAt, lastUsedAt, expiresAt, formerUntil, rotations } = key;
      return {
        ...{ id, scopes, rotations, name: key.name, createdAt: createdAt.toISOString(), over: isOver(key, at) },
        ...(by !== undefined && { createdBy: by }),
        ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
        ...(formerUntil && formerUntil > at && { formerUntil: formerUntil.toISOString() }),
      };
    }),
    ...(said && { said }),
  });
}

const isOver = ({ expiresAt }: ApiKey, at: Date): boolean => expiresAt !== undefined && expiresAt <= at;

async function make(
  context: InWorkspace,
  wanted: { name: string; scopes: readonly Scope[]; days: number },
): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const expiresAt = wanted.days > 0 ? new Date(at.getTime() + wanted.days * DAY_MS) : undefined;
  const { secretOnce } = await createKey({
    account: account.id,
    workspace: workspace.id,
    name: wanted.name,
    scopes: wanted.scopes,
    ...(expiresAt && { expiresAt }),
    by: actor.id,
    at,
    pepper: services.apiKeyPepper,
  });
  const url = await page(context, wanted.name, secretOnce);
  const about = await aboutWorkspace(services.ledger, workspace);
  const until = expiresAt && { expiresAt: expiresAt.toISOString() };
  const zone = actor.timeZone ?? workspace.timeZone;
  return {
    kind: 'private',
    card: keyMadeCard({ about, zone, name: wanted.name, scopes: wanted.scopes, url, ...until }),
  };
}

/** The address of the page that shows the secret once. */
function page({ account, actor, at, services, workspace }: InWorkspace, keyName: string, secret: string) {
  const label = `API key ${keyName} of ${workspace.name}`;
  return services.keepSecret({ account: account.id, workspace: workspace.id, person: actor.id, label, secret, at });
}

interface Asked {
  key?: string | undefined;
  name?: string | undefined;
  rotations?: number | undefined;
  sure?: boolean | undefined;
}

/** Asks first: what uses the key is refused by it, or has a day to take the new secret. */
async function change(context: InWorkspace, what: 'rotate' | 'revoke', asked: Asked): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const known = (await keysOf(account.id, workspace.id)).filter((key) => !key.revokedAt);
  const meant = known.filter((key) => key.id === asked.key || key.name.toLowerCase() === asked.name?.toLowerCase());
  const [key] = meant;
  if (!key || meant.length > 1) {
    const question = what === 'rotate' ? 'Which key shall get a new secret?' : 'Which key shall go?';
    return { kind: 'private', card: await keys(context, question) };
  }
  if (what === 'rotate' && isOver(key, at)) {
    return { kind: 'private', card: await keys(context, `${key.name} has expired. Create another instead.`) };
  }
  if (!asked.sure) {
    const about = await aboutWorkspace(services.ledger, workspace);
    return { kind: 'private', card: keyChangeCard({ about, what, key, overlapHours: ROTATION_OVERLAP_HOURS }) };
  }
  return what === 'rotate' ? rotate(context, key, asked.rotations ?? key.rotations) : revoke(context, key);
}

async function rotate(context: InWorkspace, { id, name: keyName }: ApiKey, rotations: number): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, id, by: actor.id, at };
  const rotated = await rotateKey({ ...of, rotations, pepper: services.apiKeyPepper });
  if (!rotated) {
    const said = `${keyName} got a new secret already. If you need another one, press again.`;
    return { kind: 'private', replace: true, card: await keys(context, said) };
  }
  const card = keyMadeCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    name: keyName,
    scopes: rotated.key.scopes,
    url: await page(context, keyName, rotated.secretOnce),
    formerUntil: rotated.formerUntil.toISOString(),
  });
  return { kind: 'private', replace: true, card };
}

async function revoke(context: InWorkspace, key: ApiKey): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const revoked = await revokeKey({ account: account.id, workspace: workspace.id, id: key.id, by: actor.id, at });
  if (!revoked)
    return refuse({ kind: 'badArgument', argument: 'key', typed: key.name, expected: 'a key that is in force' });
  return { kind: 'private', replace: true, card: await keys(context, `${key.name} is revoked.`) };
}

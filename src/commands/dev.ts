import { z } from 'zod';
import { press } from '../cards/parts.js';
import { saidCard } from '../cards/said-card.js';
import { keyMadeCard, keysCard } from '../cards/settings-cards.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { createKey, keysOf, revokeKey } from '../usage/keys.js';
import { flag, name } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

/** What the messaging engine needs: report usage, see the balance, read the entries. */
const SCOPES = ['usage:write', 'balance:read', 'entries:read'] as const;

/** API keys. A secret is shown once, on a page of its own, never in a message. */
export const dev = workspaceCommand({
  args: z.strictObject({
    what: z.enum(['list', 'create', 'revoke'], 'list, create or revoke').default('list'),
    name: name.optional(),
    key: z.string().max(80).optional(),
    sure: flag,
  }),
  read(words) {
    const what = words.choice(['list', 'create', 'revoke']);
    return { what, name: words.rest() };
  },
  form: ({ workspace }, args) =>
    args.what === 'create' && !args.name
      ? {
          name: 'create-key',
          title: 'New API key',
          submit: 'Create',
          intro: [`It may report usage and read the balance and entries of ${workspace.name}.`],
          call: { command: 'dev', args: { what: 'create' }, workspace: workspace.id },
          fields: [{ name: 'name', label: 'Name', hint: 'What uses it, like Engine.', input: 'line', maxLength: 60 }],
        }
      : undefined,
  async run(context, args) {
    switch (args.what) {
      case 'list':
        return { kind: 'private', card: await keys(context) };
      case 'create':
        return make(context, args.name ?? '');
      case 'revoke':
        return revoke(context, args);
    }
  },
});

async function keys({ account, actor, services, workspace }: InWorkspace, said?: string) {
  const inForce = (await keysOf(account.id, workspace.id)).filter((key) => !key.revokedAt);
  return keysCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    keys: inForce.map((key) => ({
      id: key.id,
      name: key.name,
      scopes: key.scopes,
      ...(key.lastUsedAt && { lastUsedAt: key.lastUsedAt.toISOString() }),
    })),
    ...(said && { said }),
  });
}

async function make({ account, actor, at, services, workspace }: InWorkspace, keyName: string): Promise<Answer> {
  const where = { account: account.id, workspace: workspace.id, at };
  const { secretOnce } = await createKey({
    ...where,
    name: keyName,
    scopes: SCOPES,
    by: actor.id,
    pepper: services.apiKeyPepper,
  });
  const url = await services.keepSecret({
    ...where,
    person: actor.id,
    label: `API key ${keyName} of ${workspace.name}`,
    secret: secretOnce,
  });
  return {
    kind: 'private',
    card: keyMadeCard({ about: await aboutWorkspace(services.ledger, workspace), name: keyName, url }),
  };
}

async function revoke(
  context: InWorkspace,
  asked: { key?: string | undefined; name?: string | undefined; sure?: boolean | undefined },
): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const inForce = (await keysOf(account.id, workspace.id)).filter((key) => !key.revokedAt);
  const meant = inForce.filter((key) => key.id === asked.key || key.name.toLowerCase() === asked.name?.toLowerCase());
  const [key] = meant;
  if (!key || meant.length > 1) return { kind: 'private', card: await keys(context, 'Which key shall go?') };
  if (!asked.sure) {
    const button = press(
      'Revoke',
      'dev',
      { what: 'revoke', key: key.id, sure: true },
      { workspace: workspace.id, style: 'danger' },
    );
    const words = `Revoke ${key.name}? What uses it is refused at once.`;
    return {
      kind: 'private',
      card: saidCard('key-revoke-confirm', words, {
        about: await aboutWorkspace(services.ledger, workspace),
        buttons: [button],
      }),
    };
  }
  const revoked = await revokeKey({ account: account.id, workspace: workspace.id, id: key.id, by: actor.id, at });
  if (!revoked)
    return refuse({ kind: 'badArgument', argument: 'key', typed: key.name, expected: 'a key that is in force' });
  return { kind: 'private', replace: true, card: await keys(context, `${key.name} is revoked.`) };
}

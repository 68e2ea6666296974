import { z } from 'zod';
import { createKeyForm, findKeyForm } from '../cards/dev/key-form.js';
import { flag, name, offset, text } from './argument.js';
import { workspaceCommand } from './command.js';
import { access, KEY_USES, lifetime, readAccess } from './dev-access.js';
import { changeKey, listKeys, makeKey } from './dev-keys.js';
import { ACTS, readWebhook, runWebhook, webhookFormFor } from './dev-webhook.js';

const WHAT = ['list', 'find', 'create', 'rotate', 'revoke', 'webhook'] as const;
const WHAT_WORDS = { ...Object.fromEntries(WHAT.map((what) => [what, what])), search: 'find', webhooks: 'webhook' };

/** API keys, and the webhook. A secret is shown once, on a page of its own, never in a message. */
export const dev = workspaceCommand({
  args: z.strictObject({
    what: z.enum(WHAT, 'list, find, create, rotate, revoke or webhook').default('list'),
    name: name.optional(),
    access,
    days: lifetime,
    key: z.string().max(80).optional(),
    /** How often the secret had been replaced when the button was made. */
    rotations: z.number().int().min(0).optional(),
    sure: flag,
    /** Part of a key's name, or of an event's in the webhook's log. */
    search: text(80).optional(),
    /** What is to be done about the webhook. */
    act: z.enum(ACTS, `one of ${ACTS.join(', ')}`).default('show'),
    address: z.string().max(1_000, 'at most 1,000 characters').optional(),
    /** Where it went when the button was made. */
    host: z.string().max(300).optional(),
    delivery: z.string().max(80).optional(),
    offset,
  }),
  read(words) {
    const what = words.oneOf(WHAT_WORDS);
    if (what === 'webhook') return { what, ...readWebhook(words) };
    if (what === 'create') return { what, ...readAccess(words) };
    if (what === 'rotate' || what === 'revoke') return { what, name: words.rest() };
    words.drop('show', 'all', 'key', 'keys');
    const search = words.rest();
    return search === undefined ? { what } : { what: 'list', search };
  },
  form(context, args) {
    if (args.what === 'find') return findKeyForm(context.workspace);
    if (args.what === 'create' && !args.name) return createKeyForm({ about: context.workspace, uses: KEY_USES });
    return args.what === 'webhook' ? webhookFormFor(context, args) : undefined;
  },
  async run(context, args) {
    switch (args.what) {
      case 'list':
      case 'find':
        return listKeys(context, args);
      case 'create':
        return makeKey(context, { name: args.name ?? '', scopes: args.access, days: args.days });
      case 'rotate':
      case 'revoke':
        return changeKey(context, args.what, args);
      case 'webhook':
        return runWebhook(context, args);
    }
  },
});

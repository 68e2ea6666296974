import { z } from 'zod';
import { KEY_USE_LABELS } from '../cards/dev/key-said.js';
import { SCOPES, type Scope } from '../usage/scopes.js';
import type { Reader } from './reader.js';

/** What keys are usually for. The first is what the messaging engine needs. */
const PRESETS: Readonly<Record<string, { label: string; scopes: readonly Scope[] }>> = {
  engine: {
    label: KEY_USE_LABELS.engine,
    scopes: ['usage:write', 'balance:read', 'entries:read'],
  },
  report: { label: KEY_USE_LABELS.report, scopes: ['usage:write'] },
  read: { label: KEY_USE_LABELS.read, scopes: ['balance:read', 'entries:read'] },
  all: { label: KEY_USE_LABELS.all, scopes: SCOPES },
};

const LONGEST_DAYS = 3_650;
const A_SCOPE = /^[a-z]+:[a-z]+$/;
const BEFORE_ACCESS = /(?:(?:^|\s)(?:with|for|and|expires?|expiring|in|after))+$/i;

const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);

/** A preset's name, or scopes with spaces between; the engine's where nothing is said. */
export const access = z
  .string()
  .max(200)
  .default('engine')
  .transform((typed, refused): readonly Scope[] => {
    const words = typed
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const [first = ''] = words;
    const preset = words.length === 1 && Object.hasOwn(PRESETS, first) ? PRESETS[first] : undefined;
    const scopes = words.filter(isScope);
    if (preset) return preset.scopes;
    if (scopes.length > 0 && scopes.length === words.length) return [...new Set(scopes)];
    refused.addIssue({ code: 'custom', message: `scopes among ${SCOPES.join(', ')}` });
    return z.NEVER;
  });

/** For how many days a key works; 0 is without end. */
export const lifetime = z.coerce
  .number(`days from 0 to ${LONGEST_DAYS}`)
  .int(`days from 0 to ${LONGEST_DAYS}`)
  .min(0, `days from 0 to ${LONGEST_DAYS}`)
  .max(LONGEST_DAYS, `days from 0 to ${LONGEST_DAYS}`)
  .default(0);

/** `Engine with usage:write balance:read for 90 days`. */
export function readAccess(words: Reader): {
  name: string | undefined;
  access: string | undefined;
  days: string | undefined;
} {
  const scopes: string[] = [];
  for (let scope = words.matching(A_SCOPE); scope !== undefined; scope = words.matching(A_SCOPE)) {
    scopes.push(scope.replace(/,$/, ''));
  }
  const days = words.days();
  const typed = words.rest() ?? '';
  const name = scopes.length > 0 || days !== undefined ? typed.replace(BEFORE_ACCESS, '') : typed;
  return { name: name || undefined, access: scopes.join(' ') || undefined, days };
}

/** What a form lets people choose from. */
export const KEY_USES = Object.entries(PRESETS).map(([value, { label }]) => ({ value, label }));

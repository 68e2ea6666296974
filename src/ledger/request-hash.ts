import { hash } from 'node:crypto';
import type { Labels } from './entry.js';
import { type Line, labelsOf } from './line.js';

/** `p1:` covers the posting itself, `r1:` what the caller was asked before pricing. The number changes with the canonical form. */
const OF_POSTING = 'p1:';
const OF_REQUEST = 'r1:';

/** JSON with sorted keys: the same request has one text, however its fields were ordered. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const digest = (text: string): string => hash('sha256', text, 'base64url');

type Hashed = Pick<Line, 'kind' | 'contra'> & Labels & { amountMinor: number; amountMicro?: number };

/** The canonical form of a posting without its reference, by hand because it is made for each: fields in the order of the alphabet. */
function canonicalPosting(asked: Hashed): string {
  const { amountMicro = 0, amountMinor, contra, effectiveAt, item, kind, memo, person, quantity, resource } = asked;
  const { reverses } = asked;
  let text = `{"amountMicro":${amountMicro},"amountMinor":${amountMinor},"contra":${JSON.stringify(contra)}`;
  if (effectiveAt !== undefined) text += `,"effectiveAt":${JSON.stringify(effectiveAt)}`;
  if (item !== undefined) text += `,"item":${JSON.stringify(item)}`;
  text += `,"kind":"${kind}"`;
  if (memo !== undefined) text += `,"memo":${JSON.stringify(memo)}`;
  if (person !== undefined) text += `,"person":${JSON.stringify(person)}`;
  if (quantity !== undefined) text += `,"quantity":${JSON.stringify(quantity)}`;
  if (resource !== undefined) text += `,"resource":${JSON.stringify(resource)}`;
  if (reverses !== undefined) text += `,"reverses":${JSON.stringify(reverses)}`;
  return `${text}}`;
}

/** The hash of a posting: all that it asks for but `at`, which a repeat may give anew. */
export function hashOfPosting(asked: Hashed): string {
  return OF_POSTING + digest(canonicalPosting(asked));
}

/** Without the reference: somebody who asks again does so by another message. */
export function labelsAsked(of: Labels): Labels {
  const { reference: _message, ...asked } = labelsOf(of);
  return asked;
}

export function hashOfRequest(request: unknown): string {
  return OF_REQUEST + digest(canonical(request));
}

const MAX_REMEMBERED = 1_000;

/**
 * The hashes of stored lines, derived again from the lines: only where nothing was priced or carried, else undefined.
 * Lines that asked for the same have the same one: it is not computed for each.
 */
export function createRederivedHash(): (line: Line) => string | undefined {
  const remembered = new Map<string, string>();
  return (line) => {
    const { hash, kind, contra, amountMinor, amountMicro } = line;
    if (!hash.startsWith(OF_POSTING) || kind === 'opened' || kind === 'settings' || amountMicro !== undefined) {
      return undefined;
    }
    const { resource, person, item, quantity, memo, effectiveAt, reverses } = line;
    const asked = JSON.stringify([
      kind,
      contra,
      amountMinor,
      resource,
      person,
      item,
      quantity,
      memo,
      effectiveAt,
      reverses,
    ]);
    const known = remembered.get(asked);
    if (known !== undefined) return known;
    const derived = hashOfPosting(line);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(asked, derived);
    return derived;
  };
}

import { createHash } from 'node:crypto';
import type { Labels } from './entry.js';
import { labelsOf, type Line } from './line.js';

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

const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64url');

type Hashed = Pick<Line, 'kind' | 'contra'> & Parameters<typeof labelsOf>[0];

/** The hash of a posting: all that it asks for but `at`, which a repeat may give anew. */
export function hashOfPosting(asked: Hashed & { amountMinor: number; amountMicro?: number }): string {
  const { kind, contra, amountMinor, amountMicro = 0 } = asked;
  return OF_POSTING + digest({ kind, contra, amountMinor, amountMicro, ...labelsAsked(asked) });
}

/** Without the reference: somebody who asks again does so by another message. */
export function labelsAsked(of: Labels): Labels {
  const { reference: _message, ...asked } = labelsOf(of);
  return asked;
}

export function hashOfRequest(request: unknown): string {
  return OF_REQUEST + digest(request);
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

import { createHash } from 'node:crypto';
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
  return OF_POSTING + digest({ kind, contra, amountMinor, amountMicro, ...labelsOf(asked) });
}

export function hashOfRequest(request: unknown): string {
  return OF_REQUEST + digest(request);
}

/** Whether a stored line's hash can be derived again from the line: only where nothing was priced or carried. */
export function rederivableHash(line: Line): string | undefined {
  const derivable = line.hash.startsWith(OF_POSTING) && line.kind !== 'opened' && line.kind !== 'settings';
  return derivable && line.amountMicro === undefined ? hashOfPosting(line) : undefined;
}

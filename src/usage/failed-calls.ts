import { createHash } from 'node:crypto';
import { isIP } from 'node:net';

/** So many calls without a valid key from one address at once, and as many again in each such time. */
export interface FailedCallLimit {
  calls: number;
  seconds: number;
}

export interface FailedCalls {
  /** After how many seconds the address may try again; undefined where it may now. */
  waitSeconds(address: string, header: string | undefined): number | undefined;
  failed(address: string, header: string | undefined): void;
  /** What was sent with it is a key in force: its holder is let in whatever others at the same address do. */
  succeeded(header: string | undefined): void;
}

const MOST_REMEMBERED = 10_000;

/**
 * Counts calls without a valid key by the address they come from, in this process alone: guessing a key is hopeless
 * anyway, and this keeps those who try from costing the database anything.
 */
export function createFailedCalls(limit: FailedCallLimit, now: () => number = () => performance.now()): FailedCalls {
  const perMs = limit.calls / (limit.seconds * 1_000);
  const buckets = new Map<string, { left: number; atMs: number }>();
  const holders = new Set<string>();

  function refilled(address: string): { left: number; atMs: number } {
    const atMs = now();
    const bucket = buckets.get(networkOf(address));
    const left = bucket ? Math.min(limit.calls, bucket.left + (atMs - bucket.atMs) * perMs) : limit.calls;
    return { left, atMs };
  }

  return {
    waitSeconds(address, header) {
      const { left } = refilled(address);
      if (left >= 1 || (header !== undefined && holders.has(digestOf(header)))) return undefined;
      return Math.ceil((1 - left) / perMs / 1_000);
    },
    failed(address, header) {
      if (header !== undefined) holders.delete(digestOf(header));
      const { left, atMs } = refilled(address);
      if (buckets.size >= MOST_REMEMBERED) buckets.clear();
      buckets.set(networkOf(address), { left: Math.max(0, left - 1), atMs });
    },
    succeeded(header) {
      if (header === undefined) return;
      if (holders.size >= MOST_REMEMBERED) holders.clear();
      holders.add(digestOf(header));
    },
  };
}

/** Keys are not kept in the clear, in memory neither. */
function digestOf(header: string): string {
  return createHash('sha256').update(header).digest('base64url');
}

/** An IPv6 customer has a whole /64 to call from. */
function networkOf(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return groups
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':');
}

import { MongoServerError } from 'mongodb';
import type { AccountId } from '../workspace/entities.js';
import { RateBucketModel } from './models.js';

/** So many requests at once, and as many again in each such time. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

export interface RateLimiter {
  /** Undefined where the key may go on; else when it may come again. Rejects where the database cannot be asked. */
  take(key: { id: string; account: AccountId }): Promise<{ retryAfterSeconds: number } | undefined>;
}

/** What this process may still let through of a key without asking, until then. */
interface Lease {
  left: number;
  size: number;
  until: number;
  /** The bucket was empty: until then nobody is asked. */
  emptyUntil: number;
  asking: Promise<void> | undefined;
  waiting: number;
}

const LEASE_MS = 1_000;
/** No process takes more of the limit at once than this share. */
const LARGEST_SHARE = 0.1;
const MOST_KEYS = 10_000;
const DUPLICATE_KEY = 11_000;
const NEW_LEASE: Lease = { left: 0, size: 1, until: 0, emptyUntil: 0, asking: undefined, waiting: 0 };

/**
 * A bucket of tokens per key, shared by all processes: each takes a few out at a time and spends them by itself. ADR 11.
 */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  const largest = Math.max(1, Math.floor(limit.requests * LARGEST_SHARE));
  const leases = new Map<string, Lease>();

  function leaseOf(id: string): Lease {
    const lease = leases.get(id) ?? { ...NEW_LEASE };
    if (leases.size >= MOST_KEYS) leases.clear();
    leases.set(id, lease);
    return lease;
  }

  /** A lease that was spent in time is followed by a larger one, one that was not by a smaller one. */
  async function renew(lease: Lease, key: { id: string; account: AccountId }): Promise<void> {
    const spent = lease.left === 0 && performance.now() < lease.until;
    lease.size = Math.min(largest, Math.max(1, spent ? lease.size * 2 : Math.floor(lease.size / 2)));
    const { granted, tokens } = await takeFromBucket(key, limit, Math.max(lease.size, lease.waiting));
    const now = performance.now();
    lease.left = granted;
    lease.until = now + LEASE_MS;
    lease.emptyUntil = granted > 0 ? 0 : now + ((1 - tokens) * limit.seconds * 1_000) / limit.requests;
  }

  return {
    async take(key) {
      const lease = leaseOf(key.id);
      lease.waiting += 1;
      try {
        for (;;) {
          const now = performance.now();
          if (lease.left > 0 && now < lease.until) {
            lease.left -= 1;
            return undefined;
          }
          if (now < lease.emptyUntil) return { retryAfterSeconds: Math.ceil((lease.emptyUntil - now) / 1_000) };
          lease.asking ??= renew(lease, key).finally(() => {
            lease.asking = undefined;
          });
          await lease.asking;
        }
      } finally {
        lease.waiting -= 1;
      }
    },
  };
}

/** By the server's clock, so that clocks that differ neither give nor take. Not worth a majority: a bucket may be lost. */
async function takeFromBucket(
  key: { id: string; account: AccountId },
  { requests, seconds }: RateLimit,
  wanted: number,
): Promise<{ granted: number; tokens: number }> {
  const sinceMs = { $max: [0, { $subtract: ['$$NOW', { $ifNull: ['$at', '$$NOW'] }] }] };
  const refilled = {
    $add: [{ $ifNull: ['$tokens', requests] }, { $multiply: [sinceMs, requests / (seconds * 1_000)] }],
  };
  const take = () =>
    RateBucketModel.findOneAndUpdate(
      { _id: key.id, account: key.account },
      [
        { $set: { tokens: { $min: [requests, refilled] }, at: '$$NOW' } },
        { $set: { granted: { $min: [wanted, { $floor: '$tokens' }] } } },
        { $set: { tokens: { $subtract: ['$tokens', '$granted'] } } },
      ],
      { upsert: true, returnDocument: 'after', updatePipeline: true, writeConcern: { w: 1 }, maxTimeMS: 2_000 },
    ).lean();
  try {
    return await take();
  } catch (error) {
    // Another process made the bucket at the same moment.
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return take();
    throw error;
  }
}

import { afterEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../src/id.js';
import { createRateLimiter, type RateLimiter } from '../../src/usage/rate-limit.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { get, keyFor, newCustomer, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const LIMIT = { requests: 4, seconds: 3_600 };
const replicas = [useApi(ledger, { rateLimit: LIMIT }), useApi(ledger, { rateLimit: LIMIT })];
afterEach(() => void mongoose.set('debug', false));

const newKey = () => ({ id: newId('key'), account: 'acc_1' });
const buckets = () => mongoose.connection.db!.collection<{ _id: string; at: Date }>('rate_buckets');

async function letThrough(limiter: RateLimiter, key: ReturnType<typeof newKey>, asked: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: asked }, () => limiter.take(key)));
  return answers.filter((limited) => limited === undefined).length;
}

test('two replicas together let a key do what it may, no more; another key has a rate of its own', async () => {
  const acme = await newCustomer(ledger());
  const [key, other] = [await keyFor(acme, ['balance:read']), await keyFor(acme, ['balance:read'])];
  const answers = [];
  for (let i = 0; i < 8; i++) answers.push(await get(`${replicas[i % 2]!.url}/balance`, key));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
  const refused = answers.at(-1);
  expect(refused).toMatchObject({ body: { type: 'urn:workspaces:problem:rate-limited' } });
  const wait = Number(refused?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(LIMIT.seconds / LIMIT.requests);
  expect((await get(`${replicas[0]!.url}/balance`, other)).status).toBe(200);
});

test('what was refused comes back with time, up to the limit', async () => {
  const key = newKey();
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(4);
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(0);
  const ago = (seconds: number) => ({ $set: { at: new Date(Date.now() - seconds * 1_000) } });
  await buckets().updateOne({ _id: key.id }, ago(1_900));
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(2);
  await buckets().updateOne({ _id: key.id }, ago(100 * 3_600));
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(4);
});

test('many at once, in several processes, never pass the limit', async () => {
  const key = newKey();
  const limit = { requests: 100, seconds: 36_000 };
  const processes = Array.from({ length: 3 }, () => createRateLimiter(limit));
  const passed = await Promise.all(processes.map((limiter) => letThrough(limiter, key, 200)));
  expect(passed.reduce((sum, one) => sum + one, 0)).toBe(100);
});

test('costs the database a look for many requests, and none for those of an empty bucket', async () => {
  const key = newKey();
  const limiter = createRateLimiter({ requests: 1_000, seconds: 36_000 });
  let looks = 0;
  mongoose.set('debug', () => {
    looks += 1;
  });
  for (let i = 0; i < 10; i++) expect(await letThrough(limiter, key, 100)).toBe(100);
  expect(looks).toBeLessThan(40);
  const { retryAfterSeconds } = (await limiter.take(key))!;
  expect(retryAfterSeconds).toBeGreaterThan(0);
  expect(retryAfterSeconds).toBeLessThanOrEqual(36);
  looks = 0;
  expect(await letThrough(limiter, key, 1_000)).toBe(0);
  expect(looks).toBe(0);
});

test('a lost bucket is a full one', async () => {
  const key = newKey();
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(4);
  await buckets().deleteOne({ _id: key.id });
  expect(await letThrough(createRateLimiter(LIMIT), key, 9)).toBe(4);
});

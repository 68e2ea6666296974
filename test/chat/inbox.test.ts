import { afterEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { firstDelivery } from '../../src/chat/inbox.js';
import { useDatabase } from '../support/database.js';

useDatabase();

const AT = new Date('2026-11-16T09:00:00.000Z');
const take = (key: string) => firstDelivery(key, 'slack:T02', AT);

const admin = () => mongoose.connection.db!.admin();
const inboxFails = (how: object) => {
  const namespace = `${mongoose.connection.name}.inbox`;
  const data = { failCommands: ['insert'], namespace, ...how };
  return admin().command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
};
afterEach(() => admin().command({ configureFailPoint: 'failCommand', mode: 'off' }));

test('of many deliveries at once each is taken once, its repeats never', async () => {
  const keys = Array.from({ length: 60 }, (_, i) => `d${i % 20}`);
  const taken = await Promise.all(keys.map(take));
  for (const key of new Set(keys)) {
    const outcomes = taken.filter((_, i) => keys[i] === key);
    expect(outcomes.toSorted()).toEqual(['first', 'repeat', 'repeat']);
  }
  expect(await take('d7')).toBe('repeat');
});

test('the same key of another tenant is another delivery', async () => {
  await take('shared');
  expect(await firstDelivery('shared', 'slack:T03', AT)).toBe('first');
});

test.each([
  ['connections are cut', { closeConnection: true }],
  ['no primary answers', { errorCode: 10107, errorLabels: ['RetryableWriteError'] }],
  ['a majority does not confirm', { writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } }],
  ['the disk is full', { errorCode: 14031 }],
])('nothing is taken in hand while %s', async (_, how) => {
  await inboxFails(how);
  const taken = await Promise.all(['a', 'b', 'c'].map((key) => take(`${Object.keys(how).join()}${key}`)));
  expect(taken).toEqual(['unavailable', 'unavailable', 'unavailable']);
});

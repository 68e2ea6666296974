import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createEncryption } from '../../src/encryption.js';
import { createOneTimeSecrets } from '../../src/usage/secrets.js';
import { useDatabase } from '../support/database.js';

useDatabase();
const at = new Date('2026-11-02T10:00:00Z');
const hoursLater = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const secrets = createOneTimeSecrets(createEncryption([{ id: 'k1', key: randomBytes(32) }]));
const keep = (plain: string) => secrets.createSecret({ account: 'acc_1', workspace: 'ws_1', person: 'p_1', plain, at });

test('is shown once, to the first of many who ask at once', async () => {
  const { id } = await keep('wsk_a_b');
  expect(await secrets.secretWaits(id, at)).toBe(true);
  const shown = await Promise.all(Array.from({ length: 20 }, () => secrets.revealSecret(id, at)));
  expect(shown.filter((text) => text !== undefined)).toEqual(['wsk_a_b']);
  expect(await secrets.secretWaits(id, at)).toBe(false);
});

test('expires after 24 hours', async () => {
  const { id } = await keep('wsk_a_b');
  expect(await secrets.secretWaits(id, hoursLater(24))).toBe(false);
  expect(await secrets.revealSecret(id, hoursLater(24))).toBeUndefined();
  expect(await secrets.revealSecret(id, hoursLater(23))).toBe('wsk_a_b');
});

test('is not in the database in the clear, nor its address, and not under another id', async () => {
  const [one, two] = [await keep('wsk_canary_1'), await keep('wsk_canary_2')];
  const collection = mongoose.connection.db!.collection<{ _id: string; sealed: string }>('one_time_secrets');
  const rows = await collection.find().toArray();
  expect(JSON.stringify(rows)).not.toContain('canary');
  for (const { id } of [one, two]) expect(JSON.stringify(rows)).not.toContain(id);
  for (const { _id } of rows) expect(await secrets.revealSecret(_id, at)).toBeUndefined();
  const [first, second] = rows.slice(-2);
  await collection.updateOne({ _id: first!._id }, { $set: { sealed: second!.sealed } });
  await collection.updateOne({ _id: second!._id }, { $set: { sealed: first!.sealed } });
  await expect(secrets.revealSecret(one.id, at)).rejects.toThrow();
});

test('that never was is not there', async () => {
  expect(await secrets.revealSecret('nothing', at)).toBeUndefined();
});

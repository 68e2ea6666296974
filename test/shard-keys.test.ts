import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { linesOf, ensureLedgerIndexes } from '../src/ledger/line.js';
import { useDatabase } from './support/database.js';

/** ADR 5: what a unique index of each collection begins with. Those that are not named here begin with `account`. */
const OTHER_KEYS: Readonly<Record<string, string>> = { TeamsConversation: 'tenant', TeamsUser: 'tenant' };

const SOURCE = join(import.meta.dirname, '../src');
const modelFiles = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|[/-])models?\.ts$/.test(file),
);
for (const file of modelFiles) await import(join(SOURCE, file));

useDatabase();

test('every unique index begins with the shard key of its collection', () => {
  const found = Object.values(mongoose.models).flatMap((model) =>
    model.schema.indexes().flatMap(([fields, options]) => {
      if (!options.unique) return [];
      return [{ model: model.modelName, begins: Object.keys(fields)[0] }];
    }),
  );
  expect(found.length).toBeGreaterThan(15);
  for (const { model, begins } of found)
    expect({ model, begins }).toEqual({ model, begins: OTHER_KEYS[model] ?? 'account' });
});

test("the ledger's unique index begins with the wallet", async () => {
  const db = mongoose.connection.db!;
  await ensureLedgerIndexes(db);
  const indexes = await linesOf(db).indexes();
  const unique = indexes.filter((index) => index['unique'] === true);
  expect(unique.length).toBeGreaterThan(0);
  for (const { key } of unique) expect(Object.keys(key)[0]).toBe('w');
});

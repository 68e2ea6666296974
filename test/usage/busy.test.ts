import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { keyFor, newCustomer, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const api = useApi(() => createLedger(mongoose.connection.db!, { waiting: 2, perWallet: 2 }));
const full = useApi(() => createLedger(mongoose.connection.db!, { waiting: 0, perWallet: 0 }));

test('more than the ledger takes is 429 with Retry-After, and nothing of the call was done', async () => {
  const acme = await newCustomer(ledger());
  const key = await keyFor(acme, ['usage:write']);
  const events = ['a', 'b', 'c'].map((id) => ({ id, item: 'sms', quantity: 1 }));
  const crowded = await post(`${api.url}/usage/events`, key, { events });
  expect(crowded).toMatchObject({ status: 429, body: { detail: expect.stringContaining('Nothing was done') } });
  expect(Number(crowded.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ledger().head(acme.workspace.id))?.balanceMinor).toBe(10_000);
  const smaller = await post(`${api.url}/usage/events`, key, { events: events.slice(1) });
  expect(smaller).toMatchObject({ status: 200, body: { balanceMinor: 9_992 } });
});

test('nor is a hold made that does not fit in', async () => {
  const acme = await newCustomer(ledger());
  const key = await keyFor(acme, ['usage:write']);
  const crowded = await post(`${full.url}/holds`, key, { id: 'a', amountMinor: 1 });
  expect(crowded).toMatchObject({ status: 429, body: { type: 'urn:workspaces:problem:busy' } });
  expect(Number(crowded.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await ledger().hold(acme.workspace.id, 'a')).toBeUndefined();
});

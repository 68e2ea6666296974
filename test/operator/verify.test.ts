import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { verifyAll } from '../../src/operator/verify.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { newCustomer } from '../usage/api.js';

useDatabase();
const ledger = useLedger({ unverified: 'tests corrupt it' });

test('money and audit trail are proved, of all accounts or one, and each finding is a line', async () => {
  const db = mongoose.connection.db!;
  const [acme, other] = [await newCustomer(ledger()), await newCustomer(ledger())];
  expect(await verifyAll(db)).toEqual({
    sound: true,
    lines: [
      expect.stringMatching(/^4 entries in 2 wallets, 0 receipts, \d+ audit lines in 2 accounts: everything adds up$/),
    ],
  });
  await db.collection('entries').updateOne({ w: acme.workspace.id, s: 2 }, { $set: { balanceMinor: 1 } });
  const { sound, lines } = await verifyAll(db);
  expect(sound).toBe(false);
  expect(lines[0]).toContain(`ledger balance in ${acme.workspace.id} line 2`);
  expect(lines.at(-1)).toMatch(/: \d+ findings$/);
  expect((await verifyAll(db, other.account.id)).sound).toBe(true);
  expect((await verifyAll(db, acme.account.id)).sound).toBe(false);
  await db.collection<{ _id: string; [field: string]: unknown }>('top_ups').insertOne({
    _id: 'tu_1',
    account: other.account.id,
    workspace: other.workspace.id,
    key: 'k',
    state: 'credited',
    settledAt: new Date(Date.now() - 3_600_000),
  });
  expect((await verifyAll(db, other.account.id)).lines[0]).toContain('tu_1');
  await db.collection('accounts').updateOne({ _id: other.account.id as never }, { $set: { 'seatsUsed.standard': 7 } });
  expect((await verifyAll(db, other.account.id)).lines).toContainEqual(
    expect.stringMatching(/^seats of acc_\w+: 7 standard are kept, \d are taken$/),
  );
  await expect(verifyAll(db, 'acc_nobody')).rejects.toThrow('there is no account acc_nobody');
});

import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { setBillingDetails } from '../../../src/payments/receipts/billing-details.js';
import { ReceiptModel } from '../../../src/payments/receipts/receipt-model.js';
import { auditTrail } from '../../../src/workspace/audit.js';
import { renameWorkspace } from '../../../src/workspace/workspaces.js';
import {
  AT,
  credited,
  findings,
  issue,
  logged,
  minutesLater,
  receipts,
  reversed,
  workspace,
  useBooks,
} from './books.js';
import { SELLER } from './samples.js';

useBooks();

const raw = () => mongoose.connection.collection('receipts');

describe('a receipt', () => {
  test('is issued once for each credited top-up, numbered in the account', async () => {
    for (const id of ['tu_1', 'tu_2', 'tu_3']) await credited(id);
    await credited('tu_open', 10_000, { state: 'open' });
    expect(await issue()).toBe(3);
    expect(await issue()).toBe(0);
    const issued = await receipts();
    expect(issued.map(({ number, topUp }) => [number, topUp])).toEqual([
      [1, 'tu_1'],
      [2, 'tu_2'],
      [3, 'tu_3'],
    ]);
    expect(issued[0]).toMatchObject({
      label: expect.stringMatching(/^[0-9A-Z]{6}-000001$/),
      seller: { name: 'Workspaces Ltd', taxId: 'GB123456789' },
      buyer: { name: 'Acme', address: [] },
      totalMinor: 10_000,
      netMinor: 8_333,
      taxes: [{ name: 'VAT', taxMinor: 1_667 }],
      paid: { method: 'card', card: { brand: 'visa', last4: '4242' }, providerId: 'pi_tu_1' },
      entry: { key: 'topup:tu_1', sequence: 2 },
      movedAt: AT,
    });
    expect(await findings()).toEqual([]);
  });

  test('says what was so when it was issued, whatever is changed afterwards', async () => {
    const { account, id } = workspace;
    await credited('tu_1');
    await issue();
    await renameWorkspace({ account, workspace: id, name: 'Growth', by: 'p_1', at: AT });
    const details = { name: 'Acme GmbH', address: ['Straße 1', 'Wien'], taxId: 'ATU1' };
    await setBillingDetails({ account, workspace: id, details, by: 'p_1', at: AT });
    await credited('tu_2');
    await issue({ seller: { ...SELLER, taxes: [] } });
    const [before, after] = await receipts();
    expect(before).toMatchObject({ buyer: { name: 'Acme' }, workspaceName: 'Marketing', netMinor: 8_333 });
    expect(after).toMatchObject({ buyer: details, netMinor: 10_000, taxes: [] });
    expect((await auditTrail({ account, limit: 1 }))[0]?.action).toBe('billing.detailsChanged');
  });

  test('cannot be changed or removed through the model', async () => {
    await credited('tu_1');
    await issue();
    const one = { account: workspace.account, number: 1 };
    const document = await ReceiptModel.findOne(one).orFail();
    document.totalMinor = 1;
    for (const change of [
      () => ReceiptModel.updateOne(one, { $set: { totalMinor: 1 } }),
      () => ReceiptModel.updateMany(one, { $set: { totalMinor: 1 } }),
      () => ReceiptModel.findOneAndUpdate(one, { $set: { totalMinor: 1 } }),
      () => ReceiptModel.replaceOne(one, { totalMinor: 1 }),
      () => ReceiptModel.deleteOne(one),
      () => ReceiptModel.deleteMany(one),
      () => ReceiptModel.findOneAndDelete(one),
      () => ReceiptModel.bulkWrite([{ deleteOne: { filter: one } }]),
      () => document.save(),
      () => document.deleteOne(),
    ]) {
      await expect((async () => change())()).rejects.toThrow('a receipt is immutable once issued');
    }
    expect(await findings()).toEqual([]);
  });

  test('of one that fails keeps no other from being issued, and leaves no gap', async () => {
    await credited('tu_1');
    await credited('tu_without_entry', 10_000, { workspace: 'ws_nowhere' });
    await credited('tu_2');
    expect(await issue()).toBe(2);
    expect(logged).toEqual(['a receipt could not be issued yet']);
    expect((await receipts()).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('never bears a date before an earlier number, whatever the clocks say', async () => {
    await credited('tu_1');
    await issue({}, minutesLater(10));
    await credited('tu_2');
    await issue({}, minutesLater(5));
    expect((await receipts()).map(({ issuedAt }) => issuedAt)).toEqual([minutesLater(10), minutesLater(10)]);
  });
});

describe('numbers', () => {
  test('have no gap and no double when several processes issue at once, and some die in between', async () => {
    const ids = Array.from({ length: 24 }, (_, index) => `tu_${index}`);
    for (const id of ids) await credited(id);
    let calls = 0;
    const dies = async () => {
      if (++calls % 3 === 0) throw new Error('the process died');
    };
    await Promise.all([issue({ onIssued: dies }), issue({ onIssued: dies }), issue(), issue({ onIssued: dies })]);
    await issue();
    const issued = await receipts();
    expect(issued.map(({ number }) => number)).toEqual(ids.map((_, index) => index + 1));
    expect(new Set(issued.map(({ topUp }) => topUp)).size).toBe(ids.length);
    expect(await findings()).toEqual([]);
  });

  test('what is written with a receipt stands only if the receipt does', async () => {
    await credited('tu_1');
    const notes = mongoose.connection.model('Note', new mongoose.Schema({ _id: String }), 'notes');
    const onIssued = async () => {
      await notes.create({ _id: 'one' });
      throw new Error('too late');
    };
    expect(await issue({ onIssued })).toBe(0);
    expect(await notes.countDocuments()).toBe(0);
    expect(await receipts()).toEqual([]);
    expect(await issue()).toBe(1);
    expect((await receipts())[0]?.number).toBe(1);
  });
});

describe('money that goes back', () => {
  test('has a credit note each that names the receipt, and all of them its taxes', async () => {
    await credited('tu_1', 10_001);
    await reversed('tu_1', 'refund', 're_1', 3_333);
    await reversed('tu_1', 'refund', 're_2', 6_668, 2);
    expect(await issue()).toBe(3);
    const [receipt, first, second] = await receipts();
    expect(first).toMatchObject({
      kind: 'creditNote',
      number: 2,
      corrects: { receipt: receipt!.id, label: receipt!.label },
      reason: 'refund',
      totalMinor: 3_333,
      entry: { key: 'refund:re_1', sequence: 3 },
      paid: { card: { last4: '4242' }, providerId: 're_1' },
    });
    const tax = (of: typeof first) => of!.taxes[0]!.taxMinor;
    expect(tax(first) + tax(second)).toBe(tax(receipt));
    expect(await findings()).toEqual([]);
  });

  test('of a dispute only once it is lost', async () => {
    await credited('tu_1');
    await reversed('tu_1', 'dispute', 'dp_1', 10_000);
    expect(await issue()).toBe(1);
    await reversed('tu_1', 'disputeLost', 'dp_1', 10_000, 2);
    expect(await issue()).toBe(1);
    const [, note] = await receipts();
    expect(note).toMatchObject({ kind: 'creditNote', reason: 'dispute', entry: { key: 'dispute:dp_1' } });
    expect(await findings()).toEqual([]);
  });

  test('and comes again, as its refund did not arrive, takes the credit note back', async () => {
    await credited('tu_1');
    await reversed('tu_1', 'refund', 're_1', 2_500);
    await reversed('tu_1', 'refundUndone', 're_1', 2_500, 2);
    await reversed('tu_1', 'refund', 're_2', 10_000, 3);
    expect(await issue()).toBe(4);
    const [receipt, note, again, whole] = await receipts();
    expect(again).toMatchObject({ kind: 'reinstated', corrects: { label: note!.label }, taxes: note!.taxes });
    expect(whole).toMatchObject({ kind: 'creditNote', netMinor: receipt!.netMinor, taxes: receipt!.taxes });
    expect(await findings()).toEqual([]);
  });
});

describe('the verifier of receipts finds', () => {
  const label = async (number: number) => (await receipts()).find((receipt) => receipt.number === number)!.label;

  test('a changed amount, a removed receipt, one that is missing, and one cut off the end', async () => {
    for (const id of ['tu_1', 'tu_2', 'tu_3']) await credited(id);
    await issue();
    const [second, third] = [await label(2), await label(3)];
    await raw().updateOne({ number: 3 }, { $set: { totalMinor: 9_000 } });
    expect(await findings()).toEqual([
      `receipt ${third} is not what was issued`,
      `receipt ${third} does not add up`,
      `receipt ${third} is not what the entry topup:tu_3 says`,
    ]);
    await raw().deleteOne({ number: 2 });
    expect(await findings()).toContain(`receipt ${second} is missing`);
    await raw().deleteOne({ number: 3 });
    expect((await findings()).at(-1)).toMatch(/end at 1, their series says 3$/);
  });

  test('a credited top-up without a receipt and a refund without a credit note, once they have had time', async () => {
    await credited('tu_1');
    await reversed('tu_1', 'refund', 're_1', 100);
    expect(await findings(minutesLater(10))).toEqual([]);
    expect(await findings()).toEqual([
      expect.stringMatching(/^the top-up tu_1 .* is credited and has no receipt$/),
      expect.stringMatching(/^the reversal refund:re_1 .* has no credit note$/),
    ]);
  });
});

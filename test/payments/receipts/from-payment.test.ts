import { expect, test } from '@jest/globals';
import { issueReceipts } from '../../../src/payments/receipts/issue.js';
import { receiptsOf } from '../../../src/payments/receipts/find.js';
import { verifyReceipts } from '../../../src/payments/receipts/verify-receipts.js';
import { ask, AT, charge, ledger, order, payments, sandbox, saveCard, whose, useTopUps } from '../top-up-world.js';
import { GOOD_CARD } from '../harness.js';
import { SELLER } from './samples.js';

useTopUps();

const log = {
  error: (details: object) => {
    throw new Error('a receipt could not be issued', { cause: details });
  },
};
const issue = () => issueReceipts({ seller: SELLER, ledger: ledger(), log }, AT());
const receipts = async () => (await receiptsOf({ ...whose(), limit: 10 })).receipts.toReversed();

const ORIGIN = {
  reference: 'R-7F3K2Q',
  delivery: 'd1',
  platform: 'slack',
  tenant: 'T02',
  kind: 'channel',
  channel: 'C1',
} as const;

test('what the provider took and gave back is on the documents, whoever reports it and however often', async () => {
  await saveCard();
  const { topUp } = await payments.chargeCard({ ...order(), origin: ORIGIN });
  expect(await issue()).toBe(1);
  const refund = sandbox().refund(topUp.paymentId!, 2_500);
  await sandbox().webhooks.deliver({ copies: 2 });
  await payments.reconcile(AT());
  expect([await issue(), await issue()]).toEqual([1, 0]);
  const [receipt, note] = await receipts();
  expect(receipt).toMatchObject({
    kind: 'receipt',
    totalMinor: 10_000,
    paid: { method: 'card', card: { brand: 'visa', last4: '4242' }, providerId: topUp.paymentId },
    entry: { key: `topup:${topUp.id}` },
    origin: ORIGIN,
  });
  expect(await ledger().entry(whose().workspace, receipt!.entry.key)).toMatchObject({ reference: 'R-7F3K2Q' });
  expect(note).toMatchObject({
    kind: 'creditNote',
    totalMinor: 2_500,
    corrects: { label: receipt!.label },
    entry: { key: `refund:${refund.id}` },
  });
  const at = new Date(AT().getTime() + 3_600_000);
  expect((await verifyReceipts({ ledger: ledger() }, { account: whose().account, at })).findings).toEqual([]);
});

test('a dispute has a credit note once it is lost, and none where it is won', async () => {
  await saveCard();
  const paid = [await charge('click_1'), await charge('click_2')].map(({ topUp }) => topUp.paymentId!);
  const [lost, won] = paid.map((payment) => sandbox().dispute(payment));
  await sandbox().webhooks.deliver();
  expect(await issue()).toBe(2);
  sandbox().closeDispute(lost!.id, false);
  sandbox().closeDispute(won!.id, true);
  await sandbox().webhooks.deliver();
  expect(await issue()).toBe(1);
  expect((await receipts()).at(-1)).toMatchObject({ kind: 'creditNote', reason: 'dispute', totalMinor: 10_000 });
});

test('what was paid on the page says so', async () => {
  const { topUp } = await ask();
  sandbox().pay(topUp.checkoutId!, GOOD_CARD);
  await sandbox().webhooks.deliver();
  expect(await issue()).toBe(1);
  expect((await receipts())[0]).toMatchObject({ paid: { method: 'page' } });
});

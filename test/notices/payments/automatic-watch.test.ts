import { beforeEach, expect, test } from '@jest/globals';
import { createLog } from '../../../src/log.js';
import { type AutomaticWatch, createAutomaticWatch } from '../../../src/notices/payments/automatic-watch.js';
import { createKey } from '../../../src/usage/keys.js';
import { usageRoutes } from '../../../src/usage/routes.js';
import { useProduct } from '../../payments/harness.js';
import {
  at,
  BELOW,
  CARDS,
  company,
  expectCharged,
  has,
  ledger,
  payments,
  saveCard,
  set,
  told,
  useAutomaticPayments,
} from '../../payments/automatic/world.js';

useAutomaticPayments();

const PEPPER = 'pepper';
const log = createLog({ level: 'silent' });
let watch: AutomaticWatch;
let nudges = 0;

const api = useProduct(
  (app) =>
    void app.use(
      '/v1',
      usageRoutes({
        ledger: ledger(),
        pepper: PEPPER,
        log,
        publicUrl: 'https://bot.test',
        onEntries: (workspace) => watch.spent(workspace),
      }),
    ),
);

beforeEach(() => {
  nudges = 0;
  const onTold = () => void nudges++;
  watch = createAutomaticWatch({ ledger: ledger(), payments, log, onTold, now: at });
});

async function report(path: string, body: object): Promise<number> {
  const { account, marketing, olivia } = company;
  const of = { account: account.id, workspace: marketing.id, by: olivia.id, at: at() };
  const { secretOnce } = await createKey({ ...of, name: 'Engine', scopes: ['usage:write'], pepper: PEPPER });
  const response = await fetch(`${api()}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretOnce}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status;
}

test.each([
  ['usage/events', { events: [{ id: 'e1', item: 'sms', amountMinor: 9_000 }] }],
  ['holds', { id: 'h1', amountMinor: 9_000 }],
])('what the engine reports to /v1/%s is topped up at once, without a sweep', async (path, body) => {
  saveCard(CARDS.good);
  await has(10_000);
  await set({ below: BELOW });
  expect(await report(path, body)).toBe(200);
  await watch.stop();
  await expectCharged(5_000);
});

test('what falls due because somebody set it is made at once, and the outbox hears of what was told', async () => {
  await has(1_000);
  await set({ below: BELOW });
  watch.nudge();
  await watch.stop();
  expect(nudges).toBe(1);
  expect((await told()).join('\n')).toContain('no card is saved');
});

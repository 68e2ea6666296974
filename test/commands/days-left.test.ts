import { expect, test } from '@jest/globals';
import { NOW, OLIVIA } from '../support/acme.js';
import { said, useOffice } from './harness.js';

const office = useOffice();
const DAY_MS = 86_400_000;

test('the list and the home card tell how long a balance lasts, once there are days to tell it by', async () => {
  const { services, acme } = office();
  const wallet = acme.marketing.id;
  const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
  const topUp = { wallet, key: 'topup:t1', kind: 'topup', contra: 'provider', amountMinor: 10_000 } as const;
  await services.ledger.post({ ...topUp, at: NOW });
  expect(said(await office().type(OLIVIA, 'list'))).toContain('- Marketing (active) · £100.00 · primary owner');
  for (const days of [0, 1, 2, 3, 4]) {
    const usage = { wallet, key: `u:${days}`, kind: 'usage', contra: 'revenue', amountMinor: -1_000 } as const;
    await services.ledger.post({ ...usage, at: day(days) });
  }
  office().at = day(4.1);
  const line = '- Marketing (active) · £50.00 · about 5 days left · primary owner';
  expect(said(await office().type(OLIVIA, 'list'))).toContain(line);
  expect(said(await office().type(OLIVIA, ''))).toContain(line);
  expect(said(await office().type(OLIVIA, ''))).toContain('- Support · £0.00 · primary owner');
});

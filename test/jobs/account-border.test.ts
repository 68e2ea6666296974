import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { COMMANDS } from '../../src/commands/registry.js';
import { allSweeps } from '../../src/jobs/sweeps.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { createAlertWatch } from '../../src/notices/alerts/alert-watch.js';
import { createAutomaticWatch } from '../../src/notices/payments/automatic-watch.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { setAutomatic } from '../../src/payments/automatic/settings.js';
import { createPayments } from '../../src/payments/payments.js';
import type { PaymentProvider } from '../../src/payments/provider.js';
import { MAX, MIA, OLIVIA } from '../support/acme.js';
import { SWEEP_COMMANDS } from '../support/system-commands.js';
import { useTenantSpy } from '../support/tenant-spy.js';
import { SELLER } from '../payments/receipts/samples.js';
import { useOffice } from '../commands/harness.js';
import { scriptedPoster } from '../notices/scripted-poster.js';

const spy = useTenantSpy();
const office = useOffice();
const log = { warn: () => undefined, error: () => undefined };

test('only the named sweeps look over the border of an account', async () => {
  const db = mongoose.connection.db!;
  const { ledger } = office().services;
  const { marketing, olivia } = office().acme;
  const dispatcher = createDispatcher({ posters: [scriptedPoster()], log });
  const provider: Partial<PaymentProvider> = { livemode: false, events: async () => [], movements: async () => [] };
  const payments = createPayments({
    provider: provider as PaymentProvider,
    ledger,
    publicUrl: 'https://bot.test',
    log,
  });
  const alerts = createAlertWatch({ ledger, log, onDerived: () => dispatcher.nudge() });
  const automatic = createAutomaticWatch({ ledger, payments, log, onTold: () => dispatcher.nudge() });
  const desk = { services: office().services, commands: COMMANDS };
  const issuing = { seller: SELLER, ledger, log };
  const sweeps = allSweeps({
    db,
    dispatcher,
    webhooks: office().webhooks.dispatcher,
    alerts,
    automatic,
    payments,
    issuing,
    ledger: createLedger(db),
    pictureOf: office().services.pictureOf,
    desk,
    log,
  });

  await office().type(MIA, 'invite ', { person: MAX });
  await office().type(OLIVIA, 'invite nina@acme.com');
  const money = { wallet: marketing.id, at: office().at };
  await ledger.post({
    ...money,
    key: 'topup:1',
    kind: 'topup',
    amountMinor: 10_000,
    contra: 'provider',
    person: olivia.id,
  });
  await ledger.post({ ...money, key: 'u:1', kind: 'usage', amountMinor: -9_000, contra: 'revenue' });
  const below = { belowMinor: 2_000, addMinor: 5_000 };
  await setAutomatic({ workspace: marketing, by: olivia.id, at: office().at, below });
  const hold = { wallet: marketing.id, hold: '1', amountMinor: 10, at: office().at };
  await createLedger(db).reserve({ ...hold, expiresAt: new Date(office().at.getTime() + 60_000) });

  const muchLater = new Date(office().at.getTime() + 40 * 86_400_000);
  for (const at of [office().at, muchLater]) {
    for (const sweep of sweeps) await spy.during(() => sweep.run({ at, timeIsUp: () => false }));
  }
  await dispatcher.stop();
  expect(spy.strays()).toEqual(Object.values(SWEEP_COMMANDS).flat().toSorted());
});

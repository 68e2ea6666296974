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
import { useTenantSpy } from '../support/tenant-spy.js';
import { SELLER } from '../payments/receipts/samples.js';
import { useOffice } from '../commands/harness.js';
import { scriptedPoster } from '../notices/scripted-poster.js';

const spy = useTenantSpy();
const office = useOffice();
const log = { warn: () => undefined, error: () => undefined };

/**
 * The system's sweeps look through every account: each of their commands that names none, by what it looks for. What
 * they find they go on with inside its account. Nothing that people ask for may be in this list.
 */
const OVER_ALL_ACCOUNTS = {
  alerts: ['cursors.find _id', 'cursors.update _id', 'entries.find alert.at', 'workspaces.find _id'],
  outbox: ['outbox.find state, dueAt', 'outbox.find state, dueAt, lane', 'outbox.find state, leaseUntil'],
  expiries: ['invitations.find state, expiresAt', 'requests.find state, expiresAt'],
  reminders: ['requests.find state, nextStepAt'],
  approved: ['requests.find state, decidedAt, result'],
  ledger: ['entries.find s', 'ledgerOpenHolds.find expiresAt'],
  verify: ['entries.find ', 'entries.find $or', 'ledgerRounds.find _id', 'ledgerRounds.update _id'],
  automatic: ['automatic_payments.find checkAt'],
  receipts: ['payment_reversals.find receipt, kind', 'top_ups.find state, receipt'],
  topUps: [
    'top_ups.aggregate state, createdAt',
    'top_ups.aggregate state, method, needsCardholder, charge.chosenAt',
    'top_ups.find $or, told',
    'top_ups.find state',
    'top_ups.find state, settledAt',
  ],
  payments: [
    'payment_cursors.find _id',
    'payment_cursors.update _id',
    'payment_events.find _id',
    'payment_suspense.aggregate resolvedAt',
    'payment_reversals.find told',
    'payment_suspense.find told',
  ],
  transfers: ['transfers.find state, askedAt', 'transfers.find told'],
  webhooks: ['webhook_deliveries.find state, dueAt', 'webhook_deliveries.update state, leaseUntil'],
  campaigns: ['campaigns.find state, askedAt', 'campaigns.find told'],
  keyAges: ['policies.find values.keyMaxAgeDays'],
  meetings: ['policies.find values.meetingRetentionDays'],
  handovers: ['handovers.find state, expiresAt', 'payment_customers.find former'],
  continuity: ['accounts.find ', 'continuity.find state'],
  summaries: ['summary_schedules.distinct _id', 'summary_schedules.find dueAt', 'workspaces.find '],
};

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
  expect(spy.strays()).toEqual(Object.values(OVER_ALL_ACCOUNTS).flat().toSorted());
});

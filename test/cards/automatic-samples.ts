import { automaticTopUpForm, rechargeForm } from '../../src/cards/payments/automatic-forms.js';
import {
  type AutomaticFacts,
  automaticCard,
  automaticConfirmCard,
  automaticNeedsCardCard,
} from '../../src/cards/payments/automatic-card.js';
import {
  automaticAddedCard,
  automaticChangedCard,
  automaticDeclinedCard,
  automaticMaximumCard,
  automaticStoppedCard,
  rechargeMissedCard,
} from '../../src/cards/payments/automatic-notice-cards.js';
import type { Card, Form } from '../../src/cards/card.js';
import { press } from '../../src/cards/parts.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 1_840 };
const zone = 'Europe/London';
const on = (at: string) => new Date(at);
const below = { belowMinor: 2_000, addMinor: 5_000, monthlyMaxMinor: 20_000 };
const monthly = { amountMinor: 10_000, day: 31 };
const primaryOwner = { set: true, ask: false, pause: true };
const admin = { set: false, ask: true, pause: true };
const member = { set: false, ask: false, pause: false };
const turnOn = press('Turn on', 'auto', { what: 'topup', below: '20', add: '50', sure: true }, { style: 'primary' });
const owners = ['Olivia'];

const state = (facts: Partial<AutomaticFacts>) =>
  automaticCard({
    about,
    zone,
    below,
    monthly,
    addedThisMonthMinor: 10_000,
    rechargeAt: on('2026-11-30T09:00:00Z'),
    may: primaryOwner,
    ...facts,
  });
const declined = {
  about,
  owners,
  kind: 'below' as const,
  amountMinor: 5_000,
  code: 'insufficient_funds',
  nextTryAt: on('2026-11-16T10:00:00Z'),
  zone,
};
const stopped = { about, owners, amountMinor: 5_000 };
const url = 'https://pay.test/1';

/** How automatic payments stand, and what people hear of them. */
export const AUTOMATIC_SAMPLES: readonly Card[] = [
  automaticCard({ about, zone, may: primaryOwner }),
  automaticCard({ about, zone, may: member }),
  state({}),
  state({ may: member, chargingMinor: 5_000 }),
  state({ backingOff: { code: 'generic_decline', nextTryAt: declined.nextTryAt, triesLeft: 1 } }),
  state({ may: admin, paused: { why: 'person', by: 'Adam' } }),
  state({ paused: { why: 'declined', code: 'insufficient_funds' } }),
  state({ paused: { why: 'cardRefused', code: 'lost_card' } }),
  state({ paused: { why: 'cardholder', code: 'authentication_required' } }),
  state({ paused: { why: 'noCard' } }),
  state({ paused: { why: 'setAside', code: 'set_aside' } }),
  state({ paused: { why: 'wentBack' } }),
  automaticConfirmCard({ about, rules: { below }, card: 'Visa ···4242', nowMinor: 5_000, zone, turnOn }),
  automaticConfirmCard({
    about,
    rules: { monthly: { amountMinor: 10_000, day: 30 } },
    card: 'Mastercard ···4444',
    firstAt: on('2026-11-30T09:00:00Z'),
    zone,
    turnOn,
  }),
  automaticConfirmCard({
    about,
    rules: { below: { belowMinor: 2_000, addMinor: 5_000 } },
    card: 'Visa ···4242',
    zone,
    turnOn,
  }),
  automaticNeedsCardCard({ about, amountMinor: 5_000, go: turnOn }),
  automaticAddedCard({ about: { ...about, balanceMinor: 6_840 }, amountMinor: 5_000, kind: 'below' }),
  automaticAddedCard({ about: { ...about, balanceMinor: 16_840 }, amountMinor: 10_000, kind: 'monthly' }),
  automaticDeclinedCard({ ...declined, reader: 'channel', triesLeft: 3 }),
  automaticDeclinedCard({ ...declined, reader: 'primaryOwner', kind: 'monthly', code: 'do_not_honor', triesLeft: 1 }),
  automaticStoppedCard({ ...stopped, reader: 'channel', why: 'declined', code: 'insufficient_funds' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'declined', code: 'insufficient_funds' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'cardRefused', code: 'expired_card' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'cardholder', code: 'authentication_required', url }),
  automaticStoppedCard({ ...stopped, reader: 'channel', why: 'noCard' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'noCard' }),
  automaticStoppedCard({ ...stopped, reader: 'channel', why: 'setAside' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'setAside' }),
  automaticStoppedCard({ ...stopped, reader: 'channel', why: 'wentBack' }),
  automaticStoppedCard({ ...stopped, reader: 'primaryOwner', why: 'wentBack' }),
  automaticMaximumCard({
    about,
    owners,
    reader: 'channel',
    maximumMinor: 20_000,
    belowMinor: 2_000,
    againAt: on('2026-12-01T00:00:00Z'),
    zone,
  }),
  automaticMaximumCard({
    about,
    owners,
    reader: 'primaryOwner',
    maximumMinor: 20_000,
    belowMinor: 2_000,
    againAt: on('2026-12-01T00:00:00Z'),
    zone,
  }),
  rechargeMissedCard({
    about,
    owners,
    reader: 'channel',
    amountMinor: 10_000,
    dueAt: on('2026-10-31T09:00:00Z'),
    nextAt: on('2026-11-30T09:00:00Z'),
    zone,
  }),
  automaticChangedCard({ about, by: 'Olivia', change: 'on', rules: { below, monthly } }),
  automaticChangedCard({ about, by: 'Adam', change: 'paused', rules: { below } }),
  automaticChangedCard({ about, by: 'Adam', change: 'resumed', rules: { below } }),
  automaticChangedCard({ about, by: 'Olivia', change: 'off', rules: {} }),
  automaticChangedCard({ about, change: 'resumedByCard', rules: { monthly: { amountMinor: 10_000, day: 5 } } }),
];

export const AUTOMATIC_FORMS: readonly Form[] = [
  automaticTopUpForm({ about, now: undefined, typed: {}, sets: true }),
  automaticTopUpForm({ about, now: { below, monthly }, typed: { add: '75' }, sets: false }),
  rechargeForm({ about, now: undefined, typed: {}, sets: true }),
  rechargeForm({ about, now: { below, monthly }, typed: {}, sets: false }),
];

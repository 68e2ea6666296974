import type { Card, Form } from '../../src/cards/card.js';
import { rescueCard } from '../../src/cards/balance/rescue-card.js';
import { type AlertFacts, alertCard, alertOverCard, allClearCard } from '../../src/cards/notices/alert-card.js';
import { alertGroupCard } from '../../src/cards/notices/alert-group-card.js';
import {
  type AlertSettingsFacts,
  alertsCard,
  alertsForm,
  directForm,
  quietForm,
} from '../../src/cards/notices/alert-settings-card.js';
import { type AlertEvent, alertStoryCard } from '../../src/cards/notices/alert-story-cards.js';
import { noAlertCard, snoozedCard, snoozeEndedCard, snoozeForm } from '../../src/cards/notices/snooze-cards.js';
import { unusualSpendCard } from '../../src/cards/notices/unusual-spend-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 1_840 };
const zone = 'Europe/London';
const until = '2026-11-17T09:00:00.000Z';
const facts: AlertFacts = {
  about,
  level: 'low',
  under: { percent: 20 },
  lasts: { kind: 'tooNew' },
  zone,
  resources: [
    ['Spring sale', 6_000],
    ['Newsletter', 2_160],
  ],
  owners: ['Olivia'],
};
const days = {
  kind: 'days' as const,
  perDayMinor: 612,
  usualPerDayMinor: 612,
  lastDayMinor: 950,
  daysLeft: 3,
  leastDays: 2,
  mostDays: 4,
  runsOutOn: new Date('2026-11-19T00:00:00Z'),
  confidence: 'fair' as const,
};
const settings: AlertSettingsFacts = {
  about,
  thresholds: { lowPercent: 20, criticalPercent: 10 },
  days: { low: 5, critical: 2 },
  zone,
  directPerDay: 10,
  changed: false,
  mayChange: true,
};
const reaction = { kind: 'onItsWay' as const, by: 'Olivia', amountMinor: 10_000 };
const EVENTS: readonly AlertEvent[] = [
  { kind: 'snoozed', by: 'Adam', until, why: 'The invoice is paid on Friday' },
  { kind: 'woken', by: 'Olivia' },
  { kind: 'reaction', reaction },
  { kind: 'escalated', to: ['Olivia', 'Otto'] },
  { kind: 'clear' },
];
const low = (name: string, more: object = {}) => ({
  ...{ workspace: `ws_${name}`, name, currency: 'GBP', level: 'low' as const, balanceMinor: 1_000 },
  ...more,
});

/** What a channel is told while a balance runs low, and what people do about it. */
export const ALERT_SAMPLES: readonly Card[] = [
  alertCard(facts),
  alertCard({ ...facts, under: { minor: 2_000 }, siblings: true, reaction: { ...reaction, kind: 'asked', by: 'Mia' } }),
  alertCard({
    ...facts,
    level: 'critical',
    under: { percent: 10 },
    lasts: days,
    automatic: 'adds £50.00 below £20.00, but is paused',
    snoozed: { by: 'Adam', until, why: 'The invoice is paid on Friday' },
  }),
  alertCard({ ...facts, level: 'critical', lasts: days, escalated: true, siblings: true }),
  alertCard({ ...facts, lasts: { ...days, daysLeft: 9, leastDays: 5, mostDays: 16, confidence: 'rough' } }),
  alertCard({ ...facts, lasts: { ...days, daysLeft: 366, leastDays: 300, mostDays: 366 } }),
  alertOverCard(about),
  alertCard({
    ...facts,
    about: { ...about, balanceMinor: 0 },
    level: 'empty',
    lasts: { kind: 'idle' },
    heldMinor: 1_200,
    reaction,
  }),
  allClearCard({
    about: { ...about, balanceMinor: 11_840 },
    added: { how: 'added', by: 'Olivia', amountMinor: 10_000 },
  }),
  allClearCard({
    about: { ...about, balanceMinor: 6_840 },
    added: { how: 'moved', by: 'Olivia', amountMinor: 5_000 },
  }),
  ...EVENTS.map((event) => alertStoryCard({ about, zone, event })),
  alertGroupCard([
    low('Ops'),
    low('Sales', {
      level: 'critical',
      daysLeft: 1,
      doing: 'Olivia is paying £100.00. Snoozed by Adam.',
      snoozed: true,
    }),
    low('Labs', { daysLeft: 366 }),
    low('Old', { level: 'ok', disabled: true }),
    low('Care', { level: 'empty', balanceMinor: 0 }),
    low('Support', { level: 'ok', balanceMinor: 10_000 }),
  ]),
  alertGroupCard(Array.from({ length: 12 }, (_, index) => low(`Shop ${index + 1}`))),
  unusualSpendCard({
    about: { ...about, balanceMinor: 11_840 },
    spentMinor: 9_000,
    usualMinor: 1_200,
    mostly: { resource: 'Spring sale', minor: 8_100 },
  }),
  alertsCard(settings),
  alertsCard({ ...settings, quiet: { from: '22:00', to: '07:00' }, directPerDay: 0, changed: true, mayChange: false }),
  snoozedCard({ about, until, zone, why: 'The invoice is paid on Friday' }),
  snoozeEndedCard(about),
  noAlertCard(about),
  rescueCard({
    about,
    daysLeft: 3,
    offers: [
      {
        from: { ...about, id: 'ws_2', name: 'Support', balanceMinor: 89_000 },
        amountMinor: 8_100,
        asks: false,
        daysThere: 80,
        daysHere: 16,
      },
      {
        from: { ...about, id: 'ws_3', name: 'Ops', balanceMinor: 20_000 },
        amountMinor: 5_000,
        asks: true,
      },
    ],
  }),
  rescueCard({ about, offers: [] }),
  rescueCard({ about, daysLeft: 40, offers: [], needs: 'nothing' }),
  rescueCard({ about, offers: [], needs: 'unknown' }),
];

/** What alerts ask for. */
export const ALERT_FORMS: readonly Form[] = [
  alertsForm({ id: 'ws_1', name: 'Marketing' }, { now: '20% or 5 days' }),
  alertsForm({ id: 'ws_1', name: 'Marketing' }, { now: '30% or 5 days', typed: '10%' }),
  quietForm({ id: 'ws_1', name: 'Marketing' }, { now: '22:00-07:00' }),
  quietForm({ id: 'ws_1', name: 'Marketing' }, { now: 'off', typed: '20:00-8:00' }),
  directForm({ id: 'ws_1', name: 'Marketing' }, 10),
  snoozeForm({ about }),
  snoozeForm({ about, until: '4h' }),
];

import { quantityForm } from '../../src/cards/forecast/forecast-card.js';
import { topUpForm } from '../../src/cards/balance/top-up-form.js';
import { balanceCard, insertedBalanceCard, payCard, toppedUpCard } from '../../src/cards/balance/balance-card.js';
import { type BalanceRow, balancesCard } from '../../src/cards/balance/balances-card.js';
import { entryCard, entryForm } from '../../src/cards/balance/entry-card.js';
import { historyCard, type HistoryLine } from '../../src/cards/balance/ledger-cards.js';
import type { Card, Form } from '../../src/cards/card.js';
import { downloadCard } from '../../src/cards/download-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

const spring: HistoryLine = {
  sequence: 3,
  at: '2026-11-16T09:00:00.000Z',
  kind: 'usage',
  what: 'Spring sale',
  amountMinor: -8_160,
  balanceMinor: 11_840,
};

const row = { currency: 'GBP', level: 'ok', disabled: false } as const;
const balances: readonly BalanceRow[] = [
  { ...row, name: 'Ops', balanceMinor: 0, level: 'empty', daysLeft: 0 },
  { ...row, name: 'Sales', balanceMinor: 310, level: 'low', daysLeft: 2 },
  { ...row, name: 'Marketing', balanceMinor: 11_840, daysLeft: 366 },
  { ...row, name: 'Berlin', balanceMinor: 4_000, currency: 'EUR', disabled: true },
];

/** What is left, and where it went. */
export const BALANCE_SAMPLES: readonly Card[] = [
  balanceCard({ about: { ...about, balanceMinor: 1_840 }, heldMinor: 500, level: 'low' }, { asked: 'C0MARK' }),
  balanceCard({ about, heldMinor: 0, level: 'ok' }, {}),
  balanceCard({ about, heldMinor: 0, level: 'ok' }, { shared: { by: 'Mia' } }),
  insertedBalanceCard({ about: { ...about, balanceMinor: 1_840 }, heldMinor: 0, level: 'low' }, 'Mia'),
  balancesCard({ about, rows: balances, total: 4, offset: 0, pageSize: 20 }),
  balancesCard({ about, rows: balances.slice(2, 3), total: 1, offset: 0, pageSize: 20 }),
  balancesCard({ about, rows: balances, total: 302, offset: 20, pageSize: 20 }),
  payCard({ about, amountMinor: 10_000, url: 'https://pay.test/1' }),
  toppedUpCard({ about: { ...about, balanceMinor: 10_000 }, amountMinor: 10_000 }),
  historyCard({
    about,
    zone,
    lines: [spring],
    older: 3,
    filter: {},
  }),
  downloadCard({
    about,
    what: 'The entries of Marketing are ready as CSV, all of them, oldest first.',
    url: 'https://bot.test/download/1',
  }),
  entryCard({
    about,
    zone,
    entry: {
      sequence: 3,
      at: '2026-11-16T09:00:00.000Z',
      kind: 'refund',
      amountMinor: -2_500,
      balanceMinor: 7_500,
      heldMinor: 500,
      key: 'refund:re_1',
      person: 'Olivia',
      cause: '#marketing in Slack, reference R-7F3K2Q',
      reverses: { sequence: 2 },
      receipt: { id: 'rc_2', label: 'K3F9QZ-000002' },
    },
  }),
  historyCard({
    about,
    zone,
    lines: [],
    filter: { kind: 'transfer', days: 30 },
    filterWords: 'Only: Transfer, the last 30 days.',
  }),
];

export const BALANCE_FORMS: readonly Form[] = [
  quantityForm({ about, items: ['sms', 'whatsapp'], quantity: '5000' }),
  topUpForm({ about, kept: {}, pays: true, suggestedMinor: 10_000 }),
  topUpForm({ about, kept: { ask: true }, pays: false, suggestedMinor: undefined }),
  entryForm({ about, zone, lines: [spring, { ...spring, sequence: 2, amountMinor: 20_000 }], filter: { days: 30 } }),
];

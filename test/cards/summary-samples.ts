import {
  accountCharts,
  accountSummaryCard,
  type AccountSummaryFacts,
} from '../../src/cards/summaries/account-summary-card.js';
import type { Card } from '../../src/cards/card.js';
import { summaryCard } from '../../src/cards/summaries/summary-card.js';
import { summaryCharts } from '../../src/cards/summaries/summary-charts.js';
import type { SummaryFacts } from '../../src/cards/summaries/summary-facts.js';
import { usageCard } from '../../src/cards/summaries/usage-card.js';

const SPENT = [0, 0, 180, 240, 310, 90, 60, 260, 330, 290, 350, 240, 80, 70, 310, 360, 1_450, 380, 420, 110, 90, 390];

const november: SummaryFacts = {
  about: { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 },
  period: '2026-11',
  month: 'November',
  running: false,
  openingMinor: 0,
  inMinor: 20_000,
  outMinor: 8_160,
  closingMinor: 11_840,
  spentMinor: 8_160,
  perDayMinor: 272,
  flows: [{ kind: 'topup', minor: 20_000 }],
  byResource: [
    ['Spring sale', 4_300],
    ['Newsletter', 2_160],
    ['Reminders', 900],
    ['Welcome series', 500],
    ['Surveys', 200],
    ['Password codes', 70],
    ['Outage notices', 30],
  ],
  days: Array.from({ length: 30 }, (_, day) => ({
    label: String(day + 1),
    name: `${day + 1} November`,
    minor: SPENT[day] ?? 269,
  })),
  change: {
    than: 'October',
    beforeMinor: 6_800,
    causes: [
      { name: 'Spring sale', minor: 1_900, only: 'now' },
      { name: 'Newsletter', minor: -400 },
      { name: 'Autumn sale', minor: -210, only: 'then' },
    ],
  },
  lasts: { kind: 'days', daysLeft: 43, leastDays: 38, mostDays: 50, confidence: 'fair' },
  licences: { standard: 3, pro: 1 },
};

/** The story's first month: one day of spending, in a workspace of some days. */
const storys: SummaryFacts = {
  about: november.about,
  ...{ period: '2026-11', month: 'November', running: false },
  ...{ openingMinor: 0, inMinor: 20_000, outMinor: 8_160, closingMinor: 11_840, spentMinor: 8_160, perDayMinor: 907 },
  flows: [{ kind: 'topup', minor: 20_000 }],
  byResource: [
    ['Spring sale', 6_000],
    ['Newsletter', 2_160],
  ],
  days: Array.from({ length: 9 }, (_, day) => ({
    label: String(day + 22),
    name: `${day + 22} November`,
    minor: day === 0 ? 8_160 : 0,
  })),
  lasts: { kind: 'tooNew' },
  licences: { standard: 4, pro: 0 },
};

const quiet: SummaryFacts = {
  ...storys,
  ...{ openingMinor: 11_840, inMinor: 0, outMinor: 3_000, closingMinor: 8_840, spentMinor: 0, perDayMinor: 0 },
  flows: [{ kind: 'transfer', minor: -3_000 }],
  byResource: [],
  days: storys.days.map((day) => ({ ...day, minor: 0 })),
  change: { than: 'October', beforeMinor: 0, causes: [] },
  lasts: { kind: 'idle' },
};

const drawnOf = (facts: SummaryFacts) => ({
  charts: summaryCharts(facts),
  picture: 'https://bot.test/picture/drawn.png',
});

const acme: AccountSummaryFacts = {
  account: 'Acme',
  period: '2026-11',
  month: 'November',
  running: false,
  workspaces: [
    { ...month('Sales', 21_400), beforeMinor: 17_000, lasts: november.lasts },
    { ...month('Marketing', 8_160), beforeMinor: 6_800, lasts: november.lasts },
    { ...month('Support', 600), beforeMinor: 600, lasts: { kind: 'idle' } },
    { ...month('Labs', 0), lasts: { kind: 'tooNew' } },
  ],
  members: 14,
  missing: [],
  earlier: { period: '2026-10', label: 'October' },
};

function month(name: string, spentMinor: number) {
  return { name, currency: 'GBP', spentMinor, balanceMinor: 11_840 };
}

const drawnOfAccount = (facts: AccountSummaryFacts) => ({
  charts: accountCharts(facts),
  picture: 'https://bot.test/picture/drawn.png',
});

/** What a month came to. */
export const SUMMARY_SAMPLES: readonly Card[] = [
  summaryCard(november, drawnOf(november)),
  summaryCard(storys, drawnOf(storys)),
  summaryCard(quiet, drawnOf(quiet)),
  usageCard({ ...november, running: true }, drawnOf(november), {
    people: [
      ['Adam', 6_160],
      ['Mia', 2_000],
    ],
    months: [{ month: '2026-10', label: 'October' }],
  }),
  usageCard(
    storys,
    { charts: summaryCharts(storys) },
    { ownMinor: 1_200, months: [{ month: '2026-12', label: 'December so far' }] },
  ),
  accountSummaryCard(acme, drawnOfAccount(acme)),
];

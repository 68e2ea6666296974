import { type AlertFacts, alertCard, allClearCard } from '../../src/cards/notices/alert-card.js';
import type { Card } from '../../src/cards/card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 1_840 };
const facts: AlertFacts = {
  about,
  level: 'low',
  under: { percent: 20 },
  lasts: { kind: 'tooNew' },
  zone: 'Europe/London',
  resources: [
    ['Spring sale', 6_000],
    ['Newsletter', 2_160],
  ],
  owners: ['Olivia'],
};

/** What the channel is told of the balance and the month. */
export const NOTICE_SAMPLES: readonly Card[] = [
  alertCard(facts),
  alertCard({
    ...facts,
    level: 'critical',
    under: { minor: 2_000 },
    lasts: {
      kind: 'days',
      perDayMinor: 612,
      lastDayMinor: 950,
      daysLeft: 3,
      runsOutOn: new Date('2026-11-19T00:00:00Z'),
    },
    automatic: 'adds £50.00 below £20.00, but is paused',
  }),
  alertCard({ ...facts, about: { ...about, balanceMinor: 0 }, level: 'empty', lasts: { kind: 'idle' } }),
  allClearCard({ about: { ...about, balanceMinor: 11_840 }, added: { by: 'Olivia', amountMinor: 10_000 } }),
];

import type { Card } from '../../src/cards/card.js';
import type { Forecast } from '../../src/forecast/forecast.js';
import { forecastCard, quantityCard } from '../../src/cards/forecast/forecast-card.js';
import { whyCard } from '../../src/cards/forecast/why-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

const lasts: Extract<Forecast, { kind: 'days' }> = {
  kind: 'days',
  perDayMinor: 1_250,
  usualPerDayMinor: 1_100,
  lastDayMinor: 2_040,
  daysLeft: 9,
  leastDays: 7,
  mostDays: 11,
  runsOutOn: new Date('2026-11-25T12:00:00.000Z'),
  confidence: 'fair',
};

/** How long a balance lasts, and how it came to be what it is. */
export const FORECAST_SAMPLES: readonly Card[] = [
  forecastCard({ about, lasts, zone, automatic: 'tops up £50.00 below £20.00' }),
  forecastCard({
    about: { ...about, balanceMinor: 1_840 },
    lasts: {
      ...{ ...lasts, daysLeft: 1, leastDays: 0, mostDays: 4, confidence: 'rough' },
      runsOutOn: new Date('2026-11-17T12:00:00.000Z'),
    },
    zone,
  }),
  forecastCard({ about, lasts: { kind: 'tooNew' }, zone }),
  forecastCard({ about, lasts: { kind: 'idle' }, zone }),
  quantityCard({
    about,
    availableMinor: 11_340,
    item: 'sms',
    quantity: 5_000,
    costMinor: 3_750,
    now: lasts,
    after: { ...lasts, daysLeft: 6 },
  }),
  quantityCard({
    about: { ...about, balanceMinor: 1_840 },
    availableMinor: 1_840,
    item: 'sms',
    quantity: 5_000,
    costMinor: 3_750,
    now: lasts,
    after: { kind: 'tooNew' },
  }),
  whyCard({
    about,
    openingMinor: 4_000,
    causes: [
      { kind: 'topup', changeMinor: 20_000 },
      { kind: 'usage', resource: 'Spring sale', changeMinor: -6_000 },
      { kind: 'usage', resource: 'Newsletter', changeMinor: -2_160 },
      { kind: 'usage', changeMinor: -1_000, others: 3 },
      { kind: 'transfer', changeMinor: -3_000 },
    ],
    since: { is: 'look' },
    from: '2026-11-14T09:10:00.000Z',
    zone,
    people: [
      ['Mia', 6_500],
      ['Adam', 2_660],
    ],
  }),
  whyCard({
    about: { ...about, balanceMinor: -500 },
    openingMinor: 1_000,
    causes: [
      { kind: 'usage', resource: 'Spring sale', changeMinor: -400 },
      { kind: 'dispute', changeMinor: -1_100 },
    ],
    since: { is: 'days', days: 7 },
    from: '2026-11-09T09:10:00.000Z',
    zone,
    ownMinor: 400,
  }),
  whyCard({
    about,
    openingMinor: 11_840,
    causes: [],
    since: { is: 'look' },
    from: '2026-11-14T09:10:00.000Z',
    zone,
  }),
  whyCard(
    {
      about,
      openingMinor: 4_000,
      causes: [
        { kind: 'topup', changeMinor: 20_000 },
        { kind: 'usage', resource: 'Spring sale', changeMinor: -12_160 },
      ],
      since: { is: 'look' },
      from: '2026-11-14T09:10:00.000Z',
      zone,
    },
    { shared: { by: 'Mia' } },
  ),
];

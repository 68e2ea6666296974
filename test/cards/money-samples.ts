import type { Card } from '../../src/cards/card.js';
import { billingCard, portalCard } from '../../src/cards/payments/billing-cards.js';
import {
  askChargeButton,
  cardCapOfferCard,
  chargeChoiceCard,
  chargeProcessingCard,
} from '../../src/cards/payments/charge-cards.js';
import { payCard } from '../../src/cards/balance/balance-card.js';
import { transferDoneCard, transferPreviewCard, transferToldCard } from '../../src/cards/balance/transfer-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 12_000 };
const support = { id: 'ws_2', name: 'Support', currency: 'GBP', balanceMinor: 4_000 };
const card = { brand: 'visa', last4: '4242', expires: { month: 12, year: 2034 } };

const sides = {
  from: { about, afterMinor: 7_000, daysLeft: { now: 12, after: 7 } },
  to: { about: support, afterMinor: 9_000, daysLeft: { now: 4, after: 9 } },
};

const preview = { ...sides, amountMinor: 5_000, key: 'op_1', shown: { leftMinor: 7_000, creditedMinor: 4_000 } };

export const TRANSFER_SAMPLES: readonly Card[] = [
  transferPreviewCard(preview),
  transferPreviewCard({ ...preview, changed: 'from' }),
  transferPreviewCard({ ...preview, changed: 'to' }),
  transferPreviewCard({
    ...preview,
    ask: { whoDoes: 'Owners move balance', names: ['Olivia'] },
  }),
  transferDoneCard({
    from: { ...about, balanceMinor: 7_000 },
    to: { ...support, balanceMinor: 9_000 },
    amountMinor: 5_000,
    undone: false,
    undo: { transfer: 'x1', until: '2026-11-16T09:10:00.000Z', zone: 'Europe/London' },
  }),
  transferDoneCard({ from: about, to: support, amountMinor: 5_000, undone: true }),
  ...(['from', 'to'] as const).flatMap((side) =>
    [false, true].map((undone) =>
      transferToldCard({ about, side, amountMinor: 5_000, other: 'another workspace of Acme', by: 'Olivia', undone }),
    ),
  ),
];

export const CHARGE_SAMPLES: readonly Card[] = [
  chargeChoiceCard({ about, amountMinor: 10_000, card, url: 'https://pay.test/1', key: 'op_1', changed: false }),
  chargeChoiceCard({ about, amountMinor: 10_000, card, url: 'https://pay.test/1', key: 'op_1', changed: true }),
  cardCapOfferCard({ about, amountMinor: 50_000, card, primary: 'Olivia', capMinor: 20_000 }),
  cardCapOfferCard({ about, amountMinor: 50_000, card, primary: 'Olivia' }),
  chargeProcessingCard({ about, amountMinor: 10_000, card }),
  payCard({
    about,
    amountMinor: 10_000,
    url: 'https://pay.test/1',
    instead: askChargeButton(about, 10_000, card),
  }),
  billingCard({ about, card, automatic: 'adds £50.00 below £20.00', paused: false, capMinor: 20_000, receipts: true }),
  billingCard({ about, paused: false, receipts: false }),
  portalCard({ about, url: 'https://portal.test/1' }),
];

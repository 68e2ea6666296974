import type { Card, Form } from '../../src/cards/card.js';
import {
  type ReceiptLine,
  billingDetailsCard,
  billingDetailsForm,
  findReceiptForm,
  receiptCard,
  receiptIssuedCard,
  receiptsCard,
} from '../../src/cards/payments/receipt-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

const receiptLine: ReceiptLine = {
  id: 'rc_1',
  label: 'K3F9QZ-000001',
  kind: 'receipt',
  issuedAt: '2026-11-16T09:01:00.000Z',
  totalMinor: 10_000,
  by: 'Olivia',
};

/** Receipts. */
export const RECEIPT_SAMPLES: readonly Card[] = [
  receiptsCard({
    about,
    zone,
    receipts: [
      { ...receiptLine, id: 'rc_2', label: 'K3F9QZ-000002', kind: 'creditNote', totalMinor: 2_500 },
      receiptLine,
    ],
    month: { asked: '2026-11', words: 'November 2026' },
    older: 1,
    newest: true,
    mayChangeDetails: true,
  }),
  receiptsCard({ about, zone, receipts: [], newest: true, mayChangeDetails: false }),
  receiptsCard({ about, zone, receipts: [receiptLine], search: 'Olivia', newest: true, mayChangeDetails: true }),
  receiptsCard({ about, zone, receipts: [], search: '£75', newest: true, mayChangeDetails: false }),
  receiptCard({
    about,
    zone,
    receipt: {
      ...receiptLine,
      buyer: 'Acme',
      netMinor: 8_333,
      taxes: [{ name: 'VAT', taxMinor: 1_667 }],
      paidWith: 'Visa ending in 4242',
      entry: 2,
      askedIn: '#marketing in Slack, reference R-7F3K2Q',
      related: [{ id: 'rc_2', kind: 'creditNote', label: 'K3F9QZ-000002' }],
      pdf: 'https://bot.test/download/1',
    },
  }),
  receiptIssuedCard({ about: { id: 'ws_1', name: 'Marketing', currency: 'GBP' }, receipt: receiptLine }),
  billingDetailsCard({ about, details: { name: 'Acme Ltd', address: ['1 High Street', 'London'], taxId: 'GB1' } }),
];

export const RECEIPT_FORMS: readonly Form[] = [
  findReceiptForm(about),
  billingDetailsForm({ about, company: 'Acme' }),
  billingDetailsForm({
    about,
    company: 'Acme',
    details: { name: 'Acme Ltd', address: ['1 High Street', 'London'], taxId: 'GB1' },
  }),
];

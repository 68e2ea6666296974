import { formatMoney } from '../../money.js';
import type { Control } from '../../payments/sandbox/control.js';
import type { Dispute, PaymentIntent } from '../../payments/sandbox/objects.js';

interface State {
  label: string;
  sign: 'good' | 'info' | 'warning' | 'bad';
  /** What more there is to know. */
  says?: string;
}

const INTENT: Readonly<Record<PaymentIntent['status'], State>> = {
  requires_payment_method: { label: 'Not paid', sign: 'info' },
  requires_confirmation: { label: 'Not paid', sign: 'info' },
  requires_action: { label: 'The bank asks', sign: 'info' },
  processing: { label: 'On its way', sign: 'info' },
  succeeded: { label: 'Paid', sign: 'good' },
  canceled: { label: 'Cancelled', sign: 'info' },
};
const DISPUTE: Readonly<Record<Dispute['status'], State>> = {
  warning_needs_response: { label: 'Inquired', sign: 'warning', says: 'The bank asks; no money has moved.' },
  warning_closed: { label: 'Paid', sign: 'good', says: 'The inquiry is closed.' },
  needs_response: { label: 'Disputed', sign: 'bad', says: 'The bank has taken the money back for now.' },
  won: { label: 'Dispute won', sign: 'good', says: 'The money is back.' },
  lost: { label: 'Dispute lost', sign: 'bad', says: 'The money is gone for good.' },
};

/** How a payment stands, in words for people. */
export function stateOf({ intent, charge, refunds, dispute }: ReturnType<Control['payments']>[number]): State {
  if (dispute) return DISPUTE[dispute.status];
  if (intent.last_payment_error && intent.status !== 'succeeded')
    return { label: 'Declined', sign: 'bad', says: intent.last_payment_error.message };
  const { amount_refunded: back = 0, currency = 'gbp', refunded = false } = charge ?? {};
  const failed = refunds.some(({ status }) => status === 'failed');
  const says = failed ? { says: 'A refund failed, and the money came back.' } : {};
  if (back === 0) return { ...INTENT[intent.status], ...says };
  if (refunded) return { label: 'Refunded', sign: 'warning', ...says };
  return {
    label: 'Partly refunded',
    sign: 'warning',
    says: `${formatMoney(back, currency.toUpperCase())} was given back.`,
  };
}

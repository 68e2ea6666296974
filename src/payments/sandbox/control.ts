import { decline, succeed } from './charging.js';
import { testCard } from './cards.js';
import { closeDispute, openDispute } from './disputes.js';
import { found } from './endpoints/route.js';
import { badRequest } from './errors.js';
import type { Charge, Dispute, PaymentIntent, PaymentMethod, Refund } from './objects.js';
import { cardRefused, type CardDetails, keep, newPaymentMethod } from './payment-methods.js';
import { endRefunds, refund } from './refunds.js';
import type { Store } from './store.js';

/**
 * What the merchant, the banks and time do by themselves: for tests, and for the sandbox's control page. A payment is named
 * by its payment intent. All throw ApiError where Stripe would refuse.
 */
export interface Control {
  /** Every payment that was tried, newest first. */
  payments(): readonly {
    intent: PaymentIntent;
    charge: Charge | undefined;
    refunds: Refund[];
    dispute: Dispute | undefined;
  }[];
  /** As in Stripe's dashboard; all that is left where no amount (minor units) is given. */
  refund(payment: string, amountMinor?: number): Refund;
  dispute(payment: string, of?: { reason?: string; amountMinor?: number }): Dispute;
  closeDispute(dispute: string, won: boolean): Dispute;
  /** Refunds on their way end now. */
  endRefunds(): void;
  /** So many of the next payments are `processing` until `endPayment`. */
  slowPayments(count: number): void;
  /** How many of the next ones that will be. */
  slowPaymentsLeft(): number;
  endPayment(payment: string, succeeded: boolean): PaymentIntent;
  /** Saves a card as if its holder had added it, and had agreed where their bank asked. */
  saveCard(customer: string, card: CardDetails): PaymentMethod;
}

export function createControl(store: Store): Control {
  /** Kept on disk, whatever came of it. */
  function done<T>(work: () => T): T {
    try {
      return work();
    } finally {
      store.save();
    }
  }
  return {
    payments: () => paymentsOf(store),
    refund: (payment, amountMinor) =>
      done(() => refund(store, chargeOf(store, payment), amountMinor === undefined ? {} : { amount: amountMinor })),
    dispute: (payment, of = {}) =>
      done(() => {
        const { reason = 'fraudulent', amountMinor } = of;
        const amount = amountMinor === undefined ? {} : { amount: amountMinor };
        return openDispute(store, chargeOf(store, payment), { reason, ...amount });
      }),
    closeDispute: (dispute, won) => done(() => closeDispute(store, found(store, 'disputes', dispute), won)),
    endRefunds: () => done(() => endRefunds(store)),
    slowPayments: (count) => done(() => void (store.state.slowPayments = count)),
    slowPaymentsLeft: () => store.state.slowPayments,
    endPayment: (payment, succeeded) => done(() => endPayment(store, payment, succeeded)),
    saveCard: (customer, card) => done(() => saveCard(store, customer, card)),
  };
}

function paymentsOf(store: Store): ReturnType<Control['payments']> {
  const { paymentIntents, charges, refunds, disputes } = store.state;
  return Object.values(paymentIntents)
    .reverse()
    .map((intent) => ({
      intent,
      charge: intent.latest_charge ? charges[intent.latest_charge] : undefined,
      refunds: Object.values(refunds).filter(({ payment_intent }) => payment_intent === intent.id),
      dispute: Object.values(disputes).find(({ payment_intent }) => payment_intent === intent.id),
    }));
}

function chargeOf(store: Store, payment: string): Charge {
  const { latest_charge: latest } = found(store, 'paymentIntents', payment);
  if (!latest) throw badRequest(`This PaymentIntent (${payment}) has no charge.`);
  return found(store, 'charges', latest);
}

function endPayment(store: Store, payment: string, succeeded: boolean): PaymentIntent {
  const intent = found(store, 'paymentIntents', payment);
  if (intent.status !== 'processing') throw badRequest(`This PaymentIntent is ${intent.status}, not processing.`);
  const charge = chargeOf(store, payment);
  const session = Object.values(store.state.sessions).find(({ payment_intent }) => payment_intent === payment);
  const method = found(store, 'paymentMethods', charge.payment_method ?? '');
  if (succeeded) succeed(store, intent, charge);
  else {
    delete store.state.charges[charge.id];
    const { present } = testCard('4000000000000002');
    if (present.kind === 'declined') decline(store, intent, method, present.error);
  }
  if (session && succeeded) session.payment_status = 'paid';
  if (session) store.emit(`checkout.session.async_payment_${succeeded ? 'succeeded' : 'failed'}`, session);
  return intent;
}

function saveCard(store: Store, customer: string, details: CardDetails): PaymentMethod {
  const { id } = found(store, 'customers', customer);
  const { saved } = testCard(details.number);
  if (saved.kind === 'declined') throw cardRefused(saved.error);
  const method = newPaymentMethod(store, details);
  keep(store, method, id, saved.kind === 'authenticate');
  return method;
}

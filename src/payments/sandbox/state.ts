import {
  BLANK_CARD,
  BLANK_CHARGE,
  BLANK_CUSTOMER,
  BLANK_PAYMENT_INTENT,
  BLANK_PAYMENT_METHOD,
  BLANK_SESSION,
} from './blanks.js';
import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Customer,
  Dispute,
  Event,
  Order,
  PaymentIntent,
  PaymentMethod,
  PortalSession,
  Refund,
} from './objects.js';

export interface Delivery {
  event: string;
  tries: number;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** The first answer under an idempotency key, with a hash of what was asked. */
export interface Remembered {
  /** Seconds since 1970. */
  at: number;
  request: string;
  status: number;
  body: unknown;
}

/** What Stripe's objects do not show of a portal session: whether it was opened, and who proves themselves there. */
export interface PortalVisit {
  session: string;
  /** Seconds since 1970. */
  expiresAt: number;
  /** The payment method whose bank asks now. */
  authenticating?: string;
}

/** Everything the sandbox knows, as plain JSON, newest last. */
export interface SandboxState {
  customers: Record<string, Customer>;
  paymentMethods: Record<string, PaymentMethod>;
  paymentIntents: Record<string, PaymentIntent>;
  charges: Record<string, Charge>;
  sessions: Record<string, CheckoutSession>;
  refunds: Record<string, Refund>;
  disputes: Record<string, Dispute>;
  balanceTransactions: Record<string, BalanceTransaction>;
  portalSessions: Record<string, PortalSession>;
  events: Record<string, Event>;
  orders: Record<string, Order>;
  /** By the token in the portal page's address. */
  portalVisits: Record<string, PortalVisit>;
  /** Card numbers by payment method: what a test card does hangs on its number, which Stripe's objects do not show. */
  cardNumbers: Record<string, string>;
  /** Payment methods whose holder proved themselves to the bank when they were saved. */
  proved: string[];
  /** Payment methods that were taken from their customer: they never work again. */
  detached: string[];
  /** Refunds on their way, and how they end at a time (seconds since 1970). */
  refundEnds: Record<string, { status: 'succeeded' | 'failed'; at: number }>;
  /** So many of the next payments do not go through at once: they are `processing` until told how they end. */
  slowPayments: number;
  deliveries: Delivery[];
  idempotency: Record<string, Remembered>;
}

/** What is asked for by id and listed. */
export type Collection =
  | 'customers'
  | 'paymentMethods'
  | 'paymentIntents'
  | 'charges'
  | 'sessions'
  | 'refunds'
  | 'disputes'
  | 'balanceTransactions'
  | 'events';

export function emptyState(): SandboxState {
  return {
    customers: {},
    paymentMethods: {},
    paymentIntents: {},
    charges: {},
    sessions: {},
    refunds: {},
    disputes: {},
    balanceTransactions: {},
    portalSessions: {},
    events: {},
    orders: {},
    portalVisits: {},
    cardNumbers: {},
    proved: [],
    detached: [],
    refundEnds: {},
    slowPayments: 0,
    deliveries: [],
    idempotency: {},
  };
}

/** A state that an older sandbox may have written, with everything that has been added since. */
export function upgraded(written: Partial<SandboxState>): SandboxState {
  const state = { ...emptyState(), ...written };
  for (const customer of Object.values(state.customers)) fill(customer, BLANK_CUSTOMER);
  for (const intent of Object.values(state.paymentIntents)) fill(intent, BLANK_PAYMENT_INTENT);
  for (const session of Object.values(state.sessions)) {
    fill(session, BLANK_SESSION);
    session.ui_mode = 'hosted_page';
  }
  for (const method of Object.values(state.paymentMethods)) {
    fill(method, BLANK_PAYMENT_METHOD);
    fill(method.card, BLANK_CARD);
  }
  for (const charge of Object.values(state.charges)) {
    const method = charge.payment_method ? state.paymentMethods[charge.payment_method] : undefined;
    fill(charge, {
      ...BLANK_CHARGE,
      amount_captured: charge.captured ? charge.amount : 0,
      balance_transaction: null,
      payment_method_details: method ? { type: 'card', card: method.card } : null,
      receipt_number: null,
    });
  }
  return state;
}

/** Puts in what is not there. */
function fill(object: object, blanks: object): void {
  const before: object = { ...object };
  Object.assign(object, blanks, before);
}

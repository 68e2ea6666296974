import { BLANK_PORTAL_FLOW, BLANK_PORTAL_SESSION } from './blanks.js';
import { testCard } from './cards.js';
import type { Customer, PaymentMethod, PortalSession } from './objects.js';
import { type CardDetails, detach, keep, makeDefault, methodsOf, newPaymentMethod } from './payment-methods.js';
import type { PortalVisit } from './state.js';
import type { Store } from './store.js';

/** The link must be opened so soon; opened, it works for an hour. */
const UNOPENED_SECONDS = 5 * 60;
const OPENED_SECONDS = 60 * 60;

export interface PortalView {
  session: PortalSession;
  customer: Customer;
  /** Newest first. */
  cards: readonly PaymentMethod[];
  /** Its bank asks its holder now. */
  authenticating: PaymentMethod | undefined;
}

export type PortalStep =
  | { step: 'done' }
  | { step: 'authenticate' }
  | { step: 'declined'; message: string }
  /** The link is too old or was never given, or the card is not theirs. */
  | { step: 'closed' };

export interface PortalOrder {
  customer: string;
  returnUrl: string | null;
  /** It opens at adding a card, and leads back as soon as that is done. */
  addsCard: boolean;
  afterwards: string | null;
}

export function openPortal(store: Store, order: PortalOrder): PortalSession {
  const token = store.id('portal');
  const afterwards = order.afterwards;
  const session: PortalSession = {
    id: store.id('bps'),
    object: 'billing_portal.session',
    ...BLANK_PORTAL_SESSION,
    configuration: 'bpc_sandbox',
    created: store.seconds,
    customer: order.customer,
    livemode: false,
    return_url: order.returnUrl,
    url: `${store.pagesUrl}/sandbox/portal/${token}`,
    flow: order.addsCard
      ? {
          ...BLANK_PORTAL_FLOW,
          type: 'payment_method_update',
          after_completion: {
            type: afterwards ? 'redirect' : 'portal_homepage',
            hosted_confirmation: null,
            redirect: afterwards ? { return_url: afterwards } : null,
          },
        }
      : null,
  };
  store.state.portalSessions[session.id] = session;
  store.state.portalVisits[token] = { session: session.id, expiresAt: store.seconds + UNOPENED_SECONDS };
  return session;
}

/** What the portal shows under this token, or undefined where the link no longer works. */
export function viewPortal(store: Store, token: string): PortalView | undefined {
  const visit = visitOf(store, token);
  const session = visit && store.state.portalSessions[visit.session];
  const customer = session && store.state.customers[session.customer];
  if (!visit || !session || !customer) return undefined;
  visit.expiresAt = store.seconds + OPENED_SECONDS;
  const authenticating = visit.authenticating ? store.state.paymentMethods[visit.authenticating] : undefined;
  return { session, customer, cards: methodsOf(store, customer.id), authenticating };
}

/** A card is added without being charged; through `payment_method_update` it becomes the default. */
export function addCard(store: Store, token: string, details: CardDetails): PortalStep {
  const view = viewPortal(store, token);
  const visit = visitOf(store, token);
  if (!view || !visit) return { step: 'closed' };
  const { saved } = testCard(details.number);
  if (saved.kind === 'declined') return { step: 'declined', message: saved.error.message };
  const method = newPaymentMethod(store, details);
  if (saved.kind === 'authenticate') {
    visit.authenticating = method.id;
    return { step: 'authenticate' };
  }
  added(store, view, method, false);
  return { step: 'done' };
}

/** The holder answers the bank about the card that is being added. */
export function proveCard(store: Store, token: string, approved: boolean): PortalStep {
  const view = viewPortal(store, token);
  const visit = visitOf(store, token);
  if (!view?.authenticating || !visit) return { step: 'closed' };
  delete visit.authenticating;
  if (!approved)
    return { step: 'declined', message: 'We are unable to authenticate your payment method. Please try another one.' };
  added(store, view, view.authenticating, true);
  return { step: 'done' };
}

export function chooseDefault(store: Store, token: string, method: string): PortalStep {
  const view = viewPortal(store, token);
  if (!view?.cards.some(({ id }) => id === method)) return { step: 'closed' };
  makeDefault(store, view.customer, method);
  return { step: 'done' };
}

export function removeCard(store: Store, token: string, method: string): PortalStep {
  const card = viewPortal(store, token)?.cards.find(({ id }) => id === method);
  if (!card) return { step: 'closed' };
  detach(store, card);
  return { step: 'done' };
}

function added(store: Store, { customer, session, cards }: PortalView, method: PaymentMethod, proved: boolean): void {
  keep(store, method, customer.id, proved);
  if (session.flow || cards.length === 0) makeDefault(store, customer, method.id);
}

function visitOf(store: Store, token: string): PortalVisit | undefined {
  const { portalVisits } = store.state;
  const visit = Object.hasOwn(portalVisits, token) ? portalVisits[token] : undefined;
  return visit && visit.expiresAt > store.seconds ? visit : undefined;
}

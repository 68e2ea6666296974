import { BLANK_CARD, BLANK_PAYMENT_METHOD } from './blanks.js';
import { brandOf, numberOfMethod } from './cards.js';
import { ApiError, badRequest, noSuch } from './errors.js';
import type { Customer, PaymentError, PaymentMethod } from './objects.js';
import type { Store } from './store.js';

export interface CardDetails {
  /** Digits only. */
  number: string;
  expMonth: number;
  expYear: number;
}

export function newPaymentMethod(store: Store, { number, expMonth, expYear }: CardDetails): PaymentMethod {
  const last4 = number.slice(-4);
  const brand = brandOf(number);
  const method: PaymentMethod = {
    id: store.id('pm'),
    object: 'payment_method',
    ...BLANK_PAYMENT_METHOD,
    type: 'card',
    created: store.seconds,
    livemode: false,
    customer: null,
    metadata: {},
    card: {
      ...BLANK_CARD,
      ...{ display_brand: brand, networks: { available: [brand], preferred: null } },
      brand,
      last4,
      exp_month: expMonth,
      exp_year: expYear,
      funding: 'credit',
      country: 'GB',
      fingerprint: `sandbox${last4}`,
    },
  };
  store.state.paymentMethods[method.id] = method;
  store.state.cardNumbers[method.id] = number;
  return method;
}

/** The payment method; a new one of a test card for a name such as `pm_card_visa`. Throws ApiError. */
export function methodNamed(store: Store, id: string, param = 'id'): PaymentMethod {
  const number = numberOfMethod(id);
  if (number) return newPaymentMethod(store, { number, expMonth: 12, expYear: store.now.getUTCFullYear() + 5 });
  const { paymentMethods } = store.state;
  const method = Object.hasOwn(paymentMethods, id) ? paymentMethods[id] : undefined;
  if (!method) throw noSuch('PaymentMethod', id, param);
  return method;
}

/** Gives it to the customer; `proved` where its holder answered the bank meanwhile. */
export function keep(store: Store, method: PaymentMethod, customer: string, proved: boolean): void {
  if (proved && !store.state.proved.includes(method.id)) store.state.proved.push(method.id);
  if (method.customer === customer) return;
  method.customer = customer;
  store.emit('payment_method.attached', method);
}

/** Throws ApiError where it is somebody else's already, or was anybody's before. */
export function mustBeFree(store: Store, method: PaymentMethod, customer: string): void {
  if (method.customer && method.customer !== customer)
    throw badRequest('The payment method you provided has already been attached to a customer.', {
      param: 'payment_method',
    });
  if (store.state.detached.includes(method.id)) throw usedUp();
}

export function usedUp(): ApiError {
  return badRequest(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
  );
}

/** Takes it from its customer, for whom it is the default no longer. Throws ApiError. */
export function detach(store: Store, method: PaymentMethod): void {
  const customer = method.customer ? store.state.customers[method.customer] : undefined;
  if (!customer)
    throw badRequest('The payment method you provided is not attached to a customer so detachment is impossible.', {
      param: 'payment_method',
    });
  if (customer.invoice_settings.default_payment_method === method.id) makeDefault(store, customer, null);
  method.customer = null;
  store.state.detached.push(method.id);
  store.emit('payment_method.detached', method);
}

export function makeDefault(store: Store, customer: Customer, method: string | null): void {
  if (customer.invoice_settings.default_payment_method === method) return;
  customer.invoice_settings.default_payment_method = method;
  store.emit('customer.updated', customer);
}

/** The saved cards, newest first. */
export function methodsOf(store: Store, customer: string): PaymentMethod[] {
  return Object.values(store.state.paymentMethods)
    .filter((method) => method.customer === customer)
    .reverse();
}

/** 402, as Stripe answers a card that its bank refuses. */
export function cardRefused(error: PaymentError, more: Partial<ApiError['body']['error']> = {}): ApiError {
  return new ApiError(402, { ...error, ...more });
}

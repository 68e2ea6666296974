import { testCard } from '../cards.js';
import { badRequest } from '../errors.js';
import { text } from '../form.js';
import type { PaymentMethod } from '../objects.js';
import { cardRefused, detach, keep, methodNamed, mustBeFree, newPaymentMethod } from '../payment-methods.js';
import { type Context, found, required, type Route, whole } from './route.js';

export const paymentMethodRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/payment_methods', params: ['type', 'card', 'metadata'], run: createMethod },
  { method: 'POST', path: '/v1/payment_methods/:id/attach', params: ['customer'], run: attachMethod },
  { method: 'POST', path: '/v1/payment_methods/:id/detach', params: [], run: detachMethod },
];

function createMethod({ store, params }: Context): PaymentMethod {
  if (required(params, 'type') !== 'card') throw badRequest('The sandbox has cards alone.', { param: 'type' });
  const number = text(params, 'card', 'number')?.replace(/[\s-]/g, '');
  const expMonth = whole(params, 'card', 'exp_month');
  const expYear = whole(params, 'card', 'exp_year');
  if (!number || !expMonth || !expYear) throw badRequest('Missing required param: card.', { param: 'card' });
  return newPaymentMethod(store, { number, expMonth, expYear });
}

/** Nobody is there to answer the bank: a card that asks is kept all the same, and asks when it is charged. */
function attachMethod({ store, id, params }: Context): PaymentMethod {
  const customer = found(store, 'customers', required(params, 'customer'), 'customer').id;
  const method = methodNamed(store, id);
  mustBeFree(store, method, customer);
  const { saved } = testCard(store.state.cardNumbers[method.id] ?? '');
  if (saved.kind === 'declined') throw cardRefused(saved.error);
  keep(store, method, customer, false);
  return method;
}

function detachMethod({ store, id }: Context): PaymentMethod {
  const method = found(store, 'paymentMethods', id);
  detach(store, method);
  return method;
}

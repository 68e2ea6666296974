import { badRequest } from '../errors.js';
import { strings, text } from '../form.js';
import type { Charge, Refund } from '../objects.js';
import { refund } from '../refunds.js';
import { type Context, found, type Route, whole } from './route.js';

const REASONS = new Set(['duplicate', 'fraudulent', 'requested_by_customer'] as const);

export const refundRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/refunds',
    params: ['amount', 'charge', 'payment_intent', 'reason', 'metadata'],
    run: createRefund,
  },
];

function createRefund({ store, params }: Context): Refund {
  const amount = whole(params, 'amount');
  const typed = text(params, 'reason');
  const reason = [...REASONS].find((one) => one === typed) ?? null;
  if (typed && !reason) throw badRequest(`Invalid reason: ${typed}`, { param: 'reason' });
  return refund(store, chargeOf({ store, params }), {
    ...(amount === undefined ? {} : { amount }),
    reason,
    metadata: strings(params['metadata']),
  });
}

function chargeOf({ store, params }: Pick<Context, 'store' | 'params'>): Charge {
  const charge = text(params, 'charge');
  if (charge) return found(store, 'charges', charge, 'charge');
  const payment = text(params, 'payment_intent');
  if (!payment)
    throw badRequest('One of the following params should be provided for this request: payment_intent or charge.');
  const { latest_charge: latest } = found(store, 'paymentIntents', payment, 'payment_intent');
  if (!latest)
    throw badRequest(`This PaymentIntent (${payment}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  return found(store, 'charges', latest, 'payment_intent');
}

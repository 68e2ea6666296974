import { ApiError, badRequest } from '../errors.js';
import { list, type Params } from '../form.js';
import { happenDue } from '../happen.js';
import type { Store } from '../store.js';
import { billingPortalRoutes } from './billing-portal.js';
import { checkoutSessionRoutes } from './checkout-sessions.js';
import { customerRoutes } from './customers.js';
import { expanded } from './expand.js';
import { paymentIntentRoutes } from './payment-intents.js';
import { paymentMethodRoutes } from './payment-methods.js';
import { readRoutes } from './reads.js';
import { refundRoutes } from './refunds.js';
import type { Route } from './route.js';

/** Everything of Stripe's API that the sandbox knows. */
export const ROUTES: readonly Route[] = [
  ...readRoutes,
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...checkoutSessionRoutes,
  ...paymentIntentRoutes,
  ...refundRoutes,
  ...billingPortalRoutes,
];

export interface Match {
  route: Route;
  id: string;
}

/** The route of a path such as `/v1/customers/cus_1`. */
export function routeOf(method: string, path: string): Match | undefined {
  const parts = path.split('/');
  for (const route of ROUTES) {
    const pattern = route.path.split('/');
    if (route.method !== method || pattern.length !== parts.length) continue;
    if (!pattern.every((part, index) => part === ':id' || part === parts[index])) continue;
    const place = pattern.indexOf(':id');
    return { route, id: place < 0 ? '' : decodeURIComponent(parts[place]!) };
  }
  return undefined;
}

/** Does what is asked and answers Stripe's object, which nobody changes afterwards. Throws ApiError. */
export function perform(store: Store, { route, id }: Match, params: Params): unknown {
  happenDue(store);
  const unknown = Object.keys(params).filter((name) => name !== 'expand' && !route.params.includes(name));
  if (unknown.length > 0)
    throw badRequest(`Received unknown ${unknown.length > 1 ? 'parameters' : 'parameter'}: ${unknown.join(', ')}`, {
      code: 'parameter_unknown',
      param: unknown[0]!,
    });
  return expanded(store, route.run({ store, id, params }), list(params['expand']));
}

export function unknownUrl(method: string, path: string): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). The sandbox knows what the product asks for.`,
  });
}

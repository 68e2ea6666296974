import { text } from '../form.js';
import type { PortalSession } from '../objects.js';
import { openPortal } from '../portal.js';
import { type Context, found, required, type Route } from './route.js';

export const billingPortalRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    params: ['customer', 'return_url', 'flow_data', 'configuration', 'locale'],
    run: createPortalSession,
  },
];

function createPortalSession({ store, params }: Context): PortalSession {
  const customer = found(store, 'customers', required(params, 'customer'), 'customer').id;
  return openPortal(store, {
    customer,
    returnUrl: text(params, 'return_url') ?? null,
    addsCard: text(params, 'flow_data', 'type') === 'payment_method_update',
    afterwards: text(params, 'flow_data', 'after_completion', 'redirect', 'return_url') ?? null,
  });
}

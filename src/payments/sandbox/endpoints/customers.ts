import { BLANK_CUSTOMER } from '../blanks.js';
import { badRequest } from '../errors.js';
import { strings, text } from '../form.js';
import type { Customer } from '../objects.js';
import { makeDefault } from '../payment-methods.js';
import { type Context, found, type Route } from './route.js';

const FIELDS = ['name', 'email', 'description', 'metadata', 'invoice_settings'];

export const customerRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/customers', params: FIELDS, run: createCustomer },
  { method: 'POST', path: '/v1/customers/:id', params: FIELDS, run: updateCustomer },
];

function createCustomer({ store, params }: Context): Customer {
  const customer: Customer = {
    id: store.id('cus'),
    object: 'customer',
    ...BLANK_CUSTOMER,
    ...{ invoice_prefix: 'SANDBOX' },
    created: store.seconds,
    livemode: false,
    name: text(params, 'name') ?? null,
    email: text(params, 'email') ?? null,
    description: text(params, 'description') ?? null,
    metadata: strings(params['metadata']),
    invoice_settings: { default_payment_method: null, custom_fields: null, footer: null, rendering_options: null },
  };
  store.state.customers[customer.id] = customer;
  store.emit('customer.created', customer);
  return customer;
}

function updateCustomer({ store, id, params }: Context): Customer {
  const customer = found(store, 'customers', id);
  const chosen = text(params, 'invoice_settings', 'default_payment_method');
  if (chosen && store.state.paymentMethods[chosen]?.customer !== id)
    throw badRequest(
      `The customer does not have a payment method with the ID ${chosen}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
    );
  const field = (name: string, before: string | null): string | null => {
    const typed = text(params, name);
    return typed === undefined ? before : typed || null;
  };
  customer.name = field('name', customer.name);
  customer.email = field('email', customer.email);
  customer.description = field('description', customer.description);
  customer.metadata = { ...customer.metadata, ...strings(params['metadata']) };
  if (chosen !== undefined) makeDefault(store, customer, chosen || null);
  if (Object.keys(params).some((name) => name !== 'invoice_settings' && name !== 'expand'))
    store.emit('customer.updated', customer);
  return customer;
}

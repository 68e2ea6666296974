/** Stripe's objects as the sandbox keeps and sends them: Stripe's own field names and shapes. */

export type Metadata = Record<string, string>;

export interface Customer {
  id: string;
  object: 'customer';
  created: number;
  livemode: false;
  name: string | null;
  email: string | null;
  description: string | null;
  metadata: Metadata;
  invoice_settings: {
    default_payment_method: string | null;
    custom_fields: null;
    footer: null;
    rendering_options: null;
  };
}

export interface PaymentMethod {
  id: string;
  object: 'payment_method';
  type: 'card';
  created: number;
  livemode: false;
  customer: string | null;
  metadata: Metadata;
  card: {
    brand: string;
    last4: string;
    exp_month: number;
    exp_year: number;
    funding: 'credit';
    country: string;
    fingerprint: string;
  };
}

export interface PaymentError {
  type: 'card_error';
  code: string;
  decline_code?: string;
  message: string;
  param?: string;
}

export interface PaymentIntent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  currency: string;
  created: number;
  livemode: false;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled';
  payment_method: string | null;
  payment_method_types: string[];
  setup_future_usage: 'off_session' | 'on_session' | null;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string } } | null;
  capture_method: 'automatic_async';
  confirmation_method: 'automatic';
  canceled_at: number | null;
}

export interface Charge {
  id: string;
  object: 'charge';
  amount: number;
  amount_refunded: number;
  currency: string;
  created: number;
  livemode: false;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  paid: boolean;
  captured: boolean;
  disputed: boolean;
  refunded: boolean;
  status: 'succeeded' | 'failed';
  failure_code: string | null;
  failure_message: string | null;
  payment_intent: string;
  payment_method: string | null;
  receipt_url: string | null;
}

export interface CheckoutSession {
  id: string;
  object: 'checkout.session';
  mode: 'payment';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  url: string | null;
  amount_subtotal: number;
  amount_total: number;
  currency: string;
  created: number;
  expires_at: number;
  livemode: false;
  customer: string | null;
  client_reference_id: string | null;
  metadata: Metadata;
  payment_intent: string | null;
  success_url: string | null;
  cancel_url: string | null;
  custom_text: {
    submit: { message: string } | null;
    after_submit: null;
    shipping_address: null;
    terms_of_service_acceptance: null;
  };
  custom_fields: never[];
  payment_method_types: string[];
  allowed_payment_method_types: null;
  shipping_options: never[];
  automatic_tax: { enabled: false; liability: null; provider: null; status: null };
  ui_mode: 'hosted';
}

export interface Event {
  id: string;
  object: 'event';
  type: string;
  api_version: string;
  created: number;
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  data: { object: ApiObject };
}

export type ApiObject = Customer | PaymentMethod | PaymentIntent | Charge | CheckoutSession;

/** What a checkout asks for besides what Stripe's object shows: kept with it, for its payment. */
export interface Order {
  name: string;
  intent: { setupFutureUsage: PaymentIntent['setup_future_usage']; description: string | null; metadata: Metadata };
}

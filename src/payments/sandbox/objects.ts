/**
 * Stripe's objects as the sandbox keeps and sends them: Stripe's own field names and shapes. What the sandbox never fills
 * is not named here but in blanks.ts.
 */

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
  advice_code?: 'confirm_card_data' | 'do_not_try_again' | 'try_again_later';
  message: string;
  doc_url?: string;
  param?: string;
  charge?: string;
  payment_method?: PaymentMethod;
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
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  payment_method: string | null;
  payment_method_types: string[];
  setup_future_usage: 'off_session' | 'on_session' | null;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string | null } } | null;
  capture_method: 'automatic_async';
  confirmation_method: 'automatic';
  canceled_at: number | null;
  cancellation_reason: string | null;
}

export interface Charge {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
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
  status: 'succeeded' | 'pending' | 'failed';
  failure_code: string | null;
  failure_message: string | null;
  payment_intent: string;
  payment_method: string | null;
  payment_method_details: { type: 'card'; card: PaymentMethod['card'] } | null;
  receipt_number: string | null;
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
  shipping_options: never[];
  automatic_tax: { enabled: false; liability: null; provider: null; status: null };
  ui_mode: 'hosted_page';
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string | null;
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  status: 'pending' | 'succeeded' | 'failed';
  failure_balance_transaction?: string;
  failure_reason?: string;
}

export interface Dispute {
  id: string;
  object: 'dispute';
  amount: number;
  balance_transactions: BalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status: 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'won' | 'lost';
}

export interface BalanceTransaction {
  id: string;
  object: 'balance_transaction';
  amount: number;
  available_on: number;
  balance_type: 'payments';
  created: number;
  currency: string;
  description: string | null;
  exchange_rate: null;
  fee: number;
  fee_details: { amount: number; application: null; currency: string; description: string; type: 'stripe_fee' }[];
  net: number;
  reporting_category: 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal';
  source: string;
  status: 'available';
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment';
}

export interface PortalSession {
  id: string;
  object: 'billing_portal.session';
  configuration: string;
  created: number;
  customer: string;
  livemode: false;
  return_url: string | null;
  url: string;
  flow: { type: 'payment_method_update'; after_completion: AfterCompletion } | null;
}

interface AfterCompletion {
  type: 'portal_homepage' | 'hosted_confirmation' | 'redirect';
  hosted_confirmation: { custom_message: string | null } | null;
  redirect: { return_url: string } | null;
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
  data: { object: EventObject };
}

/** What events tell of. */
export type EventObject = Customer | PaymentMethod | PaymentIntent | Charge | CheckoutSession | Refund | Dispute;

/** What a checkout asks for besides what Stripe's object shows: kept with it, for its payment. */
export interface Order {
  name: string;
  intent: { setupFutureUsage: PaymentIntent['setup_future_usage']; description: string | null; metadata: Metadata };
}

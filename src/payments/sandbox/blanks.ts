/**
 * Fields of Stripe's objects that the sandbox never fills: the client reads them all the same. What is not answered
 * unless it has a value is left out, as Stripe does.
 */

const NOBODY = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

export const BLANK_CUSTOMER = {
  address: null,
  balance: 0,
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  discount: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: null,
};

export const BLANK_PAYMENT_METHOD = {
  allow_redisplay: 'limited',
  billing_details: NOBODY,
  customer_account: null,
};

export const BLANK_CARD = {
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  generated_from: null,
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
};

export const BLANK_PAYMENT_INTENT = {
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  cancellation_reason: null,
  client_secret: null,
  customer_account: null,
  excluded_payment_method_types: null,
  managed_payments: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  processing: null,
  receipt_email: null,
  review: null,
  shipping: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

export const BLANK_CHARGE = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  billing_details: NOBODY,
  calculated_statement_descriptor: 'WORKSPACES',
  failure_balance_transaction: null,
  fraud_details: {},
  on_behalf_of: null,
  receipt_email: null,
  review: null,
  shipping: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

export const BLANK_CHARGED_CARD = {
  amount_authorized: null,
  authorization_code: null,
  checks: BLANK_CARD.checks,
  installments: null,
  mandate: null,
  network_token: null,
  network_transaction_id: null,
  regulated_status: 'unregulated',
  three_d_secure: null,
  wallet: null,
};

export const BLANK_SESSION = {
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  locale: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  submit_type: null,
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  wallet_options: null,
};

export const BLANK_REFUND = {
  customer: null,
  customer_account: null,
  receipt_number: null,
  source_transfer_reversal: null,
  transfer_reversal: null,
};

export const BLANK_DISPUTE = {
  enhanced_eligibility_types: [],
  evidence: { enhanced_evidence: {} },
  evidence_details: {
    due_by: null,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
  },
};

export const BLANK_PORTAL_SESSION = { customer_account: null, locale: null, on_behalf_of: null };

export const BLANK_PORTAL_FLOW = {
  customer_update: null,
  subscription_cancel: null,
  subscription_update: null,
  subscription_update_confirm: null,
};

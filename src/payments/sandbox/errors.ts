import type { PaymentIntent, PaymentMethod } from './objects.js';

/** Stripe's error object. */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  doc_url?: string;
  param?: string;
  charge?: string;
  payment_intent?: PaymentIntent;
  payment_method?: PaymentMethod;
}

/** An answer that is Stripe's error body, with its status. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: { error: ErrorBody };

  constructor(status: number, error: ErrorBody) {
    super(error.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = { error };
  }
}

/** 400: the request makes no sense, whatever is stored. */
export function badRequest(message: string, more: { code?: string; param?: string } = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...more });
}

/** 404 where `param` is the path's id, 400 where it is another parameter. */
export function noSuch(what: string, id: string, param = 'id'): ApiError {
  return new ApiError(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  });
}

export function missing(param: string): ApiError {
  return badRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

import { createHash } from 'node:crypto';
import { ApiError, type ErrorBody } from './errors.js';
import type { Params } from './form.js';
import type { Store } from './store.js';

export interface Answer {
  status: number;
  body: unknown;
  /** The stored answer of an earlier request. */
  replayed?: boolean;
}

/** Stripe may forget a key once it is a day old; the sandbox does. */
const KEPT_SECONDS = 24 * 60 * 60;
/** Where the request never reached the work: Stripe stores no answer then. */
const NOT_BEGUN = new Set(['parameter_missing', 'parameter_unknown', 'parameter_invalid_integer']);

/**
 * Runs `work` once per idempotency key: repeats get the first answer, whatever it was. Throws ApiError where the key came
 * with another request before.
 */
export function remembered(
  store: Store,
  request: { key: string | null; path: string; params: Params },
  work: () => Answer,
): Answer {
  const { key, path, params } = request;
  if (key === null) return work();
  const asked = createHash('sha256')
    .update(JSON.stringify([path, params]))
    .digest('hex');
  forgetOld(store);
  const first = Object.hasOwn(store.state.idempotency, key) ? store.state.idempotency[key] : undefined;
  if (first && first.request !== asked)
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (first) return { status: first.status, body: first.body, replayed: true };
  const answer = work();
  if (hasBegun(answer)) {
    store.state.idempotency[key] = { at: store.seconds, request: asked, status: answer.status, body: answer.body };
    store.save();
  }
  return answer;
}

function forgetOld({ state, seconds }: Store): void {
  for (const [key, { at }] of Object.entries(state.idempotency))
    if (!(at > seconds - KEPT_SECONDS)) delete state.idempotency[key];
}

function hasBegun({ status, body }: Answer): boolean {
  if (status !== 400) return true;
  const { error } = body as { error: ErrorBody };
  return !NOT_BEGUN.has(error.code ?? '');
}

/** Two requests under one idempotency key never run at once. */
export class InProgress {
  readonly #keys = new Set<string>();

  /** Throws ApiError (409) while another with this key runs. */
  async alone(key: string | null, work: () => Promise<Answer>): Promise<Answer> {
    if (key === null) return work();
    if (this.#keys.has(key))
      throw new ApiError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this idempotency key: ${key}.`,
      });
    this.#keys.add(key);
    try {
      return await work();
    } finally {
      this.#keys.delete(key);
    }
  }
}

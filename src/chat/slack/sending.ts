import { failedBeforeSending } from '../before-sending.js';

/** A request that surely never reached Slack: no connection was made. */
export class NeverSent extends Error {
  constructor(cause: unknown) {
    super('no connection to Slack', { cause });
    this.name = 'NeverSent';
  }
}

/** `fetch` that tells a request which never left from one whose fate is unknown; rejects with NeverSent, or as fetch does. */
export const sending: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    throw neverSent(error) ? new NeverSent(error) : error;
  }
};

function neverSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && typeof error.code === 'string' && failedBeforeSending(error.code)) return true;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return error.errors.every(neverSent);
  return 'cause' in error && neverSent(error.cause);
}

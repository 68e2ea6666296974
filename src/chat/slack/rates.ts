import type { Rates } from '../port.js';

const MINUTE_MS = 60_000;

/**
 * A message a second in a channel, and "several hundred" a minute in a workspace, which is at least 300; `chat.update` is of
 * the tier of 50 a minute.
 */
export const RATES: Rates = {
  post: { conversation: [{ most: 1, inMs: 1_000 }], team: [{ most: 300, inMs: MINUTE_MS }] },
  edit: { conversation: [], team: [{ most: 50, inMs: MINUTE_MS }] },
};

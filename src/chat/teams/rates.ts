import type { Rates } from '../port.js';

/** Of a conversation, sent and edited together; of an app in a tenant, all requests. */
export const RATES: Rates = {
  post: {
    conversation: [
      { most: 7, inMs: 1_000 },
      { most: 8, inMs: 2_000 },
      { most: 60, inMs: 30_000 },
      { most: 1_800, inMs: 3_600_000 },
    ],
    team: [{ most: 50, inMs: 1_000 }],
  },
};

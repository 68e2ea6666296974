import { z } from 'zod';
import { amountMinor, currency, id, label, minor, moment, stored } from './schemas.js';

/** How long money is set aside where the caller does not say, and at most. */
export const DEFAULT_HOLD_DAYS = 7;
export const MOST_HOLD_DAYS = 90;

/** It stands in an address, and beside a capture's id in a key: no colon. */
const holdId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, dashes, tildes or underscores')
  .meta({ description: 'Your id of the hold, for ever', example: '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77' });

export const holdPath = z.strictObject({ hold: holdId });

export const holdBody = z
  .strictObject({
    id: holdId,
    amountMinor: amountMinor.meta({ description: 'What to set aside', example: 12_000 }),
    resource: label.optional().meta({ description: 'What it is for; what is captured counts as spent on it' }),
    expiresAt: moment.optional().meta({
      description: `When what is left is released by itself: in ${DEFAULT_HOLD_DAYS} days if left out, in ${MOST_HOLD_DAYS} days at most`,
    }),
  })
  .meta({ id: 'NewHold' });

export const captureBody = z
  .strictObject({
    id: id.meta({
      description: 'Your id of this capture, of its hold alone: it counts once, for ever',
      example: 'batch-1',
    }),
    amountMinor: amountMinor.optional().meta({ description: 'All that is left if left out', example: 9_500 }),
    final: z.boolean().optional().meta({ description: 'Releases what is left after it' }),
  })
  .meta({ id: 'Capture' });

export const voidBody = z.strictObject({});

const hold = z.strictObject({
  id: z.string(),
  state: z.enum(['open', 'captured', 'voided', 'expired']),
  remainingMinor: minor.meta({ description: 'Still set aside' }),
  expiresAt: stored.optional(),
});

export const holdAnswer = z
  .strictObject({
    status: z.enum(['accepted', 'duplicate']).meta({ description: 'duplicate: done before, with the first answer' }),
    hold: hold.meta({ description: 'As this call left it' }),
    capturedMinor: minor.meta({ description: 'What this call took: 0 but for a capture' }),
    entry: z.int().meta({ description: 'The sequence number of its entry' }),
    currency,
    balanceMinor: minor,
    heldMinor: minor,
    availableMinor: minor,
  })
  .meta({ id: 'HoldAnswer' });

export const holdState = z
  .strictObject({
    ...hold.shape,
    amountMinor: minor.meta({ description: 'What was set aside at first' }),
    resource: z.string().optional(),
    createdAt: stored,
    currency,
  })
  .meta({ id: 'Hold' });

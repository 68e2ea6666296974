import { z } from 'zod';
import { LEVELS } from '../ledger/entry.js';

const MAX_AMOUNT_MINOR = 1_000_000_000_000;

export const minor = z.int().meta({ description: 'An amount in minor units of the currency, signed' });
export const amountMinor = z.int().min(1).max(MAX_AMOUNT_MINOR);
export const currency = z.string().meta({ description: 'ISO 4217', example: 'GBP' });
export const label = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'has control characters');
export const moment = z.iso.datetime({ offset: true });
export const stored = z.string().meta({ format: 'date-time' });

/** An id of the caller's. */
export const id = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters');

export const balanceAnswer = z.strictObject({
  currency,
  balanceMinor: minor,
  heldMinor: minor,
  availableMinor: minor.meta({ description: 'The balance less what is held' }),
  level: z.enum(LEVELS),
  entry: z.int().meta({ description: 'The sequence number of the last entry' }),
});

export const pricesAnswer = z.strictObject({
  currency,
  prices: z.array(
    z.strictObject({
      item: z.string(),
      priceMicro: z
        .int()
        .meta({ description: 'For one, in millionths of a minor unit: 750000 is 0.75 pence', example: 750_000 }),
      validFrom: stored,
      of: z.enum(['account', 'workspace']),
    }),
  ),
});

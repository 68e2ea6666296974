import { z } from 'zod';
import { ENTRY_KINDS, LEVELS } from '../ledger/entry.js';

const MAX_AMOUNT_MINOR = 1_000_000_000_000;
const MAX_QUANTITY = 1_000_000_000;
const MAX_EVENTS = 1_000;
const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;

const minor = z.int().meta({ description: 'An amount in minor units of the currency, signed' });
const currency = z.string().meta({ description: 'ISO 4217', example: 'GBP' });
const label = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, 'has control characters');
const moment = z.iso.datetime({ offset: true });

const event = z
  .strictObject({
    id: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters')
      .meta({
        description:
          'Your id of the event: it counts once, for ever. Ids that grow with time (UUIDv7, ULID) are fastest.',
        example: '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77',
      }),
    item: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a name of 1 to 64 letters, digits, dots, dashes')
      .meta({ description: 'What was used, as in the price list', example: 'sms' }),
    quantity: z.int().min(1).max(MAX_QUANTITY).optional().meta({ description: 'How many, priced by the price list' }),
    amountMinor: z
      .int()
      .min(1)
      .max(MAX_AMOUNT_MINOR)
      .optional()
      .meta({ description: 'What it costs, instead of a quantity' }),
    resource: label.optional().meta({ description: 'The campaign, report, list or template it belongs to' }),
    person: label.optional().meta({ description: 'Whose use it was' }),
    at: moment.optional().meta({ description: 'When it was used, and as of when it is priced; now if left out' }),
  })
  .refine(({ quantity, amountMinor }) => (quantity === undefined) !== (amountMinor === undefined), {
    message: 'has either a quantity or an amountMinor',
  })
  .meta({ id: 'UsageEvent', override: { oneOf: [{ required: ['quantity'] }, { required: ['amountMinor'] }] } });

export type UsageEvent = z.output<typeof event>;

export const eventsBody = z.strictObject({ events: z.array(event).min(1).max(MAX_EVENTS) });

const result = z
  .strictObject({
    id: z.string(),
    status: z.enum(['accepted', 'duplicate', 'insufficient', 'conflict', 'invalid', 'unavailable']).meta({
      description:
        'duplicate: counted before, with the first result. insufficient: nothing was taken, send it again after a top-up. conflict: the id was used for another event. unavailable: the outcome is unknown, send the same id again.',
    }),
    entry: z.int().optional().meta({ description: 'The sequence number of its entry' }),
    balanceMinor: minor.optional().meta({ description: 'The balance after the entry' }),
    reason: z.string().optional(),
  })
  .meta({ id: 'UsageResult' });

export type UsageResult = z.output<typeof result>;

export const eventsAnswer = z.strictObject({
  results: z.array(result).meta({ description: 'In the order of the events' }),
  currency,
  balanceMinor: minor,
  availableMinor: minor,
});

export const balanceAnswer = z.strictObject({
  currency,
  balanceMinor: minor,
  heldMinor: minor,
  availableMinor: minor.meta({ description: 'The balance less what is held' }),
  level: z.enum(LEVELS),
  entry: z.int().meta({ description: 'The sequence number of the last entry' }),
});

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be ${max} or less`);

export const entriesQuery = z.strictObject({
  after: wholeNumber(Number.MAX_SAFE_INTEGER)
    .default(0)
    .meta({ description: 'The sequence number to go on after: `next` of the page before' }),
  limit: wholeNumber(MAX_PAGE)
    .refine((value) => value >= 1, 'must be 1 or more')
    .default(DEFAULT_PAGE),
  kind: z.enum(ENTRY_KINDS).optional(),
  from: moment.optional().meta({ description: 'Entries from this moment on' }),
  to: moment.optional().meta({ description: 'Entries before this moment' }),
});

const entry = z
  .strictObject({
    entry: z.int().meta({ description: 'Its sequence number: 1, 2, 3 … without gaps' }),
    key: z.string(),
    kind: z.enum(ENTRY_KINDS),
    amountMinor: minor,
    balanceMinor: minor,
    at: z.string().meta({ format: 'date-time' }),
    item: z.string().optional(),
    quantity: z.number().optional(),
    resource: z.string().optional(),
    person: z.string().optional(),
    memo: z.string().optional(),
    effectiveAt: z.string().optional().meta({ format: 'date-time' }),
    reverses: z.string().optional().meta({ description: 'The key of the entry that this one takes back' }),
  })
  .meta({ id: 'Entry' });

export const entriesAnswer = z.strictObject({
  currency,
  entries: z.array(entry).meta({ description: 'Oldest first' }),
  next: z.int().nullable().meta({ description: 'Pass it as `after` for the next page; null at the end' }),
});

export const pricesAnswer = z.strictObject({
  currency,
  prices: z.array(
    z.strictObject({
      item: z.string(),
      priceMicro: z
        .int()
        .meta({ description: 'For one, in millionths of a minor unit: 750000 is 0.75 pence', example: 750_000 }),
      validFrom: z.string().meta({ format: 'date-time' }),
      of: z.enum(['account', 'workspace']),
    }),
  ),
});

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    reference: z.string().meta({ description: 'Tell support this' }),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

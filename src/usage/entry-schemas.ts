import { z } from 'zod';
import { ENTRY_KINDS } from '../ledger/entry.js';
import { currency, label, minor, moment, stored } from './schemas.js';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;
const MAX_SEQUENCE = 999_999_999_999_999;

/** A whole number in a query, where everything is text. */
const wholeNumber = (least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least, `must be ${least} or more`)
    .refine((value) => value <= most, `must be ${most} or less`)
    .default(otherwise)
    .meta({ override: { type: 'integer', minimum: least, maximum: most, default: otherwise, pattern: undefined } });

export const entriesQuery = z.strictObject({
  after: wholeNumber(0, MAX_SEQUENCE, 0).meta({
    description: 'The sequence number to go on after: `next` of the page before',
  }),
  limit: wholeNumber(1, MAX_PAGE, DEFAULT_PAGE).meta({ description: 'Of a page; as CSV all are sent' }),
  kind: z.enum(ENTRY_KINDS).optional(),
  resource: label.optional(),
  from: moment.optional().meta({ description: 'Entries from this moment on' }),
  to: moment.optional().meta({ description: 'Entries before this moment' }),
});

export const entry = z
  .strictObject({
    entry: z.int().meta({ description: 'Its sequence number: 1, 2, 3 … without gaps' }),
    key: z.string().meta({ description: 'What makes it unique: the kind and the id that it was asked for under' }),
    kind: z.enum(ENTRY_KINDS).meta({ description: 'What is taken out of a hold is `usage`' }),
    amountMinor: minor,
    balanceMinor: minor.meta({ description: 'After it' }),
    heldMinor: minor.meta({ description: 'Set aside, after it' }),
    at: stored,
    item: z.string().optional(),
    quantity: z.number().optional(),
    resource: z.string().optional(),
    person: z.string().optional(),
    memo: z.string().optional(),
    effectiveAt: stored.optional().meta({ description: "A backdated entry's own date" }),
    reverses: z.string().optional().meta({ description: 'The key of the entry that this one takes back' }),
    reference: z.string().optional().meta({ description: 'Of what somebody asked in chat', example: 'R-7F3K2Q' }),
    hold: z
      .strictObject({
        id: z.string(),
        state: z.enum(['open', 'captured', 'voided', 'expired']),
        remainingMinor: minor,
        expiresAt: stored.optional(),
      })
      .optional()
      .meta({ description: 'The hold as this entry left it' }),
  })
  .meta({ id: 'Entry' });

export const entriesAnswer = z.strictObject({
  currency,
  entries: z.array(entry).meta({ description: 'Oldest first' }),
  next: z.int().nullable().meta({
    description:
      'Pass it as `after` for the next page; null at the end. With a filter a page may hold fewer entries than `limit`, even none, and not be the last.',
  }),
});

import { z } from 'zod';
import { ITEM } from '../prices/item.js';
import { amountMinor, currency, id, label, minor, moment } from './schemas.js';

const MAX_QUANTITY = 1_000_000_000;
const MAX_EVENTS = 1_000;

const event = z
  .strictObject({
    id: id.meta({
      description:
        'Your id of the event: it counts once, for ever. Ids that grow with time (UUIDv7, ULID) are fastest.',
      example: '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77',
    }),
    item: z
      .string()
      .regex(ITEM, 'must be a name of 1 to 64 letters, digits, dots, dashes')
      .meta({ description: 'What was used, as in the price list', example: 'sms' }),
    quantity: z.int().min(1).max(MAX_QUANTITY).optional().meta({ description: 'How many, priced by the price list' }),
    amountMinor: amountMinor.optional().meta({ description: 'What it costs, instead of a quantity' }),
    resource: label.optional().meta({
      description:
        'The campaign, by id or name, that it belongs to, or any label of yours: a running campaign pays out of its hold',
    }),
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

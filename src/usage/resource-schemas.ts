import { z } from 'zod';
import { ITEM } from '../prices/item.js';
import { COLUMN_TYPES } from '../resources/column.js';
import { readCountry } from '../resources/phone-number.js';
import { id, label, stored } from './schemas.js';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;
const MAX_POSITION = 999_999_999;

/** Of a page: in a query everything is text. */
const whole = (least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least, `must be ${least} or more`)
    .refine((value) => value <= most, `must be ${most} or less`)
    .default(otherwise)
    .meta({ override: { type: 'integer', minimum: least, maximum: most, default: otherwise, pattern: undefined } });

const resourceId = z
  .string()
  .regex(/^[a-z]{2}_[0-9a-z]{26}$/, 'must be the id of a resource')
  .meta({ example: 'cl_01k9r6y0h0abcdefghjkmnpqrs' });

/** For an address that takes no parameters. */
export const noQuery = z.strictObject({});

export const resourcePath = z.strictObject({ resource: resourceId });

export const contactsQuery = z.strictObject({
  after: whole(0, MAX_POSITION, 0).meta({ description: 'The position to go on after: `next` of the page before' }),
  limit: whole(1, MAX_PAGE, DEFAULT_PAGE),
});

/** Of every kind: which of them, and where to go on. */
export const pageQuery = {
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Those that were put away, in place of the others' }),
  after: resourceId.optional().meta({ description: 'The id to go on after: `next` of the page before' }),
  limit: whole(1, MAX_PAGE, DEFAULT_PAGE),
};

/** What makes a repeat of a call one with it. */
export const clientKey = id.meta({
  description: 'Yours, for ever: the same call again under it makes nothing new',
  example: '0193a5c2-7b1e-7c4f-9d3a-5b0d2f6a1e77',
});

export const resourceName = label
  .max(60)
  .meta({ description: 'Of its own in the workspace and kind', example: 'Spring' });

const archived = z.boolean().meta({ description: 'Put away: no new campaign can take it' });

export const common = {
  id: z.string().meta({ example: 'cl_01k9r6y0h0abcdefghjkmnpqrs' }),
  name: z.string(),
  archived,
  createdAt: stored,
  changedAt: stored,
};

const csv = z.string().min(1).meta({
  description:
    'Contacts: a header and a row for each. One column is the phone number (`phone`, or `x:phone`); others may have a type (`visits:number`, `joined:date`, `mail:email`).',
  example: 'phone,first_name\n+447911123456,Ann\n',
});

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be two capital letters')
  .refine((letters) => readCountry(letters) !== undefined, 'is no country whose numbers are known')
  .meta({ description: 'Of numbers that are written without `+`', example: 'GB' });

const item = z
  .string()
  .regex(ITEM, 'must be a name of 1 to 64 letters, digits, dots, dashes')
  .meta({ description: 'What one message is charged as, as in the price list', example: 'sms' });

const text = z
  .string()
  .min(1)
  .max(1_600)
  .meta({ description: 'With variables in double braces', example: 'Hello {{first_name}}!' });

export const createContactListBody = z
  .strictObject({
    key: clientKey,
    kind: z.literal('contactList'),
    name: resourceName,
    csv,
    country: country.optional(),
  })
  .meta({ id: 'NewContactList' });

export const changeContactListBody = z
  .strictObject({
    kind: z.literal('contactList'),
    name: resourceName.optional(),
    archived: archived.optional(),
    csv: csv.optional().meta({ description: 'Contacts to add; those that the list has stay as they are' }),
    country: country.optional(),
  })
  .meta({ id: 'ContactListChange' });

export const contactListShown = z
  .strictObject({
    kind: z.literal('contactList'),
    ...common,
    contacts: z.int().meta({ description: 'How many there are' }),
    columns: z.array(z.strictObject({ name: z.string(), type: z.enum(COLUMN_TYPES) })),
  })
  .meta({ id: 'ContactList' });

export const createTemplateBody = z
  .strictObject({ key: clientKey, kind: z.literal('template'), name: resourceName, item, text })
  .meta({ id: 'NewTemplate' });

export const changeTemplateBody = z
  .strictObject({
    kind: z.literal('template'),
    name: resourceName.optional(),
    item: item.optional(),
    text: text.optional(),
    archived: archived.optional(),
  })
  .meta({ id: 'TemplateChange' });

export const templateShown = z
  .strictObject({
    kind: z.literal('template'),
    ...common,
    item: z.string(),
    text: z.string(),
    variables: z.array(z.string()),
  })
  .meta({ id: 'Template' });

export const contactsAnswer = z.strictObject({
  contacts: z.array(
    z.strictObject({
      phone: z.string().meta({ description: 'E.164', example: '+447911123456' }),
      position: z.int(),
      fields: z.record(z.string(), z.string()).meta({ description: 'By the name of the column' }),
    }),
  ),
  next: z.int().nullable().meta({ description: 'Pass it as `after` for the next page; null at the end' }),
});

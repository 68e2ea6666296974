import { z } from 'zod';
import { readCountry } from '../resources/phone-number.js';
import { flag, name, text } from './argument.js';

export const CONTACTS_WHAT = ['list', 'open', 'import', 'rename', 'remove', 'archive', 'restore', 'csv'] as const;
const LONGEST_CSV = 250_000;

const country = z
  .string()
  .transform((typed) => readCountry(typed))
  .pipe(z.string('the two letters of a country, like GB'))
  .optional();

export const contactsArgs = z.strictObject({
  what: z.enum(CONTACTS_WHAT, `one of ${CONTACTS_WHAT.join(', ')}`).default('list'),
  /** An id or a name. */
  list: text(200).optional(),
  name: name.optional(),
  csv: z.string().max(LONGEST_CSV, 'fewer contacts at a time').optional(),
  country,
  /** A file that was sent and waits. */
  staged: z.string().max(80).optional(),
  phone: text(40).optional(),
  search: text(80).optional(),
  archived: flag,
  /** A page's cursor: of lists, and of contacts. */
  before: z.string().max(80).optional(),
  after: z.number().int().min(0).optional(),
  change: flag,
  sure: flag,
});

export type ContactsArgs = z.output<typeof contactsArgs>;

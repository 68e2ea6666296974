import { z } from 'zod';
import { flag, name, text } from './argument.js';

export const TEMPLATE_WHAT = ['list', 'open', 'new', 'change', 'preview', 'archive', 'restore'] as const;

export const templateArgs = z.strictObject({
  what: z.enum(TEMPLATE_WHAT, `one of ${TEMPLATE_WHAT.join(', ')}`).default('list'),
  /** An id or a name. */
  template: text(200).optional(),
  name: name.optional(),
  item: text(100).optional(),
  text: z.string().max(4_000, 'a shorter text').optional(),
  /** As it was when the form was opened. */
  version: z.number().int().min(0).optional(),
  /** Where it is previewed: a list's id or name, and a number of it. */
  list: text(200).optional(),
  contact: text(40).optional(),
  other: flag,
  search: text(80).optional(),
  archived: flag,
  /** A page's cursor. */
  before: z.string().max(80).optional(),
  sure: flag,
});

export type TemplateArgs = z.output<typeof templateArgs>;

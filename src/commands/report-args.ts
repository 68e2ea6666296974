import { z } from 'zod';
import { REPORT_BY, REPORT_PERIOD } from '../resources/report.js';
import { flag, name, person, text } from './argument.js';

const WHAT = ['save', 'saved', 'archived', 'archive', 'restore'] as const;

export const reportArgs = z.strictObject({
  what: z.enum(WHAT, 'save, saved, archive or restore').optional(),
  /** A kept report: its id, or its name as it was typed. */
  report: text(100).optional(),
  /** What was typed: a kept report, a campaign, an item, or a label that usage carries. */
  about: text(100).optional(),
  /** A campaign's id, or its name as it was typed. */
  campaign: text(100).optional(),
  resource: text(100).optional(),
  item: text(64).optional(),
  person: person.optional(),
  by: z.enum(REPORT_BY, 'resource, item, person or day').optional(),
  period: z.string().regex(REPORT_PERIOD, 'a month or a number of days, like October or 30d').optional(),
  /** As it was typed. */
  month: z.string().max(20).optional(),
  before: z.string().max(40).optional(),
  name: name.optional(),
  csv: flag,
});

export type ReportCallArgs = z.infer<typeof reportArgs>;

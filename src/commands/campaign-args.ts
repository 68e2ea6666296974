import { z } from 'zod';
import { CAMPAIGN_FILTERS } from '../resources/campaigns.js';
import { flag, name, text } from './argument.js';

const WHAT = ['list', 'open', 'new', 'change', 'start', 'end', 'archive', 'restore'] as const;
export type CampaignDeed = (typeof WHAT)[number];

export const campaignArgs = z.strictObject({
  what: z.enum(WHAT, 'list, open, new, change, start, end, archive or restore').optional(),
  /** Its id, or its name as it was typed. */
  campaign: text(100).optional(),
  filter: z.enum(CAMPAIGN_FILTERS, 'drafts, running, ended or archived').optional(),
  search: text(60).optional(),
  before: z.string().max(40).optional(),
  name: name.optional(),
  /** Ids, or names as they were typed. */
  template: text(100).optional(),
  list: text(100).optional(),
  sendAt: text(60).optional(),
  /** The campaign that another is made after. */
  from: z.string().max(40).optional(),
  version: z.number().int().optional(),
  /** What whoever starts it was shown. */
  estimateMinor: z.number().int().min(0).optional(),
  why: text(500).optional(),
  sure: flag,
});

export type CampaignArgs = z.infer<typeof campaignArgs>;

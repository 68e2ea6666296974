import { z } from 'zod';
import { campaignShown, changeCampaignBody, createCampaignBody } from './campaign-resources.js';
import { changeReportBody, createReportBody, reportShown } from './report-resources.js';
import {
  changeContactListBody,
  changeTemplateBody,
  contactListShown,
  createContactListBody,
  createTemplateBody,
  pageQuery,
  templateShown,
} from './resource-schemas.js';

export const KIND_NAMES = ['contactList', 'template', 'campaign', 'report'] as const;

export const resourcesQuery = z.strictObject({
  kind: z.enum(KIND_NAMES).optional().meta({ description: 'All of them if left out' }),
  ...pageQuery,
});

export const createResourceBody = z.discriminatedUnion('kind', [
  createContactListBody,
  createTemplateBody,
  createCampaignBody,
  createReportBody,
]);

export const changeResourceBody = z.discriminatedUnion('kind', [
  changeContactListBody,
  changeTemplateBody,
  changeCampaignBody,
  changeReportBody,
]);

export const resourceShown = z.discriminatedUnion('kind', [
  contactListShown,
  templateShown,
  campaignShown,
  reportShown,
]);

export const resourcesAnswer = z.strictObject({
  resources: z.array(resourceShown).meta({ description: 'Oldest first' }),
  next: z.string().nullable().meta({ description: 'Pass it as `after` for the next page; null at the end' }),
});

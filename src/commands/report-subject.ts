import { DateTime } from 'luxon';
import { priceList } from '../prices/prices.js';
import type { Campaign } from '../resources/campaign.js';
import { campaignMeant } from '../resources/campaigns.js';
import type { Report, ReportAsk } from '../resources/report.js';
import { reportMeant } from '../resources/reports.js';
import { getPerson } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';
import { findCampaign, findReport, placeOf } from './find-campaign.js';
import { findMember } from './find-person.js';
import { monthMeant } from './months.js';
import { requireYes } from './permission.js';
import type { ReportCallArgs } from './report-args.js';

/** What somebody asks a report for, and what it is called. */
export interface Wanted {
  ask: ReportAsk;
  /** What it is about, in words. */
  subject?: string;
  campaign?: Campaign;
  saved?: Report;
}

/**
 * What is meant: kept reports go before campaigns, campaigns before items, items before labels of the engine's own.
 * @throws Refusal unknownResource, notAllowed where it is about somebody else's spend
 */
export async function reportWanted(context: InWorkspace, args: ReportCallArgs): Promise<Wanted> {
  const { report: typed, about } = args;
  const saved = typed === undefined ? undefined : await findReport(context, typed);
  const kept = saved ?? (about === undefined ? undefined : await inUse(context, about));
  if (kept) return wantedOf(context, { ...kept, ...periodOf(context, args), ...byOf(args) }, kept);
  const subject = about === undefined ? await subjectOf(context, args) : await meant(context, about);
  const by = subject.campaign !== undefined || subject.resource !== undefined ? 'item' : 'resource';
  const period = subject.campaign !== undefined ? 'whole' : 'this';
  return wantedOf(context, { by, period, ...subject, ...periodOf(context, args), ...byOf(args) });
}

const byOf = ({ by }: ReportCallArgs) => by && { by };

function periodOf(
  { at, workspace }: InWorkspace,
  { period, month }: ReportCallArgs,
): Pick<ReportAsk, 'period'> | undefined {
  if (period !== undefined) return { period };
  if (month === undefined) return undefined;
  if (month === 'this' || month === 'last') return { period: month };
  return { period: monthMeant(month, DateTime.fromJSDate(at, { zone: workspace.timeZone })).toFormat('yyyy-MM') };
}

type Subject = Pick<ReportAsk, 'campaign' | 'resource' | 'item' | 'person'>;

async function subjectOf(context: InWorkspace, args: ReportCallArgs): Promise<Subject> {
  const { campaign, resource, item, person } = args;
  if (campaign !== undefined) return { campaign: (await findCampaign(context, campaign)).id };
  if (person !== undefined) return { person: (await findMember(context, person, context.workspace.id)).id };
  if (item !== undefined) return { item };
  return resource === undefined ? {} : { resource };
}

/** What one name means. A label that nobody knows beforehand is looked for among what was spent. */
async function meant(context: InWorkspace, about: string): Promise<Subject> {
  const { account, at, services, workspace } = context;
  const campaign = await campaignMeant(placeOf(context), about);
  if (campaign) return { campaign: campaign.id };
  const items = (await priceList(account.id, workspace.id, at)).map(({ item }) => item);
  const item = items.find((one) => one.toLowerCase() === about.toLowerCase());
  if (item !== undefined) return { item };
  const { spendByResource } = await services.ledger.totals(workspace.id, workspace.createdAt, at);
  const label = [...spendByResource.keys()].find((one) => one.toLowerCase() === about.toLowerCase());
  if (label !== undefined) return { resource: label };
  return { campaign: (await findCampaign(context, about)).id };
}

async function inUse(context: InWorkspace, typed: string): Promise<Report | undefined> {
  const found = await reportMeant(placeOf(context), typed);
  return found?.archived ? undefined : found;
}

async function wantedOf(context: InWorkspace, all: ReportAsk, saved?: Report): Promise<Wanted> {
  const { campaign: id, resource, item, person, by, period } = all;
  const ask = {
    ...{ by, period },
    ...(id !== undefined && { campaign: id }),
    ...(resource !== undefined && { resource }),
    ...(item !== undefined && { item }),
    ...(person !== undefined && { person }),
  };
  await requireSight(context, ask);
  const campaign = id === undefined ? undefined : await findCampaign(context, id);
  const somebody = person === undefined ? undefined : await getPerson(context.account.id, person);
  const subject = campaign?.name ?? somebody?.name ?? item ?? resource;
  return {
    ask,
    ...(subject !== undefined && { subject }),
    ...(campaign && { campaign }),
    ...(saved && { saved }),
  };
}

/** Members see what others spend in sums alone. */
async function requireSight(context: InWorkspace, { person, by }: ReportAsk): Promise<void> {
  const { account, actor, membership, workspace } = context;
  if (by !== 'person' && (person === undefined || person === actor.id)) return;
  if (seesPeople(context)) return;
  const asker = { account, person: actor.id, role: membership.role, workspace: workspace.id };
  await requireYes(asker, 'seeIndividualSpend', { own: false });
}

/** Whether the reader may see who spent what. */
export function seesPeople({ membership }: InWorkspace): boolean {
  const said = verdict('seeIndividualSpend', membership.role);
  return said.answer === 'yes' && said.only === undefined;
}

import { refuse } from '../refusal.js';
import type { Campaign } from '../resources/campaign.js';
import { campaignMeant, findCampaigns } from '../resources/campaigns.js';
import type { Report } from '../resources/report.js';
import { findReports, reportMeant } from '../resources/reports.js';
import type { InWorkspace } from './command.js';
import { nearMiss } from './find-resource.js';

/** As many names as near misses are looked for among. */
const NAMES = 200;

export const placeOf = ({ account, workspace }: InWorkspace) => ({ account: account.id, workspace: workspace.id });

/** The campaign of that id or name, archived ones too. @throws Refusal unknownResource */
export async function findCampaign(context: InWorkspace, idOrName: string): Promise<Campaign> {
  const campaign = await campaignMeant(placeOf(context), idOrName);
  if (campaign) return campaign;
  const { found: campaigns } = await findCampaigns({ ...placeOf(context), limit: NAMES });
  return refuse({ kind: 'unknownResource', what: 'campaign', ...nearMiss(idOrName, campaigns) });
}

/** The kept report of that id or name, archived ones too. @throws Refusal unknownResource */
export async function findReport(context: InWorkspace, idOrName: string): Promise<Report> {
  const report = await reportMeant(placeOf(context), idOrName);
  if (report) return report;
  const { found: reports } = await findReports({ ...placeOf(context), limit: NAMES });
  return refuse({ kind: 'unknownResource', what: 'report', ...nearMiss(idOrName, reports) });
}

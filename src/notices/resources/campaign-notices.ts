import { campaignEndedToldCard } from '../../cards/campaigns/campaign-cards.js';
import type { Ledger } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import type { Campaign } from '../../resources/campaign.js';
import { markCampaignTold, untoldCampaigns } from '../../resources/sweep-campaigns.js';
import { membership } from '../../workspace/memberships.js';
import { getPerson } from '../../workspace/people.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import type { Notice } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

const BATCH = 200;

/** Tells those who answer for a campaign that it was ended without them; resolves with how many were told of. */
export async function tellEndedCampaigns(ledger: Pick<Ledger, 'head'>, log: Pick<Log, 'error'>): Promise<number> {
  let told = 0;
  for (const campaign of await untoldCampaigns(BATCH)) {
    try {
      const notice = await noticeOf(ledger, campaign);
      await inTransaction(async () => {
        if ((await markCampaignTold(campaign)) && notice) await enqueue([notice]);
      });
      told++;
    } catch (error) {
      log.error({ err: error, campaign: campaign.id }, 'the end of a campaign could not be told');
    }
  }
  return told;
}

/** None where its owner is out of the workspace. */
async function noticeOf(ledger: Pick<Ledger, 'head'>, campaign: Campaign): Promise<Notice | undefined> {
  const { id, account, name, owner, spentMinor = 0, start, endedBy, endedByKey } = campaign;
  const [workspace, held, by, head] = await Promise.all([
    getWorkspace(account, campaign.workspace),
    membership(account, campaign.workspace, owner),
    endedBy === undefined || endedByKey !== undefined ? undefined : getPerson(account, endedBy),
    ledger.head(campaign.workspace),
  ]);
  if (!workspace || !held || held.suspended) return undefined;
  const { id: at, name: called, currency } = workspace;
  const card = campaignEndedToldCard({
    about: { id: at, name: called, currency, balanceMinor: head?.balanceMinor ?? 0 },
    campaign: { id, name },
    ...(by && { by: by.name }),
    spentMinor,
    estimateMinor: start?.estimateMinor ?? 0,
  });
  return { id: `campaign:${id}:ended`, account, workspace: at, to: { person: owner }, card };
}

/** What a card says of a campaign's state. */
export type CampaignStage = 'draft' | 'starting' | 'running' | 'ending' | 'ended' | 'archived';

export const STAGES: Readonly<Record<CampaignStage, string>> = {
  draft: 'Draft',
  starting: 'Being started',
  running: 'Running',
  ending: 'Being ended',
  ended: 'Ended',
  archived: 'Archived',
};

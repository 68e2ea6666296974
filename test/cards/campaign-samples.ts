import { campaignCard, type CampaignFacts } from '../../src/cards/campaigns/campaign-card.js';
import {
  campaignEndCard,
  campaignEndedToldCard,
  campaignNeedsCard,
  campaignsCard,
} from '../../src/cards/campaigns/campaign-cards.js';
import type { Card } from '../../src/cards/card.js';
import { reportCard, reportsCard } from '../../src/cards/resources/report-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const campaign = { id: 'cp_1', name: 'Spring' };

const draft: CampaignFacts = {
  ...campaign,
  version: 1,
  stage: 'draft',
  template: 'Greeting',
  list: 'Customers',
  item: 'sms',
  contacts: 1_204,
  sendAt: '2026-12-01T09:00:00.000Z',
  priceMicro: 4_000_000,
  estimateMinor: 4_816,
  owner: 'Mia',
};
const { sendAt: _at, ...atOnce } = draft;
const running: CampaignFacts = {
  ...atOnce,
  stage: 'running',
  started: { by: 'Mia', at: '2026-11-16T09:00:00.000Z', approvedBy: 'Adam' },
  spentMinor: 2_400,
  heldMinor: 2_416,
};
const { heldMinor: _held, ...over } = running;
const { estimateMinor: _estimate, priceMicro: _price, ...unpriced } = atOnce;

const args = { by: 'resource', period: 'this' };
const lines = [
  { label: 'Spring', quantity: 1_204, spentMinor: 4_816 },
  { label: 'Autumn', quantity: 300, spentMinor: 1_200 },
];

export const CAMPAIGN_SAMPLES: readonly Card[] = [
  campaignsCard({ about, zone, campaigns: [] }),
  campaignsCard({
    about,
    zone,
    campaigns: [
      { ...campaign, stage: 'running', since: '2026-11-16T09:00:00.000Z', estimateMinor: 4_816 },
      {
        id: 'cp_2',
        name: 'Autumn',
        stage: 'ended',
        since: '2026-10-03T09:00:00.000Z',
        estimateMinor: 1_300,
        spentMinor: 1_200,
      },
      { id: 'cp_3', name: 'Winter', stage: 'draft', since: '2026-11-15T09:00:00.000Z' },
    ],
    older: 'cp_3',
  }),
  campaignCard({ about, zone, campaign: draft }),
  campaignCard({
    about,
    zone,
    campaign: draft,
    said: 'Spring is drafted.',
    asks: { aboveMinor: 4_000, names: ['Olivia', 'Adam'] },
  }),
  campaignCard({
    about: { ...about, balanceMinor: 4_000 },
    zone,
    campaign: draft,
    short: { missingMinor: 816, siblings: [{ workspace: 'ws_2', name: 'Support' }] },
  }),
  campaignCard({ about, zone, campaign: { ...unpriced, blocked: 'noPrice' } }),
  campaignCard({ about, zone, campaign: running, said: 'Spring is running. £48.16 is set aside for it.' }),
  campaignCard({ about, zone, campaign: { ...over, stage: 'ended', endedAt: '2026-11-18T17:00:00.000Z' } }),
  campaignEndCard({ about, campaign, heldMinor: 2_416 }),
  campaignNeedsCard({ about, template: false, list: false }),
  campaignEndedToldCard({ about, campaign, spentMinor: 2_400, estimateMinor: 4_816 }),
  reportCard({
    about,
    period: 'November so far',
    by: 'resource',
    lines,
    spentMinor: 6_016,
    quantity: 1_504,
    args,
    ways: ['item', 'day', 'person'],
    periods: [{ period: 'last', label: 'Last month' }],
  }),
  reportCard({
    about,
    subject: 'Spring',
    period: '16 Nov 2026 to now',
    by: 'item',
    lines: [],
    spentMinor: 0,
    quantity: 0,
    args,
    ways: [],
    periods: [],
    saved: { id: 'rp_1', name: 'Spring in full' },
  }),
  reportsCard({
    about,
    zone,
    reports: [{ id: 'rp_1', name: 'Spring in full', by: 'Mia', createdAt: '2026-11-16T09:00:00.000Z' }],
    archived: false,
  }),
];

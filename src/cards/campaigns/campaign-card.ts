import type { Minor } from '../../ledger/entry.js';
import { readersMoney, readersPrice } from '../../readers-money.js';
import type { Reason } from '../../refusal.js';
import { type CampaignStage, STAGES } from './campaign-words.js';
import type { Button, Card, Inline, Part, Text } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, subtle, text } from '../parts.js';
import { blockedWords, rescueButtons, type Sibling } from '../refusals/refusal-campaign.js';

/** One campaign as it is now, with all that its buttons need. */
export interface CampaignFacts {
  id: string;
  name: string;
  version: number;
  stage: CampaignStage;
  template: string;
  list: string;
  item: string;
  contacts: number;
  /** ISO; absent: at once. */
  sendAt?: string;
  /** For one contact; absent where it has no price. */
  priceMicro?: number;
  estimateMinor?: Minor;
  blocked?: Extract<Reason, { kind: 'campaignBlocked' }>['why'];
  owner?: string;
  started?: { by: string; at: string; approvedBy?: string };
  endedAt?: string;
  /** Since its start. */
  spentMinor?: Minor;
  /** What of the estimate is still set aside. */
  heldMinor?: Minor;
}

/** Private: one campaign, what it costs, and what can be done with it. */
export function campaignCard(to: {
  about: About;
  zone: string;
  campaign: CampaignFacts;
  /** What has just been done, first. */
  said?: string;
  /** Of a draft: what the workspace lacks for it, and which of the reader's others could give it. */
  short?: { missingMinor: Minor; siblings: readonly Sibling[] };
  /** Of a draft whose start this reader has to ask for: above which amount, and who decides. */
  asks?: { aboveMinor: Minor; names: readonly string[] };
}): Card {
  const { about, campaign, said } = to;
  return {
    name: `campaign-${campaign.stage}`,
    ...(said ? {} : { heading: { text: `${campaign.name}: ${STAGES[campaign.stage].toLowerCase()}` } }),
    parts: [
      ...(said ? [text({ strong: said })] : []),
      { part: 'facts', facts: factsOf(campaign, about, to.zone) },
      ...(campaign.stage === 'draft' ? draftParts(to) : []),
      ...(campaign.stage === 'running'
        ? [subtle('What the engine reports is taken from what is set aside. At the end the rest is free again.')]
        : []),
      ...buttons(...buttonsOf(to)),
    ],
    ...footOf(about),
  };
}

function factsOf(campaign: CampaignFacts, about: About, zone: string): { label: string; value: Text }[] {
  const { contacts, sendAt, priceMicro, estimateMinor, started, endedAt, spentMinor, heldMinor, owner } = campaign;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const when = (time: string): Inline => ({ time, show: 'dateTime', zone });
  const price = priceMicro === undefined ? '' : `, ${readersPrice(priceMicro, about.currency)} each`;
  const facts: [label: string, value: Text | undefined][] = [
    ['Template', [campaign.template]],
    ['Contact list', [`${campaign.list}, ${count(contacts, 'contact')}`]],
    ['Sends', sendAt ? [when(sendAt)] : started ? undefined : ['as soon as it is started']],
    ['Estimate', estimateMinor === undefined ? undefined : [`${money(estimateMinor)} (${campaign.item}${price})`]],
    ['Spent', spentMinor === undefined ? undefined : [money(spentMinor)]],
    ['Still set aside', heldMinor === undefined ? undefined : [money(heldMinor)]],
    ['Started', started && [when(started.at), ` by ${started.by}${approval(started.approvedBy)}`]],
    ['Ended', endedAt ? [when(endedAt)] : undefined],
    ['Answers for it', owner === undefined ? undefined : [owner]],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

const approval = (by: string | undefined) => (by ? `, approved by ${by}` : '');

function draftParts(to: Parameters<typeof campaignCard>[0]): Part[] {
  const { about, campaign, short, asks } = to;
  if (campaign.blocked) return [text(blockedWords({ ...campaign, why: campaign.blocked }))];
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  return [
    ...(short
      ? [
          text(`${about.name} has too little for it: ${money(short.missingMinor)} is missing.`),
          ...buttons(...rescueButtons({ workspace: about.id, currency: about.currency, ...short })),
        ]
      : []),
    ...(asks ? [text(`Above ${money(asks.aboveMinor)} it takes a yes of ${listOf(asks.names, 'or')}.`)] : []),
  ];
}

function buttonsOf({ about, campaign, asks, short }: Parameters<typeof campaignCard>[0]): Button[] {
  const { id, version, stage, blocked, estimateMinor } = campaign;
  const how = { workspace: about.id };
  const report = press('Report', 'report', { campaign: id }, how);
  const archive = press('Archive', 'campaign', { what: 'archive', campaign: id }, how);
  switch (stage) {
    case 'draft':
      return [
        ...(blocked || estimateMinor === undefined
          ? []
          : [
              press(
                `${asks ? 'Ask to start' : 'Start'} for ${readersMoney(estimateMinor, about.currency)}`,
                'campaign',
                { what: 'start', campaign: id, estimateMinor, version },
                short ? how : { ...how, style: 'primary' },
              ),
            ]),
        press('Change', 'campaign', { what: 'change', campaign: id, version }, how),
        archive,
      ];
    case 'starting':
    case 'ending':
      return [press('Look again', 'campaign', { campaign: id }, how)];
    case 'running':
      return [report, press('End', 'campaign', { what: 'end', campaign: id }, { ...how, style: 'danger' })];
    case 'ended':
      return [report, archive, press('Send again', 'campaign', { what: 'new', from: id }, how)];
    case 'archived':
      return [press('Take back', 'campaign', { what: 'restore', campaign: id }, how)];
  }
}

import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import { type CampaignStage, STAGES } from './campaign-words.js';
import type { Card, Text } from '../card.js';
import { type About, buttons, footOf, listOf, press, subtle, text } from '../parts.js';

export interface CampaignLine {
  id: string;
  name: string;
  stage: CampaignStage;
  /** ISO: when it was made, started or ended, whichever came last. */
  since: string;
  estimateMinor?: Minor;
  spentMinor?: Minor;
}

export type CampaignFilterWord = 'draft' | 'running' | 'ended' | 'archived';

const FILTERS: Readonly<Record<CampaignFilterWord, { many: string; none: string }>> = {
  draft: { many: 'drafts', none: 'There are no drafts.' },
  running: { many: 'running campaigns', none: 'No campaign is running.' },
  ended: { many: 'ended campaigns', none: 'No campaign has ended yet.' },
  archived: { many: 'archived campaigns', none: 'No campaign is archived.' },
};

/** Private: a page of a workspace's campaigns, newest first. */
export function campaignsCard(to: {
  about: About;
  zone: string;
  campaigns: readonly CampaignLine[];
  filter?: CampaignFilterWord;
  search?: string;
  /** The cursor of this page; none of the newest. */
  before?: string;
  /** The cursor of the next page. */
  older?: string;
}): Card {
  const { about, campaigns, filter, search, before } = to;
  const how = { workspace: about.id };
  const page = (label: string, cursor?: string) =>
    press(
      label,
      'campaign',
      { ...(filter && { filter }), ...(search && { search }), ...(cursor && { before: cursor }) },
      how,
    );
  const others = (['draft', 'running', 'ended', 'archived'] as const).filter((one) => one !== filter);
  const label = (one: CampaignFilterWord) => (one === 'draft' ? 'Drafts' : STAGES[one]);
  const nothing = campaigns.length === 0 && !before;
  return {
    name: 'campaigns',
    heading: { text: `${about.name}'s ${filter ? FILTERS[filter].many : 'campaigns'}` },
    parts: [
      ...(search ? [subtle(`With “${search}” in the name.`)] : []),
      ...(campaigns.length > 0
        ? [{ part: 'list' as const, items: campaigns.map((campaign) => itemOf(campaign, about, to.zone)) }]
        : [text(emptyWords(to))]),
      ...buttons(
        press('New campaign', 'campaign', { what: 'new' }, { ...how, style: 'primary' }),
        before ? page('Newest') : undefined,
        to.older ? page('Older', to.older) : undefined,
        filter || search ? press('All', 'campaign', {}, how) : undefined,
        ...(nothing && !filter ? [] : others.map((one) => press(label(one), 'campaign', { filter: one }, how))),
      ),
    ],
    ...footOf(about),
  };
}

function emptyWords({ filter, search }: { filter?: CampaignFilterWord; search?: string }): string {
  if (search) return 'There is none of that name.';
  if (filter) return FILTERS[filter].none;
  return 'No campaigns yet. A campaign sends a template to a contact list, and shows what it costs before it starts.';
}

function itemOf(campaign: CampaignLine, about: About, zone: string) {
  const { id, name, stage, since, estimateMinor, spentMinor } = campaign;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const cost =
    spentMinor !== undefined && estimateMinor !== undefined
      ? ` · ${money(spentMinor)} spent of ${money(estimateMinor)}`
      : estimateMinor === undefined
        ? ''
        : ` · ${money(estimateMinor)} estimated`;
  const detail: Text = [`${STAGES[stage]}, `, { time: since, show: 'date', zone }, cost];
  return {
    title: [{ strong: name }],
    detail,
    buttons: [press('Open', 'campaign', { campaign: id }, { workspace: about.id })],
  };
}

/** Private: before a running campaign is ended. */
export function campaignEndCard(to: { about: About; campaign: { id: string; name: string }; heldMinor: Minor }): Card {
  const { about, campaign, heldMinor } = to;
  const free = heldMinor > 0 ? ` ${readersMoney(heldMinor, about.currency)} that is still set aside becomes free.` : '';
  const end = { what: 'end', campaign: campaign.id, sure: true };
  return {
    name: 'campaign-end',
    parts: [
      text(`End ${campaign.name}?${free} What the engine reports after that counts against the balance.`),
      ...buttons(press(`End ${campaign.name}`, 'campaign', end, { workspace: about.id, style: 'danger' })),
    ],
    ...footOf(about),
  };
}

/** Private: what has to be there before the first campaign. */
export function campaignNeedsCard(to: { about: About; template: boolean; list: boolean }): Card {
  const { about } = to;
  const how = { workspace: about.id };
  const needs = [...(to.template ? [] : ['a text (a template)']), ...(to.list ? [] : ['people (a contact list)'])];
  return {
    name: 'campaign-needs',
    parts: [
      text(`A campaign sends a template to a contact list. ${about.name} still needs ${listOf(needs)}.`),
      ...buttons(
        to.template ? undefined : press('New template', 'template', { what: 'new' }, { ...how, style: 'primary' }),
        to.list
          ? undefined
          : press('Import contacts', 'contacts', { what: 'import' }, to.template ? { ...how, style: 'primary' } : how),
      ),
    ],
    ...footOf(about),
  };
}

/** Private, to whoever answers for a campaign that somebody else, or the engine, has ended. */
export function campaignEndedToldCard(to: {
  about: About;
  campaign: { id: string; name: string };
  /** Absent where the engine ended it, by its API key. */
  by?: string;
  spentMinor: Minor;
  estimateMinor: Minor;
}): Card {
  const { about, campaign, spentMinor, estimateMinor } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const freeMinor = estimateMinor - spentMinor;
  const rest = freeMinor > 0 ? ` ${money(freeMinor)} of what was set aside is free again.` : '';
  return {
    name: 'campaign-ended-told',
    heading: { text: `${campaign.name} has ended: ${money(spentMinor)} spent.`, mood: 'info' },
    parts: [
      text(
        `The estimate was ${money(estimateMinor)}.${rest}${to.by ? ` ${to.by} ended it.` : ' The engine reported its end.'}`,
      ),
      ...buttons(press('Report', 'report', { campaign: campaign.id }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

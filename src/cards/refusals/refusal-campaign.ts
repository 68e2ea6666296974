import type { Minor } from '../../ledger/entry.js';
import { LEAST_PAYMENT_MINOR, plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Button } from '../card.js';
import { press } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

type CampaignReason = Of<'campaignState' | 'campaignChanged' | 'campaignBlocked' | 'estimateChanged' | 'campaignShort'>;

/** What stands in the way of a campaign. */
export function campaignWords(reason: CampaignReason): Words {
  switch (reason.kind) {
    case 'campaignState':
      return stateWords(reason);
    case 'campaignChanged':
      return {
        said: [`Somebody changed ${reason.name} since you looked.`],
        next: ['Please look at it once more.'],
        buttons: [look(reason)],
      };
    case 'campaignBlocked':
      return { said: [blockedWords(reason)], buttons: [change(reason), look(reason)] };
    case 'estimateChanged':
      return {
        said: [
          `${reason.name} would cost ${readersMoney(reason.nowMinor, reason.currency)} now, not ${readersMoney(reason.shownMinor, reason.currency)}, so nothing was started.`,
        ],
        next: ['Please look at it once more.'],
        buttons: [look(reason)],
      };
    case 'campaignShort':
      return shortWords(reason);
  }
}

interface Campaign {
  campaign: string;
  workspace: string;
}

const look = ({ campaign, workspace }: Campaign): Button =>
  press('Look at it', 'campaign', { campaign }, { workspace });
const change = ({ campaign, workspace }: Campaign): Button =>
  press('Change it', 'campaign', { what: 'change', campaign }, { workspace, style: 'primary' });

function stateWords({ campaign, doing, name, state }: Of<'campaignState'>): Words {
  const act = (label: string, what: string) => press(label, 'campaign', { what, campaign });
  const again = press('New campaign', 'campaign', { what: 'new' });
  if (state === 'archived') {
    const next = doing === 'start' ? 'Take it back first, then start it.' : 'Take it back first.';
    return { said: [`${name} is archived.`], next: [next], buttons: [act('Take it back', 'restore')] };
  }
  switch (doing) {
    case 'change':
      return {
        said: [`${name} was started already, so it can't be changed.`],
        next: ['Make another campaign instead.'],
        buttons: [again],
      };
    case 'start':
      return {
        said: [`${name} has ended. A campaign is sent once.`],
        next: ['Make another campaign to send again.'],
        buttons: [again],
      };
    case 'end':
      return {
        said: [`${name} was not started, so there is nothing to end.`],
        buttons: [press('Look at it', 'campaign', { campaign })],
      };
    case 'archive':
      return {
        said: [`${name} is running.`],
        next: ['End it first, then it can be archived.'],
        buttons: [act('End it', 'end')],
      };
  }
}

/** Why a campaign cannot be started as it is. */
export function blockedWords(
  reason: Pick<Of<'campaignBlocked'>, 'why' | 'name' | 'template' | 'list' | 'item'>,
): string {
  const { why, name, template, list, item } = reason;
  switch (why) {
    case 'templateArchived':
      return `${name} can't be started: its template ${template} is archived.`;
    case 'listArchived':
      return `${name} can't be started: its contact list ${list} is archived.`;
    case 'listEmpty':
      return `${name} can't be started: there is nobody in ${list}.`;
    case 'noPrice':
      return `${name} can't be started: ${item} has no price at the time of sending.`;
    case 'tooMuch':
      return `${name} can't be started: it costs more than can be charged at once.`;
    case 'timePast':
      return `${name} can't be started: the time it was to be sent has passed.`;
  }
}

/** Another workspace of the reader's that could give what is missing. */
export interface Sibling {
  workspace: string;
  name: string;
}

/** What mends a balance that is too small. */
export function rescueButtons(to: {
  workspace: string;
  missingMinor: Minor;
  currency: string;
  siblings: readonly Sibling[];
}): Button[] {
  const { workspace, missingMinor, currency, siblings } = to;
  const addMinor = Math.max(missingMinor, LEAST_PAYMENT_MINOR);
  const add = { amount: plainAmount(addMinor, currency) };
  const move = { amount: plainAmount(missingMinor, currency), to: workspace };
  return [
    press(`Add ${readersMoney(addMinor, currency)}`, 'topup', add, { workspace, style: 'primary' }),
    ...siblings.map((sibling) =>
      press(`Move ${readersMoney(missingMinor, currency)} from ${sibling.name}`, 'transfer', move, {
        workspace: sibling.workspace,
      }),
    ),
  ];
}

function shortWords(reason: Of<'campaignShort'>): Words {
  const { name, campaign, workspace, workspaceName, heldMinor, neededMinor, currency, siblings = [] } = reason;
  const money = (minor: number) => readersMoney(minor, currency);
  const availableMinor = Math.max(reason.availableMinor, 0);
  const missingMinor = neededMinor - availableMinor;
  const held = heldMinor > 0 ? ` available, as ${money(heldMinor)} is held` : '';
  const again = { what: 'start', campaign, estimateMinor: neededMinor };
  return {
    said: [`${name} needs ${money(neededMinor)} and ${workspaceName} has ${money(availableMinor)}${held}.`],
    next: [`It stays a draft until the missing ${money(missingMinor)} is there.`],
    buttons: [
      ...rescueButtons({ workspace, missingMinor, currency, siblings }),
      press('Try again', 'campaign', again, { workspace }),
    ],
  };
}

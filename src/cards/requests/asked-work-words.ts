import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';

export function meetingAsked(title: string | undefined) {
  return { wants: 'to read a meeting', context: title === undefined ? [] : [`It is “${title}”, which you host.`] };
}

export function channelAsked(name: string, { isPrivate }: { isPrivate: boolean }) {
  const kind = isPrivate ? 'private channel' : 'channel';
  return { wants: `to create the ${kind} ${name}`.trimEnd(), context: ['They would manage it.'] };
}

export function campaignAsked(of: {
  campaign: string;
  template: string;
  list: { name: string; contacts: number };
  workspace: { name: string; currency: string };
  estimateMinor: Minor;
  leftMinor: Minor;
}) {
  const { campaign, template, list, workspace, estimateMinor, leftMinor } = of;
  const money = (minor: Minor) => readersMoney(minor, workspace.currency);
  const left =
    leftMinor < 0
      ? `${workspace.name} has too little for it now: ${money(-leftMinor)} is missing.`
      : `${workspace.name} would have ${money(leftMinor)} left.`;
  return {
    wants: `to start the campaign ${campaign} for ${money(estimateMinor)}`,
    context: [`It sends ${template} to ${list.name} (${list.contacts.toLocaleString('en-GB')}).`, left],
    yes: `Start for ${money(estimateMinor)}`,
  };
}

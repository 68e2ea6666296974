import type { EntryKind, Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import { lastsWords } from '../forecast/lasts-words.js';
import { type About, count, listOf } from '../parts.js';
import type { Cause, Change, SummaryFacts } from './summary-facts.js';

/** `£0.00 + £200.00 - £81.60 = £118.40` */
export function sumWords(
  { currency }: Pick<About, 'currency'>,
  sums: Pick<SummaryFacts, 'openingMinor' | 'inMinor' | 'outMinor' | 'closingMinor'>,
): string {
  const money = (minor: Minor) => readersMoney(minor, currency);
  return `${money(sums.openingMinor)} + ${money(sums.inMinor)} - ${money(sums.outMinor)} = ${money(sums.closingMinor)}`;
}

/** What the charts leave out, in the order in which people ask. */
export function summaryFigures(facts: SummaryFacts): [label: string, value: string][] {
  const { about, change, flows, lasts, licences, spentMinor } = facts;
  return [
    ['Spent', spentWords(facts)],
    ...(change ? [['Change', changeWords(spentMinor, change, about)] as [string, string]] : []),
    ...(flows.length > 0 ? [['Top-ups and moves', flowWords(facts)] as [string, string]] : []),
    ['Forecast', lastsWords(lasts)],
    ['Members', membersWords(licences)],
  ];
}

function spentWords({ about, spentMinor, perDayMinor, running }: SummaryFacts): string {
  if (spentMinor === 0) return running ? 'Nothing so far' : 'Nothing';
  return `${readersMoney(spentMinor, about.currency)}, ${readersMoney(perDayMinor, about.currency)} a day`;
}

/** `£13.60 more than in October (20 %): Spring sale £10.00 (new), Newsletter £5.00 more, everything else £1.40 less` */
function changeWords(spentMinor: Minor, { than, beforeMinor, causes }: Change, { currency }: About): string {
  const minor = spentMinor - beforeMinor;
  const restMinor = causes.reduce((rest, cause) => rest - cause.minor, minor);
  const words = [
    ...causes.map((cause) => causeWords(cause, currency)),
    ...(restMinor === 0 ? [] : [`everything else ${moreOrLess(restMinor, currency)}`]),
  ];
  const why = causes.length > 0 ? `: ${words.join(', ')}` : '';
  if (minor === 0) return `As much as in ${than}${why}`;
  const percent = beforeMinor > 0 ? ` (${Math.round((Math.abs(minor) * 100) / beforeMinor)} %)` : '';
  return `${moreOrLess(minor, currency)} than in ${than}${percent}${why}`;
}

function causeWords({ name, minor, only }: Cause, currency: string): string {
  if (only === 'now') return `${name} ${readersMoney(minor, currency)} (new)`;
  return `${name} ${moreOrLess(minor, currency)}${only === 'then' ? ' (not used any more)' : ''}`;
}

function moreOrLess(minor: Minor, currency: string): string {
  return `${readersMoney(Math.abs(minor), currency)} ${minor > 0 ? 'more' : 'less'}`;
}

const FLOW_WORDS: Partial<Record<EntryKind, { in: string; out: string }>> = {
  topup: { in: 'added', out: 'taken off again' },
  transfer: { in: 'moved here from other workspaces', out: 'moved to other workspaces' },
  refund: { in: 'refunded', out: 'refunded' },
  dispute: { in: 'won back from disputes', out: 'disputed' },
  reversal: { in: 'given back', out: 'taken back' },
  adjustment: { in: 'put right', out: 'put right downwards' },
};

function flowWords({ about, flows }: SummaryFacts): string {
  const words = flows.flatMap(({ kind, minor }) => {
    const said = FLOW_WORDS[kind]?.[minor > 0 ? 'in' : 'out'];
    return said === undefined ? [] : [`${readersMoney(Math.abs(minor), about.currency)} ${said}`];
  });
  return listOf(words, 'and', words.length);
}

function membersWords({ standard, pro }: SummaryFacts['licences']): string {
  const licences = [
    ...(standard > 0 || pro === 0 ? [count(standard, 'standard licence')] : []),
    ...(pro > 0 ? [count(pro, 'pro licence')] : []),
  ];
  return `${count(standard + pro, 'person', 'people')} with ${listOf(licences)}`;
}

import type { Minor } from '../../ledger/entry.js';
import { formatMoney } from '../../money.js';
import type { Licence } from '../../workspace/entities.js';
import type { Card, Part } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, subtle } from '../parts.js';

/** A month of a workspace that is over; amounts in minor units, above zero but for the balances. */
export interface SummaryFacts {
  about: About;
  /** `November` */
  month: string;
  openingMinor: Minor;
  inMinor: Minor;
  outMinor: Minor;
  closingMinor: Minor;
  /** The dearest first. */
  byResource: readonly (readonly [name: string, minor: Minor])[];
  days: number;
  /** Absent in a workspace's first month. */
  before?: { month: string; outMinor: Minor };
  lasts: { kind: 'tooNew' } | { kind: 'idle' } | { kind: 'days'; daysLeft: number };
  licences: Readonly<Record<Licence, number>>;
}

const MOST_BARS = 8;

/** `Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.` Totals only: a channel reads it. */
export function summaryCard(facts: SummaryFacts): Card {
  const { about } = facts;
  const money = (minor: Minor) => formatMoney(minor, about.currency);
  const sum = `${money(facts.openingMinor)} + ${money(facts.inMinor)} - ${money(facts.outMinor)} = ${money(facts.closingMinor)}`;
  return {
    name: 'summary',
    heading: { text: `${about.name} in ${facts.month}: ${sum}.`, mood: 'info' },
    parts: [
      ...resourceBars(facts, money),
      { part: 'facts', facts: figures(facts, money).map(([label, value]) => ({ label, value: [value] })) },
      subtle('Opening balance + what came in - what went out = closing balance.'),
      ...buttons(
        press('Details', 'usage', { month: 'last' }, { workspace: about.id }),
        press('Top up', 'topup', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function resourceBars({ byResource, outMinor }: SummaryFacts, money: (minor: Minor) => string): Part[] {
  const [top] = byResource;
  if (!top || outMinor <= 0) return [];
  const rest = byResource.slice(MOST_BARS).reduce((sum, [, minor]) => sum + minor, 0);
  const shown = rest > 0 ? [...byResource.slice(0, MOST_BARS), ['others', rest] as const] : byResource;
  const share = Math.round((top[1] * 100) / outMinor);
  return [
    {
      part: 'bars',
      finding: `Most went to ${top[0]}: ${money(top[1])}, ${share} % of what was spent.`,
      bars: shown.map(([label, minor]) => ({ label, value: minor, shown: money(minor) })),
    },
  ];
}

function figures(facts: SummaryFacts, money: (minor: Minor) => string): [label: string, value: string][] {
  const { standard, pro } = facts.licences;
  const licences = [
    ...(standard > 0 || pro === 0 ? [count(standard, 'standard licence')] : []),
    ...(pro > 0 ? [count(pro, 'pro licence')] : []),
  ];
  return [
    [
      'Spent',
      facts.outMinor === 0
        ? 'Nothing was spent.'
        : `${money(facts.outMinor)}, ${money(Math.round(facts.outMinor / facts.days))} a day`,
    ],
    ...(facts.before ? [['Change', changeWords(facts.outMinor, facts.before, money)] as [string, string]] : []),
    ['Balance lasts', lastsWords(facts.lasts)],
    ['Members', `${count(standard + pro, 'person', 'people')} with ${listOf(licences)}`],
  ];
}

function changeWords(
  outMinor: Minor,
  before: { month: string; outMinor: Minor },
  money: (minor: Minor) => string,
): string {
  const difference = outMinor - before.outMinor;
  if (difference === 0) return `As much as in ${before.month}`;
  const percent = before.outMinor > 0 ? ` (${Math.round((Math.abs(difference) * 100) / before.outMinor)} %)` : '';
  return `${money(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'} than in ${before.month}${percent}`;
}

function lastsWords(lasts: SummaryFacts['lasts']): string {
  switch (lasts.kind) {
    case 'tooNew':
      return 'Too new to guess days.';
    case 'idle':
      return 'No end in sight, as nothing was spent lately.';
    case 'days':
      return `About ${count(lasts.daysLeft, 'day')} at the last week's pace`;
  }
}

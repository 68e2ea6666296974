import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Chart } from '../card.js';
import { comparedAmount } from '../parts.js';
import type { SummaryFacts } from './summary-facts.js';

const MOST_BARS = 5;

/** What was spent each day, and on what; none where nothing was spent. */
export function summaryCharts(facts: SummaryFacts): Chart[] {
  if (facts.spentMinor <= 0) return [];
  return [...dayColumns(facts), ...resourceBars(facts)];
}

/** One day alone is no comparison. */
function dayColumns({ about, days, month, perDayMinor }: SummaryFacts): Chart[] {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const [dearest] = days.toSorted((a, b) => b.minor - a.minor);
  if (!dearest || days.length < 2 || dearest.minor <= 0) return [];
  return [
    {
      kind: 'columns',
      title: `Spent in ${month}`,
      finding: `Most was spent on ${dearest.name}: ${money(dearest.minor)}. An average day took ${money(perDayMinor)}.`,
      points: days.map(({ label, minor }) => comparedAmount(label, Math.max(0, minor), about.currency)),
      usual: {
        value: Number(plainAmount(perDayMinor, about.currency)),
        shown: `${money(perDayMinor)} on an average day`,
      },
    },
  ];
}

function resourceBars({ about, byResource, spentMinor }: SummaryFacts): Chart[] {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const [top] = byResource;
  if (!top) return [];
  const others = byResource.slice(MOST_BARS);
  const rest = others.reduce((sum, [, minor]) => sum + minor, 0);
  const shown = [...byResource.slice(0, MOST_BARS), ...(rest > 0 ? [[otherWords(others.length), rest] as const] : [])];
  const share = Math.round((top[1] * 100) / spentMinor);
  return [
    {
      kind: 'bars',
      title: 'What it went to',
      finding: `Most went to ${top[0]}: ${money(top[1])}, ${share} % of what was spent.`,
      points: shown.map(([label, minor]) => comparedAmount(label, minor, about.currency)),
    },
  ];
}

function otherWords(count: number): string {
  return count === 1 ? '1 other' : `${count} others`;
}

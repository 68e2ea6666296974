import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Part } from '../card.js';
import { buttons, comparedAmount, footOf, press, text } from '../parts.js';
import { chartPart, type Drawn, figuresPart, summaryHeading } from './summary-card.js';
import type { SummaryFacts } from './summary-facts.js';

const MOST_PEOPLE = 8;

/** Private: a month as its summary has it; with what people spent for those who may see it, else the reader's own. */
export function usageCard(
  facts: SummaryFacts,
  drawn: Drawn,
  who: {
    /** The dearest first. */
    people?: readonly (readonly [name: string, minor: Minor])[];
    ownMinor?: Minor;
    /** The other months to look at, as they are asked for and in words. */
    months: readonly { month: string; label: string }[];
  },
): Card {
  const { about, period } = facts;
  const how = { workspace: about.id };
  return {
    name: 'usage',
    heading: { text: summaryHeading(facts) },
    parts: [
      ...chartPart(drawn),
      figuresPart(facts),
      ...peopleBars(facts, who.people ?? []),
      ...(who.ownMinor ? [text(`You spent ${readersMoney(who.ownMinor, about.currency)} of it.`)] : []),
      ...buttons(
        ...who.months.map(({ month, label }) => press(label, 'usage', { month }, how)),
        press('CSV', 'usage', { month: period, csv: true }, how),
        press('History', 'history', {}, how),
      ),
    ],
    ...footOf(about),
  };
}

function peopleBars({ about, spentMinor }: SummaryFacts, people: readonly (readonly [string, Minor])[]): Part[] {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const [top] = people;
  if (!top || spentMinor <= 0) return [];
  const rest = people.slice(MOST_PEOPLE).reduce((sum, [, minor]) => sum + minor, 0);
  const shown = rest > 0 ? [...people.slice(0, MOST_PEOPLE), ['others', rest] as const] : people;
  const share = Math.round((top[1] * 100) / spentMinor);
  return [
    {
      part: 'bars',
      finding: `Most was spent by ${top[0]}: ${money(top[1])}, ${share} % of what was spent.`,
      bars: shown.map(([label, minor]) => comparedAmount(label, minor, about.currency)),
    },
  ];
}

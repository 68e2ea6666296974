import type { Card, Chart, Part } from '../card.js';
import { buttons, footOf, press, subtle } from '../parts.js';
import type { SummaryFacts } from './summary-facts.js';
import { summaryFigures, sumWords } from './summary-words.js';

/** The charts of a summary, and where they are as one picture. */
export interface Drawn {
  charts: readonly Chart[];
  picture?: string | undefined;
}

/** `Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.` Totals only: a channel reads it. */
export function summaryCard(facts: SummaryFacts, drawn: Drawn): Card {
  const { about, period } = facts;
  const how = { workspace: about.id };
  return {
    name: 'summary',
    heading: { text: summaryHeading(facts), mood: 'info' },
    parts: [
      ...chartPart(drawn),
      figuresPart(facts),
      subtle('Opening balance + what came in - what went out = closing balance.'),
      ...buttons(
        press('Details', 'usage', { month: period }, how),
        press('CSV', 'usage', { month: period, csv: true }, how),
        press('Top up', 'topup', {}, how),
      ),
    ],
    ...footOf(about),
  };
}

export function summaryHeading({ about, month, running, ...sums }: SummaryFacts): string {
  return `${about.name} in ${month}${running ? ' so far' : ''}: ${sumWords(about, sums)}.`;
}

export function chartPart({ charts, picture }: Drawn): Part[] {
  return charts.length > 0 ? [{ part: 'chart', charts, ...(picture !== undefined && { picture }) }] : [];
}

export function figuresPart(facts: SummaryFacts): Part {
  return { part: 'facts', facts: summaryFigures(facts).map(([label, value]) => ({ label, value: [value] })) };
}

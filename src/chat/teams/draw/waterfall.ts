import type { Part, WaterfallStep } from '../../../cards/card.js';
import type { Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

type Waterfall = Extract<Part, { part: 'waterfall' }>;

const WIDTH = 100;
/** A narrower column is not drawn. */
const LEAST_WIDTH = 2;
const STYLES: Readonly<Record<WaterfallStep['is'], string>> = { balance: 'accent', in: 'good', out: 'warning' };

/** The finding in words, then a row for each step: its words, and a coloured column where the one before it ended. */
export function drawWaterfall({ finding, steps }: Waterfall): Element[] {
  const amounts = steps.flatMap(({ from, to }) => [from, to]);
  const least = Math.min(0, ...amounts);
  const range = Math.max(1, Math.max(0, ...amounts) - least);
  const place = (amount: number) => Math.round(((amount - least) / range) * WIDTH);
  return [
    { type: 'TextBlock', text: escapeMarkdown(finding), wrap: true },
    ...steps.flatMap((step): Element[] => [
      {
        type: 'ColumnSet',
        spacing: 'Small',
        columns: [words(tame(step.label), 'stretch', {}), words(tame(step.shown), 'auto', { weight: 'Bolder' })],
      },
      bar(place(Math.min(step.from, step.to)), place(Math.max(step.from, step.to)), STYLES[step.is]),
    ]),
  ];
}

function words(text: string, width: string, how: Record<string, string>): Element {
  return { type: 'Column', width, items: [{ type: 'TextBlock', text: escapeMarkdown(text), wrap: true, ...how }] };
}

function bar(start: number, end: number, style: string): Element {
  const parts = [{ width: start }, { width: Math.max(LEAST_WIDTH, end - start), style }, { width: WIDTH - end }].filter(
    ({ width }) => width >= LEAST_WIDTH,
  );
  const line: Element = { type: 'TextBlock', text: '\u00a0', size: 'Small' };
  const columns = parts.map((part): Element => ({ type: 'Column', spacing: 'None', ...part, items: [line] }));
  return { type: 'ColumnSet', spacing: 'None', columns };
}

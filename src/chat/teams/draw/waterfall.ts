import type { Part, WaterfallStep } from '../../../cards/card.js';
import type { Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

type Waterfall = Extract<Part, { part: 'waterfall' }>;

/** Characters of a line, few enough for a phone. */
const WIDTH = 28;
const COLOURS: Readonly<Record<WaterfallStep['is'], string>> = { balance: 'Accent', in: 'Good', out: 'Warning' };

/** The finding in words, then each step: its words, and under them a coloured bar where the one before it ended. */
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
      bar(place(Math.min(step.from, step.to)), place(Math.max(step.from, step.to)), COLOURS[step.is]),
    ]),
  ];
}

function words(text: string, width: string, how: Record<string, string>): Element {
  return { type: 'Column', width, items: [{ type: 'TextBlock', text: escapeMarkdown(text), wrap: true, ...how }] };
}

/** Something above nothing always shows. */
function bar(start: number, end: number, color: string): Element {
  const before = '\u00a0'.repeat(Math.min(start, WIDTH - 1));
  const drawn = '█'.repeat(Math.max(1, end - start));
  const run = { type: 'TextRun', fontType: 'Monospace' };
  const inlines = [...(before ? [{ ...run, text: before }] : []), { ...run, text: drawn, color }];
  return { type: 'RichTextBlock', spacing: 'None', inlines };
}

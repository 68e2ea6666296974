import type { Part } from '../../../cards/card.js';
import type { Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

type BarsPart = Extract<Part, { part: 'bars' }>;

/** The finding in words, then each bar as its share of all; a client without charts gets the amounts as a list. */
export function drawBars({ finding, bars }: BarsPart): Element[] {
  const words: Element = { type: 'TextBlock', text: escapeMarkdown(finding), wrap: true };
  if (bars.length === 0) return [words];
  return [
    words,
    {
      type: 'Chart.HorizontalBar',
      title: '',
      displayMode: 'PartToWhole',
      color: 'categoricalBlue',
      data: bars.map((bar) => ({ x: `${tame(bar.label)} · ${tame(bar.shown)}`, y: bar.value })),
      fallback: {
        type: 'FactSet',
        facts: bars.map((bar) => ({ title: escapeMarkdown(bar.label), value: escapeMarkdown(bar.shown) })),
      },
    },
  ];
}

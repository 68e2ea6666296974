import type { Chart } from '../../../cards/card.js';
import { sparkline } from '../../../cards/sparkline.js';
import { drawBars, drawnAmount } from './bars.js';
import type { Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

/** The finding in words, then the chart as the client draws it, in its own colours; one without charts gets a line of text. */
export function drawChart({ kind, title, finding, points }: Chart): Element[] {
  if (kind === 'bars') return drawBars({ part: 'bars', finding, bars: points });
  return [
    { type: 'TextBlock', text: escapeMarkdown(finding), wrap: true },
    {
      type: 'Chart.VerticalBar',
      title: tame(title),
      color: 'categoricalBlue',
      data: points.map((point) => ({ x: tame(point.label), y: drawnAmount(point) })),
      fallback: {
        type: 'TextBlock',
        fontType: 'Monospace',
        text: sparkline(points.map(({ value }) => value)).replaceAll(' ', '\u00a0'),
      },
    },
  ];
}

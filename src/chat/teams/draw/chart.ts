import type { Chart } from '../../../cards/card.js';
import { sparkline } from '../../../cards/sparkline.js';
import { drawBars } from './bars.js';
import type { Element } from './element.js';
import { escapeMarkdown, tame } from './escape.js';

/** More columns have no room for their names, which Teams would cut to a digit: they are drawn by sevens, as weeks are. */
const MOST_COLUMNS = 12;
const WEEK = 7;

/** The finding in words, then the chart as the client draws it, in its own colours; one without charts gets a line of text. */
export function drawChart({ kind, title, finding, points }: Chart): Element[] {
  if (kind === 'bars') return drawBars({ part: 'bars', finding, bars: points });
  return [
    { type: 'TextBlock', text: escapeMarkdown(finding), wrap: true },
    {
      type: 'Chart.VerticalBar',
      title: tame(title),
      color: 'categoricalBlue',
      data: columnsOf(points),
      fallback: {
        type: 'TextBlock',
        fontType: 'Monospace',
        text: sparkline(points.map(({ value }) => value)).replaceAll(' ', '\u00a0'),
      },
    },
  ];
}

function columnsOf(points: Chart['points']): { x: string; y: number }[] {
  const all = points.map((point) => ({ x: tame(point.label), y: point.value }));
  if (all.length <= MOST_COLUMNS) return all;
  const weeks: { x: string; y: number }[] = [];
  for (let at = 0; at < all.length; at += WEEK) weeks.push(together(all.slice(at, at + WEEK)));
  return weeks;
}

/** `8–14`; amounts have three decimals at most. */
function together(columns: readonly { x: string; y: number }[]): { x: string; y: number } {
  const [first, last] = [columns[0]!.x, columns.at(-1)!.x];
  const sum = columns.reduce((all, { y }) => all + y, 0);
  return { x: first === last ? first : `${first}–${last}`, y: Math.round(sum * 1_000) / 1_000 };
}

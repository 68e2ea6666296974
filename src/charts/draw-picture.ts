import type { Chart } from '../cards/card.js';
import { type Typeface, typeface } from '../typeface.js';
import { barsPanel } from './bars-panel.js';
import { columnsPanel } from './columns-panel.js';
import { type Panel, type PictureOption, WIDTH } from './panel.js';

/** Pixels to a point, as phones and most screens have them. */
const SCALE = 2;
const GAP = 26;

/** Draws charts one under the other, as a PNG without a background. What draws is loaded with the first picture. */
export async function drawPicture(charts: readonly Chart[]): Promise<Buffer> {
  const [{ svgOf }, { renderAsync }, face] = await Promise.all([
    import('./svg.js'),
    import('@resvg/resvg-js'),
    typeface(),
  ]);
  const { option, height } = layOut(charts.map((chart) => printable(chart, face)));
  const picture = await renderAsync(svgOf(option, { width: WIDTH, height }), {
    font: { fontFiles: [...face.files], loadSystemFonts: false, defaultFontFamily: 'Inter' },
    fitTo: { mode: 'zoom', value: SCALE },
  });
  return picture.asPng();
}

/** The panels under each other, and how high that is. */
export function layOut(charts: readonly Chart[]): { option: PictureOption; height: number } {
  const panels: Panel[] = [];
  let top = 0;
  for (const [index, chart] of charts.entries()) {
    const panel = chart.kind === 'columns' ? columnsPanel(chart, { index, top }) : barsPanel(chart, { index, top });
    panels.push(panel);
    top += panel.height + GAP;
  }
  const option: PictureOption = {
    animation: false,
    title: panels.map(({ title }) => title),
    grid: panels.map(({ grid }) => grid),
    xAxis: panels.map(({ xAxis }) => xAxis),
    yAxis: panels.map(({ yAxis }) => yAxis),
    series: panels.map(({ series }) => series),
  };
  return { option, height: top - GAP };
}

function printable(chart: Chart, { printable: words }: Typeface): Chart {
  const points = chart.points.map((point) => ({ ...point, label: words(point.label), shown: words(point.shown) }));
  return { ...chart, title: words(chart.title), points };
}

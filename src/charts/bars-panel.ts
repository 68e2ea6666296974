import type { Chart } from '../cards/card.js';
import { COLOURS } from './colours.js';
import { type Panel, type Place, STRONG, TITLE_HEIGHT, titleAt, WIDTH, WORDS } from './panel.js';

const BAR_HEIGHT = 34;
const NAMES_WIDTH = 170;
const AMOUNTS_WIDTH = 110;

/** Bars one under the other, with the name before and the amount behind. */
export function barsPanel(chart: Chart, place: Place): Panel {
  const height = chart.points.length * BAR_HEIGHT;
  return {
    height: TITLE_HEIGHT + height,
    title: titleAt(place, chart.title),
    grid: {
      top: place.top + TITLE_HEIGHT,
      left: NAMES_WIDTH,
      width: WIDTH - NAMES_WIDTH - AMOUNTS_WIDTH,
      height,
      outerBoundsMode: 'none',
    },
    xAxis: { gridIndex: place.index, type: 'value', show: false, min: 0 },
    yAxis: {
      gridIndex: place.index,
      type: 'category',
      inverse: true,
      data: chart.points.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...WORDS, margin: NAMES_WIDTH, align: 'left', width: NAMES_WIDTH - 14, overflow: 'truncate' },
    },
    series: {
      type: 'bar',
      xAxisIndex: place.index,
      yAxisIndex: place.index,
      barWidth: 16,
      barMinHeight: 3,
      data: chart.points.map(({ value, shown }) => ({
        value,
        itemStyle: { color: COLOURS.shape, borderRadius: 3 },
        label: { ...STRONG, show: true, position: 'right', formatter: shown },
      })),
    },
  };
}

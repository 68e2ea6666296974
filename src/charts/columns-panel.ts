import type { Chart } from '../cards/card.js';
import { COLOURS } from './colours.js';
import { type Panel, type Place, STRONG, TITLE_HEIGHT, titleAt, WIDTH, WORDS } from './panel.js';

const COLUMNS_HEIGHT = 150;
const LABELS_HEIGHT = 26;
/** Room for what the line is, and for the highest column's amount above it. */
const HEADROOM = 30;
/** Days of a month are too many to be named each. */
const EVERY = 7;

/** Columns over time; the highest one carries its amount, the line is the usual one. */
export function columnsPanel(chart: Chart, place: Place): Panel {
  const { points } = chart;
  const top = place.top + TITLE_HEIGHT + HEADROOM;
  return {
    height: TITLE_HEIGHT + HEADROOM + COLUMNS_HEIGHT + LABELS_HEIGHT,
    title: titleAt(place, chart.title, chart.usual && `– –  ${chart.usual.shown}`),
    grid: { top, left: 0, width: WIDTH, height: COLUMNS_HEIGHT, outerBoundsMode: 'none' },
    xAxis: {
      gridIndex: place.index,
      type: 'category',
      data: points.map(({ label }) => label),
      axisLine: { lineStyle: { color: COLOURS.words, opacity: 0.5 } },
      axisTick: { show: false },
      axisLabel: { ...WORDS, margin: 10, interval: (index) => points.length <= EVERY || index % EVERY === 0 },
    },
    yAxis: { gridIndex: place.index, type: 'value', show: false, min: 0 },
    series: {
      type: 'bar',
      xAxisIndex: place.index,
      yAxisIndex: place.index,
      barCategoryGap: '28%',
      data: columnsOf(chart),
      ...(chart.usual && { markLine: usualLine(chart.usual.value) }),
    },
  };
}

function columnsOf({ points }: Chart): NonNullable<Panel['series']['data']> {
  const most = Math.max(...points.map(({ value }) => value));
  const peak = points.findIndex(({ value }) => value === most);
  return points.map(({ value, shown }, index) => ({
    value,
    itemStyle: { color: index === peak ? COLOURS.peak : COLOURS.shape, borderRadius: [3, 3, 0, 0] },
    ...(index === peak && {
      label: {
        ...STRONG,
        show: true,
        position: 'top',
        align: alignOf(index, points.length),
        color: COLOURS.peak,
        formatter: shown,
      },
    }),
  }));
}

/** Within the picture, also over the first and the last columns. */
function alignOf(index: number, columns: number): 'left' | 'center' | 'right' {
  const along = index / columns;
  if (along < 0.1) return 'left';
  return along > 0.9 ? 'right' : 'center';
}

function usualLine(value: number): NonNullable<Panel['series']['markLine']> {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: COLOURS.words, type: [4, 4], width: 1.5 },
    label: { show: false },
    data: [{ yAxis: value }],
  };
}

import { median, rounded } from '../figures.js';
import type { Measured } from './measure.js';
import type { Repetition } from './repetition.js';
import { SHAPES, type ShapeName } from './shapes.js';

/** A ratio beside the bar it has to reach. */
export interface Ratio {
  name: string;
  ratio: number;
  bar: string;
  reached: boolean;
}

interface Bar {
  name: string;
  of: (paths: Repetition['paths']) => number;
  /** At least, or where `most` at most. */
  bars: Readonly<Record<ShapeName, number>>;
  most?: true;
}

const alike = (bar: number): Bar['bars'] => ({ hot: bar, zipf: bar, uniform: bar });
const faster = (path: keyof Repetition['paths']) => (paths: Repetition['paths']) =>
  paths.ledger.perSecond / paths[path].perSecond;

const BARS: readonly Bar[] = [
  { name: "against medici's withdraw recipe", of: faster('medici'), bars: { hot: 200, zipf: 200, uniform: 90 } },
  { name: 'against insertOne', of: faster('insertOne'), bars: alike(14) },
  { name: 'against insertMany(500)', of: faster('insertMany'), bars: alike(0.9) },
  {
    name: '5 % of the events again, against none',
    of: ({ again, ledger }) => again.perSecond / ledger.perSecond,
    bars: alike(0.7),
  },
  {
    name: 'two replicas against one',
    of: ({ replicas, ledger }) => replicas.perSecond / ledger.perSecond,
    bars: alike(0.8),
  },
  {
    name: 'p99 of two replicas against one',
    of: ({ replicas, ledger }) => replicas.p99 / ledger.p99,
    bars: alike(3),
    most: true,
  },
];

export function ratio(name: string, value: number, bar: number, most?: true): Ratio {
  const reached = most ? value <= bar : value >= bar;
  return { name, ratio: rounded(value), bar: `${most ? '<=' : '>='} ${bar}`, reached };
}

/** Each ratio is taken within a repetition, where both sides met the same machine; then the median. */
export function ratiosOf(repetitions: Readonly<Record<ShapeName, readonly Repetition[]>>): Ratio[] {
  return BARS.flatMap(({ name, of, bars, most }) =>
    SHAPES.map((shape) => {
      const value = median(repetitions[shape].map(({ paths }) => of(paths)));
      return ratio(`${shape}: ${name}`, value, bars[shape], most);
    }),
  );
}

export function medianOf(runs: readonly Measured[]): Measured {
  const of = (field: keyof Measured) => rounded(median(runs.map((one) => one[field])));
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpuMicros: of('cpuMicros') };
}

import { type Measured, measured, run, type Spend } from './measure.js';
import type { Shape } from './shapes.js';

const CANDIDATES = [1, 2, 4, 8, 16, 32, 64] as const;

/** How many events at once suit a path best: it is to be held at its best. */
export async function bestConcurrency(spend: Spend, shape: Shape, ms: number): Promise<number> {
  const tried: { inFlight: number; of: Measured }[] = [];
  for (const inFlight of CANDIDATES)
    tried.push({ inFlight, of: measured([await run(spend, shape, { ms, inFlight })]) });
  return tried.reduce((best, one) => (one.of.perSecond > best.of.perSecond ? one : best)).inFlight;
}

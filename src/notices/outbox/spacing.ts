import type { Rate } from '../../chat/port.js';

/** Calls that keep their rates: `burst` of them at once, and one more in every `everyMs`. */
export interface Spacing {
  burst: number;
  everyMs: number;
}

/** What may be given up of the lasting rate, so that a few can go at once. */
const GIVEN_UP = 0.1;

/**
 * The largest burst with which no window of any of the rates ever holds more than its most, while nine tenths of the
 * slowest rate remain. Undefined where there are no rates.
 */
export function spacingOf(rates: readonly Rate[]): Spacing | undefined {
  if (rates.length === 0) return undefined;
  const slowestMs = everyMs(rates, 1);
  let burst = 1;
  while (everyMs(rates, burst + 1) <= slowestMs / (1 - GIVEN_UP)) burst++;
  return { burst, everyMs: everyMs(rates, burst) };
}

/** A window that begins with a burst holds it and whatever follows within the window. In whole milliseconds, as clocks are. */
function everyMs(rates: readonly Rate[], burst: number): number {
  const each = rates.map(({ most, inMs }) => (burst > most ? Number.POSITIVE_INFINITY : inMs / (most - burst + 1)));
  return Math.ceil(Math.max(...each));
}

/** Makes the median distance from the median of evenly scattered values a standard deviation. */
const AS_DEVIATION = 1.4826;

export function mean(values: readonly number[]): number {
  return values.length > 0 ? sum(values) / values.length : 0;
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const weight = sum(weights);
  return weight > 0 ? sum(values.map((value, at) => value * weights[at]!)) / weight : 0;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A standard deviation that a few wild values do not move, of distances from what was expected. */
export function spreadOf(distances: readonly number[]): number {
  return AS_DEVIATION * median(distances.map(Math.abs));
}

/**
 * How much of a difference to believe, 0 to 1: nothing where it is within what chance makes of it (`variance`), nearly
 * all where it is far beyond.
 */
export function believed(difference: number, variance: number, doubt: number): number {
  const square = difference * difference;
  return square > 0 ? Math.max(0, 1 - (doubt * variance) / square) : 0;
}

/** The least-squares slope of values over days, and the variance of that slope. */
export function slopeOf(days: readonly number[], values: readonly number[]): { slope: number; variance: number } {
  const [middle, level] = [mean(days), mean(values)];
  const width = sum(days.map((day) => (day - middle) ** 2));
  if (width === 0 || days.length < 3) return { slope: 0, variance: 0 };
  const slope = sum(days.map((day, at) => (day - middle) * (values[at]! - level))) / width;
  const left = sum(days.map((day, at) => (values[at]! - level - slope * (day - middle)) ** 2));
  return { slope, variance: left / (days.length - 2) / width };
}

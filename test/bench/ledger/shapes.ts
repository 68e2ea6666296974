export const SHAPES = ['hot', 'zipf', 'uniform'] as const;
export type ShapeName = (typeof SHAPES)[number];

/** Which wallet the next event is for. */
export interface Shape {
  name: ShapeName;
  wallets: readonly string[];
  next: () => string;
}

/** A small generator with a seed: every path gets the same run of wallets. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function createShape(name: ShapeName, wallets: number, seed = 7): Shape {
  const names = Array.from({ length: name === 'hot' ? 1 : wallets }, (_, i) => `ws_${String(i).padStart(6, '0')}`);
  const random = randomFrom(seed);
  if (name !== 'zipf') return { name, wallets: names, next: () => names[Math.floor(random() * names.length)]! };
  let sum = 0;
  const upTo = names.map((_, i) => (sum += 1 / (i + 1)));
  return { name, wallets: names, next: () => names[firstAbove(upTo, random() * sum)]! };
}

function firstAbove(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

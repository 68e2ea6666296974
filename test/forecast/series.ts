/** Daily spends in the shapes that wallets show, made from a seed: the same each time. */
export const SHAPES = ['steady', 'weekdays', 'bursts', 'growth', 'dead', 'step', 'ragged', 'workdays'] as const;
export type Shape = (typeof SHAPES)[number];

export interface Series {
  daysMinor: number[];
  /** Days with a campaign. */
  bursts: boolean[];
}

const OFFICE_WEEK = [1.1, 1.2, 1.25, 1.2, 1.1, 0.35, 0.2];
const MILD_WEEK = [1.05, 1.1, 1.1, 1.1, 1.05, 0.8, 0.75];

/** Numbers from 0 to 1 that only look like chance. */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One wallet's days. What is its own (its size, its week, its growth, when it stops) comes from the seed too. */
export function seriesOf(shape: Shape, seed: number, length = 140): Series {
  const chance = chanceFrom(seed * 7_919 + SHAPES.indexOf(shape) * 104_729);
  const size = 2_000 + chance() * 20_000;
  const noise = (scatter: number) => {
    const even = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
    return Math.exp(scatter * even - scatter ** 2 / 2);
  };
  const week = OFFICE_WEEK.map((factor) => factor * (0.85 + 0.3 * chance()));
  const growth = 1.005 + 0.015 * chance();
  const turn = 60 + Math.floor(chance() * 40);
  const step = chance() < 0.5 ? 2 + chance() : 0.3 + 0.2 * chance();
  const campaigns = campaignsFrom(chance, noise);
  const bursts: boolean[] = [];
  const daysMinor = Array.from({ length }, (_, day) => {
    const office = week[day % 7]!;
    const mild = MILD_WEEK[day % 7]!;
    const burst = shape === 'bursts' ? campaigns() : 0;
    bursts.push(burst > 0);
    const shares: Record<Shape, () => number> = {
      steady: () => noise(0.25),
      weekdays: () => office * noise(0.25),
      bursts: () => mild * noise(0.3) + burst,
      growth: () => 0.3 * growth ** day * mild * noise(0.2),
      dead: () => (day < turn ? office * noise(0.25) : 0),
      step: () => (day < turn ? 1 : step) * mild * noise(0.25),
      ragged: () => (chance() < 0.3 ? 0 : noise(0.6)),
      workdays: () => (day % 7 < 5 ? noise(0.4) : 0),
    };
    return Math.round(size * shares[shape]());
  });
  return { daysMinor, bursts };
}

/** Every twelfth day, as chance has it, a campaign begins: one to three days of three to nine days' spend. */
function campaignsFrom(chance: () => number, noise: (scatter: number) => number): () => number {
  let left = 0;
  let size = 0;
  return () => {
    if (left === 0 && chance() < 1 / 12) {
      left = 1 + Math.floor(chance() * 3);
      size = 3 + 6 * chance();
    }
    if (left === 0) return 0;
    left -= 1;
    return size * noise(0.2);
  };
}

import { percentile } from '../figures.js';
import type { Path } from './paths.js';
import type { Shape } from './shapes.js';

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  /** Client CPU, in microseconds per event. */
  cpuMicros: number;
}

/** Keeps as many events under way as the path likes for so long, each sent as soon as one is answered. A share of them is sent again. */
export async function measure(path: Path, shape: Shape, ms: number, replayed = 0): Promise<Measured> {
  const took: number[] = [];
  const sent: { wallet: string; key: string }[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const until = began + ms;
  let events = 0;
  // Keys that grow with time, as the documents recommend.
  const run = `ev_${Date.now()}`;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      events += 1;
      const again = replayed > 0 && events % Math.round(1 / replayed) === 0 ? sent[events % sent.length] : undefined;
      const event = again ?? { wallet: shape.next(), key: `${run}_${events}` };
      if (replayed > 0 && !again) sent.push(event);
      const start = performance.now();
      await path.spend(event.wallet, event.key, 1);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: path.inFlight[shape.name] }, work));
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (took.length * 1_000) / (performance.now() - began),
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    cpuMicros: (user + system) / took.length,
  };
}

/** One event after the other on an idle server. */
export async function alone(count: number, spend: (i: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await spend(i);
    took.push(performance.now() - start);
  }
  return took;
}

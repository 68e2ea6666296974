import { percentile } from '../figures.js';
import type { Shape } from './shapes.js';

/** Charges one wallet. */
export type Spend = (wallet: string, key: string, amountMinor: number) => Promise<void>;

/** One run of a path, as it is sent between processes. */
export interface Run {
  /** Of each event, in milliseconds. */
  took: readonly number[];
  elapsedMs: number;
  /** Of this process, in microseconds. */
  cpuMicros: number;
}

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  /** Client CPU, in microseconds per event. */
  cpuMicros: number;
}

interface Load {
  ms: number;
  inFlight: number;
  /** The share of the events that is sent again. */
  replayed?: number;
}

/** Keeps so many events under way for so long, each sent as soon as one is answered. */
export async function run(spend: Spend, shape: Shape, { ms, inFlight, replayed = 0 }: Load): Promise<Run> {
  const took: number[] = [];
  const sent: { wallet: string; key: string }[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const until = began + ms;
  let events = 0;
  // Keys that grow with time, as the documents recommend.
  const prefix = `ev_${Date.now()}_${process.pid}`;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      events += 1;
      const again = replayed > 0 && events % Math.round(1 / replayed) === 0 ? sent[events % sent.length] : undefined;
      const event = again ?? { wallet: shape.next(), key: `${prefix}_${events}` };
      if (replayed > 0 && !again) sent.push(event);
      const start = performance.now();
      await spend(event.wallet, event.key, 1);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  const { user, system } = process.cpuUsage(cpu);
  return { took, elapsedMs: performance.now() - began, cpuMicros: user + system };
}

/** What processes that ran at the same time did together. */
export function measured(runs: readonly Run[]): Measured {
  const took = runs.flatMap((one) => one.took);
  const elapsedMs = Math.max(...runs.map((one) => one.elapsedMs));
  return {
    perSecond: (took.length * 1_000) / elapsedMs,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    cpuMicros: runs.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / took.length,
  };
}

/** One event after the other on an idle server: what each took. */
export async function alone(count: number, spend: (i: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await spend(i);
    took.push(performance.now() - start);
  }
  return took;
}

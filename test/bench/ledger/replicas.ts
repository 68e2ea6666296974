import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Run } from './measure.js';
import type { Asked } from './replica.js';
import type { ShapeName } from './shapes.js';

/** Ledgers in processes of their own, on the same wallets. */
export interface Replicas {
  open: (uri: string, database: string) => Promise<void>;
  /** All at once, each with its share of the events under way. */
  run: (of: { shape: ShapeName; wallets: number; ms: number; inFlight: number }) => Promise<Run[]>;
  close: () => Promise<void>;
  stop: () => void;
}

export function startReplicas(count: number): Replicas {
  const script = fileURLToPath(new URL('replica.js', import.meta.url));
  const children = Array.from({ length: count }, () => fork(script));
  return {
    open: async (uri, database) =>
      void (await Promise.all(children.map((child) => ask(child, { open: { uri, database } })))),
    run({ shape, wallets, ms, inFlight }) {
      const share = { shape, wallets, ms, inFlight: inFlight / count };
      return Promise.all(children.map((child, i) => ask<Run>(child, { run: { ...share, seed: 7 + i } })));
    },
    close: async () => void (await Promise.all(children.map((child) => ask(child, { close: true })))),
    stop() {
      for (const child of children) child.disconnect();
    },
  };
}

/** One question at a time. */
async function ask<T>(child: ChildProcess, asked: Asked): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const died = once(child, 'exit', { signal }).then(([code]): never => {
    throw new Error(`a replica of the bench ended with ${String(code)}`);
  });
  child.send(asked);
  try {
    const [{ value, error }] = await Promise.race([once(child, 'message', { signal }), died]);
    if (error !== undefined) throw new Error(error);
    return value;
  } finally {
    died.catch(() => undefined);
    over.abort();
  }
}

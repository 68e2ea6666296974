/** One of two replicas: a ledger in a process of its own, that runs when its parent says so. */
import { run } from './measure.js';
import { ledgerPath, type Path } from './paths.js';
import { createShape, type ShapeName } from './shapes.js';

/** What the parent asks: to connect to a database, to run, to let go of it. */
export type Asked =
  | { open: { uri: string; database: string } }
  | { run: { shape: ShapeName; wallets: number; seed: number; ms: number; inFlight: number } }
  | { close: true };

let path: Path | undefined;

async function answer(asked: Asked): Promise<unknown> {
  if ('open' in asked) {
    path = await ledgerPath(asked.open.uri, asked.open.database);
    return true;
  }
  if (!path) throw new Error('there is no ledger yet');
  if ('close' in asked) {
    await path.close();
    return true;
  }
  const { shape, wallets, seed, ms, inFlight } = asked.run;
  return run(path.spend, createShape(shape, wallets, seed), { ms, inFlight });
}

process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { Posting } from '../../src/ledger/entry.js';
import { linesOf } from '../../src/ledger/line.js';
import { chainOf } from '../support/chain.js';
import { freshDatabaseUri } from '../support/database.js';
import { at, spend, topUp } from './postings.js';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('verify-program.ts', import.meta.url));

const LINES = 40_000;
/** Of 50 MB that the entries take. */
const MOST_BYTES = 4_500_000;
/** Another process has to start, on a machine that may have much else to do. */
const TIMEOUT_MS = 90_000;

const uri = freshDatabaseUri();
let client: MongoClient;

/** Two wallets that mostly move money between each other and take it back: what a careless verifier would keep. */
beforeAll(async () => {
  client = await MongoClient.connect(uri);
  const lines = linesOf(client.db());
  await lines.createIndex({ w: 1, s: 1 }, { unique: true });
  for (const [wallet, other, sign] of [
    ['ws_1', 'ws_2', 1],
    ['ws_2', 'ws_1', -1],
  ] as const) {
    const chain = chainOf({ wallet, account: 'acc_1', currency: 'GBP', at }, LINES / 2, (s): Posting => {
      if (s === 2) return topUp(wallet, '1', 1_000_000_000);
      if (s % 4 === 0) return spend(wallet, String(s), 1, { resource: `campaign ${s}` });
      const amountMinor = s % 2 ? sign * s : -sign * s;
      return { wallet, key: `x:${s}`, kind: 'transfer', amountMinor, contra: `wallet:${other}`, at };
    });
    let some = [];
    for (const line of chain) {
      some.push(line);
      if (some.length < 2_000 && line.s < LINES / 2) continue;
      await lines.insertMany(some, { ordered: false });
      some = [];
    }
  }
}, TIMEOUT_MS);

afterAll(async () => {
  await client.db().dropDatabase();
  await client.close();
});

/** Fails if no more than the keys and amounts of the transfers are kept (tried). */
test(
  'what the verifier keeps in memory does not grow with the entries',
  async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', PROGRAM, uri]);
    const { heldBytes, ...verified }: { heldBytes: number } = JSON.parse(stdout);
    expect(verified).toEqual({ entries: LINES, findings: 0 });
    expect(heldBytes).toBeLessThan(MOST_BYTES);
  },
  TIMEOUT_MS,
);

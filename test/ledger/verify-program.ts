import { strict as assert } from 'node:assert';
import { MongoClient } from 'mongodb';
import { verifyLedger } from '../../src/ledger/verify.js';

/**
 * Verifies the database of the address given; says what came of it, and how much more it held at most on the way. Started
 * by a test, with `--expose-gc`.
 */
const held = (): number => {
  assert(globalThis.gc, 'start it with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const client = await MongoClient.connect(process.argv[2]!);
await client.db().command({ ping: 1 });
const before = held();
let most = before;
const timer = setInterval(() => (most = Math.max(most, held())), 100);
const { entries, findings } = await verifyLedger(client.db());
clearInterval(timer);
console.log(JSON.stringify({ entries, findings: findings.length, heldBytes: most - before }));
await client.close();

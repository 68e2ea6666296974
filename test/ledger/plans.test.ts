import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes, linesOf } from '../../src/ledger/line.js';
import { projectAll } from '../../src/ledger/project.js';
import { chainOf } from '../support/chain.js';
import { freshDatabaseUri } from '../support/database.js';
import { at, minutesLater, spend, topUp } from './postings.js';

/** What the reads of the ledger cost the server, by its own account of how it goes about them. */
const WALLETS = ['ws_1', 'ws_2', 'ws_3', 'ws_4'];
const LINES = 600;
const PAGE = 20;

let client: MongoClient;
const sent: CommandStartedEvent[] = [];
const db = () => client.db();

beforeAll(async () => {
  client = await MongoClient.connect(freshDatabaseUri(), { monitorCommands: true });
  await ensureLedgerIndexes(db());
  for (const wallet of WALLETS) {
    const chain = chainOf({ wallet, account: 'acc_1', currency: 'GBP', at }, LINES, (s) =>
      s % 100 === 2
        ? topUp(wallet, String(s), 1_000, { at: minutesLater(s) })
        : spend(wallet, String(s), 1, { at: minutesLater(s), resource: s % 2 ? 'odd' : 'even' }),
    );
    await linesOf(db()).insertMany([...chain]);
  }
  await projectAll(db(), () => false);
  client.on('commandStarted', (event) => void sent.push(event));
});

afterAll(async () => {
  await db().dropDatabase();
  await client.close();
});

/** What the driver adds to a command. */
const OF_THE_SENDING = ['lsid', '$db', '$clusterTime', 'txnNumber', 'readConcern'];

interface Plan {
  stages: string[];
  examined: number;
}

/** How the server goes about each read of `entries` that the work sends. */
async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  sent.length = 0;
  await work();
  const reads = sent.filter(({ command }) => command['find'] === 'entries' || command['aggregate'] === 'entries');
  return Promise.all(
    reads.map(async ({ command, commandName }) => {
      const plain = Object.fromEntries(Object.entries(command).filter(([name]) => !OF_THE_SENDING.includes(name)));
      const explain = { ...plain, ...(commandName === 'aggregate' && { cursor: {} }) };
      const explained = await db().command({ explain, verbosity: 'executionStats' });
      return { stages: stagesIn(explained), examined: examinedIn(explained) };
    }),
  );
}

function stagesIn(plan: unknown): string[] {
  if (plan === null || typeof plan !== 'object') return [];
  return Object.entries(plan).flatMap(([key, value]) =>
    key === 'stage' && typeof value === 'string' ? [value] : key === 'rejectedPlans' ? [] : stagesIn(value),
  );
}

function examinedIn(explained: Document): number {
  const [first] = explained['stages'] ?? [];
  const stats: Document = explained['executionStats'] ?? first?.['$cursor']?.['executionStats'];
  return stats['totalDocsExamined'];
}

const ledger = () => createLedger(db());

/** Fails if the sort or the plain fields `w` and `s` are missing: then every line is read (tried). */
test('the heads of many wallets are a scan of distinct keys: one line each', async () => {
  const [plan] = await plansOf(() => ledger().heads(WALLETS));
  expect(plan?.stages).toContain('DISTINCT_SCAN');
  expect(plan?.examined).toBe(WALLETS.length);
});

test.each<[string, () => Promise<unknown>, number]>([
  ['a balance', () => ledger().head('ws_2'), 1],
  ['the last page', () => ledger().history('ws_2', { limit: PAGE }), PAGE + 1],
  ['a page in the middle', () => ledger().history('ws_2', { limit: PAGE, before: 300 }), PAGE + 1],
  ['a page the other way', () => ledger().history('ws_2', { limit: PAGE, after: 300 }), PAGE + 1],
  ['a rare kind', () => ledger().history('ws_2', { limit: PAGE, kind: 'topup' }), LINES / 100],
  ['a resource', () => ledger().history('ws_2', { limit: PAGE, resource: 'odd' }), 2 * PAGE + 20],
  [
    'a page within a time',
    () => ledger().history('ws_2', { limit: PAGE, from: minutesLater(200), to: minutesLater(400) }),
    PAGE + 1,
  ],
  ['an entry by its key', () => ledger().entry('ws_2', 'u:77'), 1],
])('%s reads as many lines as it shows, in the order of an index', async (_what, read, most) => {
  const plans = await plansOf(read);
  expect(plans.length).toBeGreaterThan(0);
  for (const { stages } of plans) {
    expect(stages).not.toContain('COLLSCAN');
    expect(stages).not.toContain('SORT');
  }
  expect(plans.at(-1)?.examined).toBeLessThanOrEqual(most);
});

test('a month that is over is summed without its lines', async () => {
  const plans = await plansOf(() => ledger().totals('ws_2', minutesLater(120), minutesLater(480)));
  expect(plans.reduce((sum, { examined }) => sum + examined, 0)).toBeLessThan(10);
});

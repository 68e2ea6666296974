/**
 * One replica of the notices' machinery as a process of its own, to be killed and frozen. It says on stdout where it
 * is, line by line, and waits for a line on stdin where it is told to stop: `before post`, `after post` or
 * `second batch`, where the first months of a sweep are closed and the next are read but not written.
 * What it posts goes into the collection `truth`, as if that were the chat.
 */
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import type { ChatPoster } from '../../src/chat/port.js';
import { startClock } from '../../src/jobs/clock.js';
import { enrolmentSweep, summarySweep } from '../../src/jobs/summary-sweeps.js';
import type { Ledger } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { createLog } from '../../src/log.js';
import { connectMongo, disconnectMongo } from '../../src/mongo.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { makeDueSummaries } from '../../src/notices/summaries/summaries.js';
import { enrolWorkspaces } from '../../src/notices/summaries/summary-schedule.js';

const [uri, role, now, stopAt] = process.argv.slice(2) as [
  string,
  'dispatch' | 'clock' | 'sweep',
  string,
  string | undefined,
];
const at = new Date(now);
const lines = createInterface({ input: process.stdin });
const say = (line: string) => void process.stdout.write(`${line}\n`);
const told = () => new Promise<void>((resolve) => lines.once('line', () => resolve()));
const log = createLog({ level: 'warn', write: say });

await connectMongo(uri);
const db = mongoose.connection.db!;

const poster: ChatPoster = {
  platform: 'slack',
  rates: { post: { conversation: [], team: [] } },
  async post(_to, card, id) {
    await pause('before post');
    await db.collection('truth').insertOne({ id, pid: process.pid, heading: card.heading?.text });
    await pause('after post');
    return { platform: 'slack', tenant: 'T1', channel: 'C1', message: `${process.pid}` };
  },
  update: async () => undefined,
  profile: async () => undefined,
  findByEmail: async () => undefined,
  readFile: async () => ({ unread: 'gone' }),
};

async function pause(point: string): Promise<void> {
  if (point !== stopAt) return;
  say(point);
  await told();
}

const dispatcher = createDispatcher({ posters: [poster], log, now: () => at });
const ledger = createLedger(db);
let batches = 0;
const pausing: Ledger = {
  ...ledger,
  async statements(query) {
    const statements = await ledger.statements(query);
    if (++batches === 2) await pause('second batch');
    return statements;
  },
};
const needs = { ledger: pausing, dispatcher, log, pictureOf: () => undefined };
if (role === 'dispatch') {
  await dispatcher.runOnce(at);
} else if (role === 'sweep') {
  say(`closed ${await makeDueSummaries(needs, at, () => false)}`);
} else {
  const sweeps = [summarySweep(needs), enrolmentSweep(needs)];
  say('ready');
  await told();
  const clock = await startClock({ db, sweeps, log, now: () => at });
  await enrolWorkspaces();
  await makeDueSummaries(needs, at, () => false);
  await dispatcher.runOnce(at);
  await clock.stop();
}
await dispatcher.stop();
say('done');
await disconnectMongo();
process.exit(0);

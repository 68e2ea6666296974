import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { connectMongo, disconnectMongo } from '../../src/mongo.js';
import { type OwnMongod, startOwnMongod } from '../support/own-mongod.js';
import { type ProductProcess, startProductProcess } from '../support/product-process.js';
import { foundBenchCompany } from './bench-company.js';
import { BOT_TOKEN, Crowd, SIGNING_SECRET, type Took } from './crowd.js';
import { median, percentile, rounded } from './figures.js';
import { benchCommands } from './commands/commands.js';

const PEOPLE = 50;
const AWAY_MS = 6_000;
/** How soon somebody types again who was acknowledged and not answered. */
const BETWEEN_MS = 250;

/** A system under test: where it takes commands, and how its answer is told from an apology. */
interface System {
  url: string;
  answer: RegExp;
}

/** One repetition of one system, in milliseconds. */
interface Figures {
  ackP50: number;
  ackP99: number;
  answerP50: number;
  answerP99: number;
}

/**
 * `/workspace balance` from 50 people at once, each typing again as soon as they are answered: the product beside the
 * least Bolt app that does one read, in turns; then the product alone while its database hangs. Before that every
 * command, in a large company and a small one.
 */
export async function benchAck({ quick }: { quick: boolean }): Promise<object> {
  const [repetitions, commandsEach] = quick ? [2, 5] : [5, 20];
  const crowd = await Crowd.gather();
  const mongod = await startOwnMongod();
  try {
    const commands = await benchCommands(
      crowd,
      mongod,
      quick ? { warming: 2, repetitions: 5 } : { warming: 5, repetitions: 31 },
    );
    const users = await prepare(mongod);
    const product = await startProductProcess({ mongodbUri: mongod.uri, slack: slackOf(crowd), nodeArgs: profiling() });
    const bare = await startBareBolt(mongod.uri);
    try {
      const systems = {
        bare: { url: bare.url, answer: /Balance £/ },
        product: { url: product.url, answer: /Marketing has £/ },
      };
      const taken = await inTurns(crowd, users, systems, { repetitions, commandsEach });
      const databaseAway = await whileDatabaseHangs(crowd, users, product, mongod);
      return report(taken, { people: PEOPLE, repetitions, commandsEach, databaseAway, commands });
    } finally {
      bare.stop();
      await end(product);
    }
  } finally {
    await mongod.stop();
    await crowd.disperse();
  }
}

const slackOf = ({ apiUrl }: Crowd) => ({ apiUrl, signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN });

/** `BENCH_CPU_PROF=dir`: the product writes a CPU profile there. */
function profiling(): string[] {
  const folder = process.env['BENCH_CPU_PROF'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

async function end(product: ProductProcess): Promise<void> {
  product.signal('SIGTERM');
  await product.exited;
  await product.stop();
}

async function prepare(mongod: OwnMongod): Promise<string[]> {
  await connectMongo(mongod.uri);
  try {
    const { users } = await foundBenchCompany(PEOPLE);
    const balances = mongoose.connection.collection<{ _id: string; balance: string }>('bare_balances');
    await balances.insertMany(users.map((user) => ({ _id: user, balance: '£0.00' })));
    return users;
  } finally {
    await disconnectMongo();
  }
}

async function startBareBolt(uri: string): Promise<{ url: string; stop(): void }> {
  const script = fileURLToPath(new URL('./bare-bolt.js', import.meta.url));
  const child = spawn(process.execPath, [script, uri, SIGNING_SECRET], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^listening (\d+)/.exec(line)?.[1];
    if (port) return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') };
  }
  throw new Error('the bare Bolt app did not start');
}

type Systems = Readonly<Record<'bare' | 'product', System>>;

async function inTurns(
  crowd: Crowd,
  users: readonly string[],
  systems: Systems,
  { repetitions, commandsEach }: { repetitions: number; commandsEach: number },
): Promise<Record<keyof Systems, Figures[]>> {
  const figures: Record<keyof Systems, Figures[]> = { bare: [], product: [] };
  for (const name of ['bare', 'product'] as const) await crowded(crowd, users, systems[name], commandsEach);
  for (let i = 0; i < repetitions; i++) {
    const order = i % 2 === 0 ? (['bare', 'product'] as const) : (['product', 'bare'] as const);
    for (const name of order) {
      const taken = figuresOf(await crowded(crowd, users, systems[name], commandsEach));
      figures[name].push(taken);
      console.log(`${name} ${i + 1}: ${JSON.stringify(taken)}`);
    }
  }
  return figures;
}

/** Everybody types so many commands, each as soon as the one before is answered. */
async function crowded(crowd: Crowd, users: readonly string[], system: System, each: number): Promise<Took[]> {
  const taken = await Promise.all(
    users.map(async (user) => {
      const own: Took[] = [];
      for (let i = 0; i < each; i++) own.push(await crowd.asks(system.url, user, 'balance', system.answer));
      return own;
    }),
  );
  return taken.flat();
}

function figuresOf(taken: readonly Took[]): Figures {
  const acks = taken.map(({ ackMs }) => ackMs);
  const answers = taken.map(({ answerMs }) => answerMs);
  return {
    ackP50: rounded(percentile(acks, 0.5)),
    ackP99: rounded(percentile(acks, 0.99)),
    answerP50: rounded(percentile(answers, 0.5)),
    answerP99: rounded(percentile(answers, 0.99)),
  };
}

/** Everybody goes on typing for some seconds while mongod takes what is sent and answers nothing. */
async function whileDatabaseHangs(
  crowd: Crowd,
  users: readonly string[],
  product: ProductProcess,
  mongod: OwnMongod,
): Promise<{ acks: number; ackMaxMs: number }> {
  const acks: number[] = [];
  mongod.freeze();
  const until = performance.now() + AWAY_MS;
  try {
    await Promise.all(
      users.map(async (user) => {
        while (performance.now() < until) {
          acks.push(await crowd.acknowledged(product.url, user, 'balance'));
          await pause(BETWEEN_MS);
        }
      }),
    );
  } finally {
    mongod.thaw();
  }
  return { acks: acks.length, ackMaxMs: rounded(Math.max(...acks)) };
}

function report(
  taken: Record<keyof Systems, Figures[]>,
  more: {
    databaseAway: { ackMaxMs: number };
    commands: Awaited<ReturnType<typeof benchCommands>>;
    [figure: string]: unknown;
  },
): object {
  const middle = (name: keyof Systems, figure: keyof Figures) => rounded(median(taken[name].map((one) => one[figure])));
  const all = (name: keyof Systems): Figures => ({
    ackP50: middle(name, 'ackP50'),
    ackP99: middle(name, 'ackP99'),
    answerP50: middle(name, 'answerP50'),
    answerP99: middle(name, 'answerP99'),
  });
  const [bare, product] = [all('bare'), all('product')];
  const ratios = {
    ackP50: rounded(product.ackP50 / bare.ackP50),
    ackP99: rounded(product.ackP99 / bare.ackP99),
    answerP50: rounded(product.answerP50 / bare.answerP50),
    answerP99: rounded(product.answerP99 / bare.answerP99),
  };
  const met = {
    ack: ratios.ackP50 <= BARS.ackP50,
    answer: ratios.answerP50 <= BARS.answerP50,
    ackWhileDatabaseAway: more.databaseAway.ackMaxMs <= BARS.ackMaxMs,
    commands: more.commands.worst.met,
  };
  return { bench: 'ack', milliseconds: { bare, product }, ratios, ...more, bars: BARS, met };
}

/** Of the bare app's median; and the longest acknowledgement while the database is away. */
const BARS = { ackP50: 1.2, answerP50: 2, ackMaxMs: 2_500 } as const;

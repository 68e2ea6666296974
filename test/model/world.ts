import { expect } from '@jest/globals';
import { type Db, type MongoClient, MongoError } from 'mongodb';
import mongoose from 'mongoose';
import type { Ledger } from '../../src/ledger/entry.js';
import { expireHolds } from '../../src/ledger/expire-holds.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Moves } from '../../src/ledger/moves.js';
import { projectAll } from '../../src/ledger/project.js';
import { verifyLedger } from '../../src/ledger/verify.js';
import { verifyClearing } from '../../src/ledger/verify-clearing.js';
import { checkAfterSpend, runAutomatic } from '../../src/payments/automatic/run.js';
import { createPayments, type Payments } from '../../src/payments/payments.js';
import type { PaymentProvider } from '../../src/payments/provider.js';
import { createProviderReport } from '../../src/payments/provider-report.js';
import { createSandbox, type Sandbox } from '../../src/payments/sandbox/sandbox.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { Refusal } from '../../src/refusal.js';
import { SECRET_KEY, WEBHOOK_SECRET } from '../payments/harness.js';
import type { How } from './steps.js';

/** A process of the product, as far as money goes. */
export interface Writer {
  ledger: Ledger & Moves;
  payments: Payments;
}

export type Answered<T> = { answer: T } | { refused: string };

const MINUTE_MS = 60_000;
/** Pages and keys of the provider live for a day: no sequence is to see the end of one unawares. */
const LONGEST_MS = 20 * 60 * MINUTE_MS;
const TRIES = 8;

/** Killed: what would come afterwards never comes. */
class Killed extends Error {}

interface WorldOptions {
  clients: World['clients'];
  publicUrl: string;
  /** Whether processes take turns at the ledger. Turns are for speed alone: without them nearly every posting meets another. */
  turns: boolean;
}

/** One provider, one clock and two processes, for sequences that know nothing of each other. */
export class World {
  readonly clients: readonly [MongoClient, MongoClient];
  readonly sandbox: Sandbox;
  readonly provider: PaymentProvider;
  readonly writers: readonly [Writer, Writer];
  readonly #publicUrl: string;
  readonly #turns: boolean;
  #gone = 0;
  #ticking = Promise.resolve();

  private constructor({ clients, publicUrl, turns }: WorldOptions, sandbox: Sandbox, apiUrl: string) {
    this.#turns = turns;
    this.clients = clients;
    this.sandbox = sandbox;
    this.#publicUrl = publicUrl;
    this.provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl });
    this.writers = [this.start(0), this.start(1)];
  }

  static async open(options: WorldOptions): Promise<World> {
    const { publicUrl } = options;
    const clock: { now?: () => Date } = {};
    const sandbox = createSandbox({
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: `${publicUrl}/payments/webhook`,
      payUrl: publicUrl,
      now: () => clock.now?.() ?? new Date(),
    });
    const world = new World(options, sandbox, await sandbox.listen(0));
    clock.now = () => world.now();
    return world;
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  now(): Date {
    return new Date(Date.now() + this.#gone);
  }

  pass(minutes: number): void {
    this.#gone = Math.min(this.#gone + minutes * MINUTE_MS, LONGEST_MS);
  }

  /** A webhook, as it comes over the wire: whether it was taken. */
  async send(body: string, signature: string): Promise<boolean> {
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    const response = await fetch(`${this.#publicUrl}/payments/webhook`, { method: 'POST', headers, body });
    await response.arrayBuffer();
    return response.ok;
  }

  db(of: 0 | 1) {
    return this.clients[of].db(mongoose.connection.db!.databaseName);
  }

  /** A process that has just started. `kill` is told of each call to the provider and each one that moves money. */
  start(of: 0 | 1, kill?: Kill): Writer {
    const db = this.#turns ? this.db(of) : withoutTurns(this.db(of));
    const real = createLedger(db, undefined, () => undefined);
    const ledger = kill ? doomed(real, kill, MOVES_MONEY) : real;
    const provider = kill ? doomed(this.provider, kill, ASKS) : this.provider;
    const payments = createPayments({ provider, ledger, publicUrl: this.#publicUrl, log: { error: () => undefined } });
    return { ledger, payments };
  }

  /** What people and programs do: asked for, perhaps by two at once, and again under the same key where it broke off. */
  async perform<T>(how: How, work: (writer: Writer) => Promise<T>): Promise<Answered<T>[]> {
    if (how === 'twice') return Promise.all(this.writers.map((writer) => persist(() => work(writer))));
    if ('by' in how) return [await persist(() => work(this.writers[how.by]))];
    const killed = await untilKilled(() => work(this.start(0, createKill(how))));
    const again = this.start(1);
    return [...killed, await persist(() => work(again))];
  }

  /** Every sweep of money; no two of this at once, so that its end says something. */
  tick(how: How, workspaces: readonly string[]): Promise<void> {
    const tick = this.#sweep(this.#ticking, how, workspaces);
    this.#ticking = tick.catch(() => undefined);
    return tick;
  }

  async #sweep(before: Promise<void>, how: How, workspaces: readonly string[]): Promise<void> {
    await before;
    const at = this.now();
    await this.perform(how, async ({ ledger, payments }) => {
      const { troubled } = await payments.reconcile(at);
      if (troubled > 0) throw new Error(`${troubled} could not be looked up`);
      const deps = { ledger, payments, tell: async () => undefined, log: { error: () => undefined } };
      await checkAfterSpend(deps, workspaces, { at });
      await runAutomatic(deps, { at });
    });
    const sweepers = how === 'twice' ? ([0, 1] as const) : ([0] as const);
    await Promise.all(sweepers.map((of) => this.#closeHolds(of, at)));
  }

  async #closeHolds(of: 0 | 1, at: Date): Promise<void> {
    await projectAll(this.db(of), () => false);
    const { failed } = await expireHolds(this.db(of), this.writers[of].ledger, at, () => false);
    expect(failed).toEqual([]);
  }

  /** What the provider has of us, it says, is what the ledger has of the provider, and the ledger is sound. */
  async expectSound(): Promise<void> {
    const report = createProviderReport(this.provider);
    const at = new Date(this.now().getTime() + 120 * MINUTE_MS);
    expect((await verifyClearing(this.db(0), report, { at })).findings).toEqual([]);
    expect((await verifyLedger(this.db(0))).findings).toEqual([]);
  }
}

const MOVES_MONEY = ['post', 'postMany', 'transfer', 'reverse', 'reserve', 'capture', 'void'];
const ASKS = [
  'createCustomer',
  'openCheckout',
  'checkout',
  'findCheckout',
  'expireCheckout',
  'cards',
  'charge',
  'payment',
  'findPayment',
  'cancelPayment',
  'reversalsOf',
  'events',
];

/** In which nobody can ask for a turn, so that everybody writes at once. */
function withoutTurns(db: Db): Db {
  const failing = { findOneAndUpdate: () => Promise.reject(new MongoError('nobody takes turns here')) };
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'collection') return Reflect.get(target, name);
      return (...args: Parameters<Db['collection']>) =>
        args[0] === 'ledgerTurns' ? failing : target.collection(...args);
    },
  });
}

interface Kill {
  before(): void;
  after(): void;
}

function createKill({ killedAt, when }: Extract<How, { killedAt: number }>): Kill {
  let left = killedAt;
  let dead = false;
  const die = () => {
    dead = true;
    throw new Killed();
  };
  return {
    before: () => void ((dead || (left === 0 && when === 'before')) && die()),
    after: () => void ((dead || left-- === 0) && die()),
  };
}

function doomed<T extends object>(real: T, kill: Kill, calls: readonly string[]): T {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string' || !calls.includes(name)) return value;
      return async (...args: unknown[]) => {
        kill.before();
        const answer: unknown = await Reflect.apply(value, target, args);
        kill.after();
        return answer;
      };
    },
  });
}

/** Nothing where it was killed. */
async function untilKilled<T>(work: () => Promise<T>): Promise<Answered<T>[]> {
  try {
    return [{ answer: await work() }];
  } catch (error) {
    if (error instanceof Refusal) return [refusedOf(error)];
    return [];
  }
}

/** What broke off is asked for again, as whoever asks is told to. */
async function persist<T>(work: () => Promise<T>): Promise<Answered<T>> {
  for (let tries = 1; ; tries++) {
    try {
      return { answer: await work() };
    } catch (error) {
      if (error instanceof Refusal) return refusedOf(error);
      if (tries >= TRIES) throw error;
    }
  }
}

function refusedOf({ reason }: Refusal): { refused: string } {
  return { refused: 'why' in reason ? `${reason.kind} ${reason.why}` : reason.kind };
}

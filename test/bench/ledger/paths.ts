import { type Db, MongoClient } from 'mongodb';
import { createLedger } from '../../../src/ledger/ledger.js';
import { ensureLedgerIndexes, type Line, linesOf } from '../../../src/ledger/line.js';
import { firstLine, postingLine } from '../../../src/ledger/next-line.js';
import type { Posting } from '../../../src/ledger/entry.js';
import { verifyLedger } from '../../../src/ledger/verify.js';
import type { ShapeName } from './shapes.js';

const at = new Date('2026-11-02T10:00:00Z');

/** A way to charge a wallet, under test. */
export interface Path {
  name: string;
  /** How many events are under way at once: for our own and the driver's 2,000, for the others what suits them best. */
  inFlight: Readonly<Record<ShapeName, number>>;
  fund: (wallets: readonly string[], amountMinor: number) => Promise<void>;
  spend: (wallet: string, key: string, amountMinor: number) => Promise<void>;
  /** Throws where what is stored does not add up. */
  verify?: () => Promise<{ entries: number; perSecond: number }>;
  close: () => Promise<void>;
}

const alike = (inFlight: number): Path['inFlight'] => ({ hot: inFlight, zipf: inFlight, uniform: inFlight });

async function connect(uri: string, database: string): Promise<{ client: MongoClient; db: Db }> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 100 });
  const db = client.db(database);
  await ensureLedgerIndexes(db);
  return { client, db };
}

export const usage = (wallet: string, key: string, amountMinor: number): Posting => ({
  wallet,
  key: `u:${key}`,
  kind: 'usage',
  amountMinor: -amountMinor,
  contra: 'revenue',
  item: 'sms',
  at,
});

/** The ledger itself; `replicas` of them, on connections of their own, take the events in turn. */
export async function ledgerPath(uri: string, database: string, replicas = 1): Promise<Path> {
  const connections = await Promise.all(Array.from({ length: replicas }, () => connect(uri, database)));
  const ledgers = connections.map(({ db }) => createLedger(db));
  const [{ db }, ledger] = [connections[0]!, ledgers[0]!];
  let turn = 0;
  return {
    name: replicas === 1 ? 'ledger' : `ledger x${replicas}`,
    inFlight: alike(2_000),
    async fund(wallets, amountMinor) {
      await Promise.all(wallets.map((wallet) => ledger.open({ wallet, account: 'acc', currency: 'GBP', at })));
      const topUp = { key: 'topup:1', kind: 'topup', amountMinor, contra: 'provider', at } as const;
      await ledger.postMany(wallets.map((wallet) => ({ ...topUp, wallet })));
    },
    async spend(wallet, key, amountMinor) {
      turn += 1;
      const posted = await ledgers[turn % replicas]!.post(usage(wallet, key, amountMinor));
      if (posted.outcome !== 'posted' && posted.outcome !== 'duplicate') throw new Error(posted.outcome);
    },
    async verify() {
      const began = performance.now();
      const { entries, findings } = await verifyLedger(db);
      if (findings.length > 0) throw new Error(`the ledger does not add up: ${JSON.stringify(findings[0])}`);
      return { entries, perSecond: (entries * 1_000) / (performance.now() - began) };
    },
    close: async () => void (await Promise.all(connections.map(({ client }) => client.close()))),
  };
}

/** The same documents under the same indexes, without a chain's care: what the driver can do at best. */
export async function insertPath(uri: string, database: string, batch: 1 | 500): Promise<Path> {
  const { client, db } = await connect(uri, database);
  const lines = linesOf(db);
  const heads = new Map<string, Line>();
  let gathered: { line: Line; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let late: NodeJS.Timeout | undefined;
  /** When a batch is full; at the end of a run, when no more come. */
  async function send(): Promise<void> {
    clearTimeout(late);
    const sent = gathered;
    gathered = [];
    try {
      await lines.insertMany(
        sent.map(({ line }) => line),
        { ordered: true },
      );
      for (const { resolve } of sent) resolve();
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
  }
  return {
    name: batch === 1 ? 'insertOne' : `insertMany(${batch})`,
    inFlight: alike(2_000),
    async fund(wallets, amountMinor) {
      for (const wallet of wallets) {
        const opened = firstLine({ wallet, account: 'acc', currency: 'GBP', at }, 'r1:bench');
        const topUp: Posting = { wallet, key: 'topup:1', kind: 'topup', amountMinor, contra: 'provider', at };
        const funded = postingLine(opened, topUp, 'p1:bench');
        if ('w' in funded) heads.set(wallet, funded);
      }
    },
    async spend(wallet, key, amountMinor) {
      const line = postingLine(
        heads.get(wallet),
        usage(wallet, key, amountMinor),
        'p1:0123456789012345678901234567890123456789012',
      );
      if (!('w' in line)) throw new Error(line.outcome);
      heads.set(wallet, line);
      if (batch === 1) {
        await lines.insertOne(line);
        return;
      }
      const stored = new Promise<void>((resolve, reject) => gathered.push({ line, resolve, reject }));
      if (gathered.length === 1) late = setTimeout(() => void send(), 100);
      if (gathered.length === batch) void send();
      await stored;
    },
    close: () => client.close(),
  };
}

/** A balance document and an entry, changed in one transaction per event. */
export async function transactionPath(uri: string, database: string): Promise<Path> {
  const { client, db } = await connect(uri, database);
  const balances = db.collection<{ _id: string; balanceMinor: number }>('balances');
  const entries = db.collection<{ _id: { w: string; k: string }; amountMinor: number; at: Date }>('plainEntries');
  return {
    name: 'transaction',
    inFlight: { hot: 2, zipf: 16, uniform: 32 },
    fund: async (wallets, balanceMinor) =>
      void (await balances.insertMany(wallets.map((_id) => ({ _id, balanceMinor })))),
    async spend(wallet, key, amountMinor) {
      await client.withSession((session) =>
        session.withTransaction(
          async () => {
            const enough = { _id: wallet, balanceMinor: { $gte: amountMinor } };
            const taken = await balances.updateOne(enough, { $inc: { balanceMinor: -amountMinor } }, { session });
            if (taken.matchedCount === 0) throw new Error('insufficient');
            await entries.insertOne({ _id: { w: wallet, k: key }, amountMinor: -amountMinor, at }, { session });
          },
          { writeConcern: { w: 'majority', journal: true } },
        ),
      );
    },
    close: () => client.close(),
  };
}

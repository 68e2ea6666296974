import { type Db, MongoClient } from 'mongodb';
import type { Posting } from '../../../src/ledger/entry.js';
import { createLedger } from '../../../src/ledger/ledger.js';
import { ensureLedgerIndexes, type Line, linesOf } from '../../../src/ledger/line.js';
import { firstLine, postingLine } from '../../../src/ledger/next-line.js';
import type { Spend } from './measure.js';

const at = new Date('2026-11-02T10:00:00Z');
const HASH = 'p1:0123456789012345678901234567890123456789012';

/** A way to charge wallets, under test, in a database of its own. */
export interface Path {
  spend: Spend;
  fund: (wallets: readonly string[], amountMinor: number) => Promise<void>;
  close: () => Promise<void>;
}

export async function connect(uri: string, database: string): Promise<{ client: MongoClient; db: Db }> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 100 });
  const db = client.db(database);
  await ensureLedgerIndexes(db);
  return { client, db };
}

const usage = (wallet: string, key: string, amountMinor: number): Posting => ({
  wallet,
  key: `u:${key}`,
  kind: 'usage',
  amountMinor: -amountMinor,
  contra: 'revenue',
  item: 'sms',
  at,
});

export async function ledgerPath(uri: string, database: string): Promise<Path> {
  const { client, db } = await connect(uri, database);
  const ledger = createLedger(db);
  return {
    async fund(wallets, amountMinor) {
      await Promise.all(wallets.map((wallet) => ledger.open({ wallet, account: 'acc', currency: 'GBP', at })));
      const topUp = { key: 'topup:1', kind: 'topup', amountMinor, contra: 'provider', at } as const;
      await ledger.postMany(wallets.map((wallet) => ({ ...topUp, wallet })));
    },
    async spend(wallet, key, amountMinor) {
      const posted = await ledger.post(usage(wallet, key, amountMinor));
      if (posted.outcome !== 'posted' && posted.outcome !== 'duplicate') throw new Error(posted.outcome);
    },
    close: () => client.close(),
  };
}

/** The ledger's lines without its care: they are computed in memory, whatever the database says. */
function bareChain() {
  const heads = new Map<string, Line>();
  return {
    async fund(wallets: readonly string[], amountMinor: number) {
      for (const wallet of wallets) {
        const opened = firstLine({ wallet, account: 'acc', currency: 'GBP', at }, HASH);
        const topUp: Posting = { wallet, key: 'topup:1', kind: 'topup', amountMinor, contra: 'provider', at };
        const funded = postingLine(opened, topUp, HASH);
        if ('w' in funded) heads.set(wallet, funded);
      }
    },
    next(wallet: string, key: string, amountMinor: number): Line {
      const line = postingLine(heads.get(wallet), usage(wallet, key, amountMinor), HASH);
      if (!('w' in line)) throw new Error(line.outcome);
      heads.set(wallet, line);
      return line;
    },
  };
}

/** The same documents under the same indexes, each inserted alone. */
export async function insertOnePath(uri: string, database: string): Promise<Path> {
  const { client, db } = await connect(uri, database);
  const lines = linesOf(db);
  const { fund, next } = bareChain();
  return {
    fund,
    spend: async (...event) => void (await lines.insertOne(next(...event))),
    close: () => client.close(),
  };
}

const BATCH = 500;
/** At the end of a run no more come to fill the last batch. */
const LATE_MS = 100;

/** The same documents under the same indexes in full batches: the limit. */
export async function insertManyPath(uri: string, database: string): Promise<Path> {
  const { client, db } = await connect(uri, database);
  const lines = linesOf(db);
  const { fund, next } = bareChain();
  let gathered: { line: Line; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let late: NodeJS.Timeout | undefined;
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
    fund,
    spend(...event) {
      const line = next(...event);
      return new Promise((resolve, reject) => {
        gathered.push({ line, resolve, reject });
        if (gathered.length === 1) late = setTimeout(() => void send(), LATE_MS);
        if (gathered.length === BATCH) void send();
      });
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

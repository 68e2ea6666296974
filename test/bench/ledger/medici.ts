import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ClientSession } from 'mongodb';
import type { Path } from './paths.js';

/** A folder of its own, so that nobody else meets its copy of the driver; this runs compiled, from `.bench`. */
const HERE = fileURLToPath(new URL('../../../../test/bench/ledger/medici/', import.meta.url));

interface MediciEntry {
  credit: (account: string, amount: number) => MediciEntry;
  debit: (account: string, amount: number) => MediciEntry;
  commit: (options?: { session: ClientSession }) => Promise<unknown>;
}

interface Medici {
  Book: new (
    name: string,
  ) => {
    entry: (memo: string) => MediciEntry;
    balance: (of: { account: string }, options: { session: ClientSession }) => Promise<{ balance: number }>;
    writelockAccounts: (accounts: string[], options: { session: ClientSession }) => Promise<unknown>;
  };
  mongoTransaction: <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;
  initModels: () => Promise<void>;
  syncIndexes: (options: { background: boolean }) => Promise<void>;
}

interface Mongoose {
  connect: (uri: string, options: object) => Promise<unknown>;
  disconnect: () => Promise<void>;
}

/** Installs the bench's own dependencies where they are not there yet, and loads them. */
async function load(): Promise<{ medici: Medici; mongoose: Mongoose; version: string }> {
  if (!existsSync(`${HERE}node_modules/medici`)) {
    const install = spawn('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'ignore' });
    const [code] = await once(install, 'exit');
    if (code !== 0) throw new Error(`npm ci in ${HERE} ended with ${code}`);
  }
  const require = createRequire(`${HERE}package.json`);
  const medici: Medici = require('medici');
  const mongoose: Mongoose = require('mongoose');
  const { version }: { version: string } = require('medici/package.json');
  return { medici, mongoose, version };
}

/** The withdraw recipe of medici's README: a session, the balance after the entry, the lock at the end, majority. */
export async function mediciPath(uri: string, database: string): Promise<Path & { version: string }> {
  const { medici, mongoose, version } = await load();
  const majority = { writeConcern: { w: 'majority', journal: true }, maxPoolSize: 50 };
  await mongoose.connect(uri, { ...majority, dbName: database });
  await medici.initModels();
  await medici.syncIndexes({ background: false });
  const book = new medici.Book('bench');
  return {
    version,
    async fund(wallets, amountMinor) {
      for (let i = 0; i < wallets.length; i += 500) {
        const some = wallets.slice(i, i + 500);
        const entry = book.entry('funds').debit('Assets', amountMinor * some.length);
        for (const wallet of some) entry.credit(`Accounts:${wallet}`, amountMinor);
        await entry.commit();
      }
    },
    async spend(wallet, _key, amountMinor) {
      await medici.mongoTransaction(async (session) => {
        await book
          .entry('Withdraw by User')
          .credit('Assets', amountMinor)
          .debit(`Accounts:${wallet}`, amountMinor)
          .commit({ session });
        const after = await book.balance({ account: `Accounts:${wallet}` }, { session });
        if (after.balance < 0) throw new Error('Not enough balance in wallet.');
        await book.writelockAccounts([`Accounts:${wallet}`], { session });
      });
    },
    close: () => mongoose.disconnect(),
  };
}

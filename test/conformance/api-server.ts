import { MongoMemoryReplSet } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { findMongod } from '../../src/local/mongod.js';
import { createLog } from '../../src/log.js';
import { connectMongo, disconnectMongo, syncIndexes } from '../../src/mongo.js';
import { createHttpServer } from '../../src/server.js';
import { createKey } from '../../src/usage/keys.js';
import { setPrice } from '../../src/prices/set-price.js';
import { usageRoutes } from '../../src/usage/routes.js';
import { SCOPES } from '../../src/usage/scopes.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';

const PEPPER = 'pepper of the check';
const FUNDS = 1_000_000_000_000;

export interface RunningApi {
  /** Of `/v1`. */
  url: string;
  /** With every scope, for a workspace with much money. */
  key: string;
  /** The log's lines about faults of ours. */
  faults: readonly string[];
  stop: () => Promise<void>;
}

/** The product's own HTTP server with `/v1` in it, over a real ledger in a database of its own. */
export async function startApi(): Promise<RunningApi> {
  const { path: systemBinary } = await findMongod({ env: process.env });
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 1, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] },
  });
  await connectMongo(set.getUri('conformance'));
  await syncIndexes();
  const db = mongoose.connection.db!;
  await ensureLedgerIndexes(db);
  const ledger = createLedger(db);
  const key = await foundWorkspace(ledger);
  const faults: string[] = [];
  const log = createLog({ level: 'error', write: (line) => void faults.push(line) });
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log,
    ready: {},
    routes: (app) => {
      const rateLimit = { requests: 100_000, seconds: 1 };
      // It calls without a valid key by the hundred, from one address.
      const failedCallLimit = { calls: 100_000, seconds: 1 };
      const limits = { rateLimit, failedCallLimit };
      app.use('/v1', usageRoutes({ ledger, pepper: PEPPER, log, publicUrl: 'http://127.0.0.1', ...limits }));
    },
  });
  const port = await server.listen();
  return {
    url: `http://127.0.0.1:${port}/v1`,
    key,
    faults,
    async stop() {
      await server.stop(1_000);
      await disconnectMongo();
      await set.stop();
    },
  };
}

async function foundWorkspace(ledger: ReturnType<typeof createLedger>): Promise<string> {
  const at = new Date();
  const { account, owner } = await enableAccount({
    name: 'Acme',
    tenant: 'slack:T0ACME',
    ownerUser: 'U0OLIVIA',
    ownerProfile: { name: 'Olivia', emailVerified: false, standing: 'full' },
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at,
  });
  const by = owner.id;
  const workspace = await createWorkspace({ ledger, account, name: 'Marketing', primaryOwner: by, by, at });
  const topUp = { key: 'topup:1', kind: 'topup', amountMinor: FUNDS, contra: 'provider', at } as const;
  await ledger.post({ wallet: workspace.id, ...topUp });
  await setPrice({ account: account.id, item: 'sms', priceMicro: 4_000_000, validFrom: at, by, at });
  const of = { account: account.id, workspace: workspace.id, name: 'Check', scopes: SCOPES, by, at, pepper: PEPPER };
  return (await createKey(of)).secretOnce;
}

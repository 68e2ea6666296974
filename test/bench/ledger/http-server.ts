/** The API in a process of its own: `/v1` over a real ledger, with a workspace and a key for each wallet. Says where it is. */
import express from 'express';
import mongoose from 'mongoose';
import { createLedger } from '../../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../../src/ledger/line.js';
import { createLog } from '../../../src/log.js';
import { connectMongo, syncIndexes } from '../../../src/mongo.js';
import { createKey } from '../../../src/usage/keys.js';
import { setPrice } from '../../../src/prices/set-price.js';
import { usageRoutes } from '../../../src/usage/routes.js';
import { enableAccount } from '../../../src/workspace/accounts.js';
import { createWorkspace } from '../../../src/workspace/workspaces.js';

const PEPPER = 'pepper of the bench';
const FUNDS = 1_000_000_000;
const [uri = '', wallets = '1'] = process.argv.slice(2);

await connectMongo(uri);
await syncIndexes();
const db = mongoose.connection.db!;
await ensureLedgerIndexes(db);
const ledger = createLedger(db);
const at = new Date();
const { account, owner } = await enableAccount({
  name: 'Bench',
  tenant: 'slack:T0BENCH',
  ownerUser: 'U0OWNER',
  ownerProfile: { name: 'Owner', emailVerified: false, standing: 'full' },
  currency: 'GBP',
  plan: 'enterprise',
  timeZone: 'Europe/London',
  at,
});
const by = owner.id;
await setPrice({ account: account.id, item: 'sms', priceMicro: 750_000, validFrom: at, by, at });

const keys: string[] = [];
for (let i = 0; i < Number(wallets); i++) {
  const workspace = await createWorkspace({ ledger, account, name: `Wallet ${i}`, primaryOwner: by, by, at });
  const topUp = { key: 'topup:1', kind: 'topup', amountMinor: FUNDS, contra: 'provider', at } as const;
  await ledger.post({ wallet: workspace.id, ...topUp });
  const of = { account: account.id, workspace: workspace.id, by, at };
  const { secretOnce } = await createKey({ ...of, name: 'Bench', scopes: ['usage:write'], pepper: PEPPER });
  keys.push(secretOnce);
}

const app = express();
const rateLimit = { requests: 100_000, seconds: 1 };
const log = createLog({ level: 'error' });
app.use('/v1', usageRoutes({ ledger, pepper: PEPPER, log, publicUrl: 'http://127.0.0.1', rateLimit }));
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  process.stdout.write(`${JSON.stringify({ port: address.port, keys })}\n`);
});

import type { Db } from 'mongodb';
import mongoose from 'mongoose';
import type { Ledger } from '../../../src/ledger/entry.js';
import { createLedger } from '../../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../../src/ledger/line.js';
import { projectWallet } from '../../../src/ledger/project.js';
import { connectMongo, syncIndexes } from '../../../src/mongo.js';
import { enableAccount } from '../../../src/workspace/accounts.js';
import { bindChannel } from '../../../src/workspace/bindings.js';
import type { Workspace } from '../../../src/workspace/entities.js';
import { createWorkspace } from '../../../src/workspace/workspaces.js';
import { growChain } from './long-chain.js';

/** The month that is summed up, as the workspaces' zone has it. */
export const MONTH = {
  period: '2026-10',
  from: new Date('2026-10-01T00:00:00Z'),
  to: new Date('2026-11-01T00:00:00Z'),
} as const;
const MONTH_MS = MONTH.to.getTime() - MONTH.from.getTime();
const FUNDS = 1_000_000_000_000;

/** What a month of the long chain holds at most. */
const IN_A_MONTH = 1_000_000;
export const FEW = 10_000;

export interface World {
  db: Db;
  ledger: Ledger;
  /** The long chain and a short one beside it. */
  many: Workspace;
  few: Workspace;
}

/** A database with a workspace of `entries` entries, at most a million of them in the month, and one of ten thousand. Mongoose is connected to it. */
export async function buildWorld(uri: string, entries: number): Promise<World> {
  await connectMongo(uri);
  await syncIndexes();
  const db = mongoose.connection.db!;
  const ledger = createLedger(db);
  const stepMs = MONTH_MS / Math.min(entries, IN_A_MONTH);
  const opens = new Date(MONTH.to.getTime() - stepMs * (entries + 10) - MONTH_MS);
  const { account, owner } = await enableAccount({
    name: 'Growth',
    tenant: 'slack:T0GROWTH',
    ownerUser: 'U0OWNER',
    ownerProfile: { name: 'Owner', email: 'owner@bench.test', emailVerified: true, standing: 'full' },
    currency: 'GBP',
    plan: 'enterprise',
    timeZone: 'UTC',
    at: opens,
  });
  const found = async (name: string): Promise<Workspace> => {
    const people = { primaryOwner: owner.id, by: owner.id };
    const workspace = await createWorkspace({ ledger, account, name, ...people, at: opens });
    const channel = { platform: 'slack', tenant: 'T0GROWTH', channel: `C_${name}`, channelName: name } as const;
    const binding = { account: account.id, workspace: workspace.id, by: owner.id, at: opens };
    await bindChannel({ ...channel, ...binding, purposes: ['alerts'] });
    const funds = { kind: 'topup', amountMinor: FUNDS, contra: 'provider', at: opens } as const;
    await ledger.post({ wallet: workspace.id, key: 'topup:1', ...funds });
    return workspace;
  };
  const world = { db, ledger, many: await found('Many'), few: await found('Few') };
  // A moment before the month ends: what is at its end belongs to the next one.
  const ends = new Date(MONTH.to.getTime() - 1_000);
  await growChain(db, world.few.id, { lines: FEW, ends, stepMs: MONTH_MS / FEW });
  await growChain(db, world.many.id, { lines: entries, ends, stepMs });
  await ensureLedgerIndexes(db);
  for (const { id } of [world.many, world.few]) await projectWallet(db, id);
  return world;
}

/** A database of ten thousand entries and nothing else: what the long chain is measured against. */
export async function buildSmall(db: Db): Promise<{ ledger: Ledger; wallet: string }> {
  const ledger = createLedger(db);
  await ensureLedgerIndexes(db);
  const wallet = 'ws_small';
  await ledger.open({ wallet, account: 'acc_small', currency: 'GBP', at: MONTH.from });
  const funds = { kind: 'topup', amountMinor: FUNDS, contra: 'provider', at: MONTH.from } as const;
  await ledger.post({ wallet, key: 'topup:1', ...funds });
  await growChain(db, wallet, { lines: FEW, ends: MONTH.to, stepMs: MONTH_MS / FEW });
  return { ledger, wallet };
}

import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { syncIndexes } from '../../src/mongo.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import type { Account, Person, Workspace } from '../../src/workspace/entities.js';
import type { Identity } from '../../src/workspace/identity.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { addTo } from '../support/acme.js';
import { CHANNEL, TEAM } from './crowd.js';

export const slackUser = (user: string): Identity => ({ platform: 'slack', tenant: TEAM, user });
const profileOf = (name: string) =>
  ({ name, email: `${name.toLowerCase()}@bench.test`, emailVerified: true, standing: 'full' }) as const;

export const OWNER = 'U0OWNER';
export const memberUser = (i: number): string => `U0BENCH${String(i).padStart(3, '0')}`;

export interface BenchCompany {
  account: Account;
  owner: Person;
  workspace: Workspace;
  /** The members' user ids. */
  users: string[];
}

/**
 * A company with one workspace, bound to the channel where everybody types, and so many members beside its owner;
 * mongoose must be connected.
 */
export async function foundBenchCompany(people: number): Promise<BenchCompany> {
  const db = mongoose.connection.db!;
  await syncIndexes();
  await ensureLedgerIndexes(db);
  const ledger = createLedger(db);
  const at = new Date();
  const { account, owner } = await enableAccount({
    name: 'Bench',
    tenant: `slack:${TEAM}`,
    ownerUser: OWNER,
    ownerProfile: profileOf('Owner'),
    currency: 'GBP',
    plan: 'enterprise',
    timeZone: 'Europe/London',
    at,
  });
  const workspace = await createWorkspace({
    ledger,
    account,
    name: 'Marketing',
    primaryOwner: owner.id,
    by: owner.id,
    at,
  });
  const channel = { platform: 'slack', tenant: TEAM, channel: CHANNEL, channelName: 'marketing' } as const;
  const purposes = ['alerts', 'approvals'] as const;
  await bindChannel({ ...channel, account: account.id, workspace: workspace.id, purposes, by: owner.id, at });
  const users = Array.from({ length: people }, (_, i) => memberUser(i));
  for (const user of users) {
    const person = await ensurePerson(account, slackUser(user), profileOf(user), at);
    await addTo(account, workspace, owner, person, 'member', at);
  }
  return { account, owner, workspace, users };
}

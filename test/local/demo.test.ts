import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { seedDemo } from '../../src/local/demo.js';
import { demoPerson, SLACK_TEAM, TEAMS_TENANT } from '../../src/local/demo-people.js';
import { authenticate } from '../../src/usage/keys.js';
import { accountOfTenant } from '../../src/workspace/accounts.js';
import { bindingsOf } from '../../src/workspace/bindings.js';
import { membersOf, membershipsOf } from '../../src/workspace/memberships.js';
import { personOfIdentity } from '../../src/workspace/people.js';
import { workspacesOfAccount } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound } from '../support/ledger.js';

useDatabase();

const PEPPER = 'pepper';
const AT = new Date('2026-11-01T10:00:00Z');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  await ensureLedgerIndexes(mongoose.connection.db!);
});
afterEach(expectLedgerSound);
afterAll(() => rm(folder, { recursive: true, force: true }));

const seed = () => seedDemo({ ledger: createLedger(mongoose.connection.db!), folder, pepper: PEPPER, at: AT });

test('the demo account is Acme on both platforms, with money, people, a bound channel and a key that works', async () => {
  const keyFile = await seed();
  const account = (await accountOfTenant(`slack:${SLACK_TEAM}`))!;
  expect(await accountOfTenant(`teams:${TEAMS_TENANT}`)).toMatchObject({ id: account.id, name: 'Acme' });

  const [marketing, support] = await workspacesOfAccount(account.id);
  const heads = await createLedger(mongoose.connection.db!).heads([marketing!.id, support!.id]);
  expect(heads.get(marketing!.id)?.balanceMinor).toBe(120_00);
  expect(heads.get(support!.id)?.balanceMinor).toBe(40_00);

  const page = await membersOf({ account: account.id, workspace: marketing!.id, offset: 0, limit: 10 });
  expect(page.members.map(({ person, membership }) => `${person.name} ${membership.role}`).sort()).toEqual([
    'Adam admin',
    'Max member',
    'Mia member',
    'Olivia primaryOwner',
  ]);
  expect(await bindingsOf(account.id, marketing!.id, 'alerts')).toMatchObject([{ channelName: 'marketing' }]);
  const header = `Bearer ${(await readFile(keyFile, 'utf8')).trim()}`;
  expect(await authenticate(header, PEPPER, AT)).toMatchObject({ workspace: marketing!.id });
});

test('Adam is one person on both platforms, and Marketing is active', async () => {
  const account = (await accountOfTenant(`slack:${SLACK_TEAM}`))!.id;
  const { user, aad } = demoPerson('Adam');
  const onSlack = await personOfIdentity(account, `slack:${SLACK_TEAM}:${user}`);
  const onTeams = await personOfIdentity(account, `teams:${TEAMS_TENANT}:${aad}`);
  expect(onSlack!.id).toBe(onTeams!.id);
  const seats = await membershipsOf(account, onSlack!.id);
  expect(seats.find(({ membership }) => membership.active)?.workspace.name).toBe('Marketing');
});

test('seeding again, also after it broke off at the key, changes nothing but the key', async () => {
  const before = await readFile(await seed(), 'utf8');
  expect(await readFile(await seed(), 'utf8')).toBe(before);
  await rm(join(folder, 'demo-key'));
  await seed();
  const account = (await accountOfTenant(`slack:${SLACK_TEAM}`))!;
  const workspaces = await workspacesOfAccount(account.id);
  expect(workspaces).toHaveLength(2);
  const heads = await createLedger(mongoose.connection.db!).heads(workspaces.map(({ id }) => id));
  expect([...heads.values()].map(({ balanceMinor }) => balanceMinor).sort((a, b) => b - a)).toEqual([120_00, 40_00]);
});

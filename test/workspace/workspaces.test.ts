import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { membership } from '../../src/workspace/memberships.js';
import { workspaceOfWallet } from '../../src/workspace/sweeping.js';
import {
  disableWorkspace,
  enableWorkspace,
  getWorkspace,
  renameWorkspace,
  workspacesOfAccount,
} from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { AT, openCompany, race, refusalOf } from './company.js';

useDatabase();
useLedger();

test('a new workspace has an empty wallet and its primary owner, who is active in it', async () => {
  const { account, olivia, workspace } = await openCompany();
  const marketing = await workspace('Marketing');
  expect(marketing).toMatchObject({ name: 'Marketing', status: 'active', currency: 'GBP', timeZone: 'Europe/London' });
  expect(await membership(account.id, marketing.id, olivia.id)).toMatchObject({ role: 'primaryOwner', active: true });
  const head = await createLedger(mongoose.connection.db!).head(marketing.id);
  expect(head).toMatchObject({ balanceMinor: 0, currency: 'GBP' });
});

test.each(['MARKETING', '  marketing ', 'Ｍarketing', 'Mar\u200bketing'])(
  'a name is taken in whatever spelling: %j',
  async (spelling) => {
    const { account, olivia, workspace } = await openCompany();
    await workspace('Marketing');
    const support = await workspace('Support');
    expect(await refusalOf(workspace(spelling))).toMatchObject({ kind: 'workspaceNameTaken' });
    const renaming = { account: account.id, workspace: support.id, name: spelling, by: olivia.id, at: AT };
    expect(await refusalOf(renameWorkspace(renaming))).toMatchObject({ kind: 'workspaceNameTaken' });
  },
);

test('of ten who create the same name at once, one does', async () => {
  const { account, workspace } = await openCompany();
  const { won, refused } = await race(Array.from({ length: 10 }, () => workspace('Ops')));
  expect(won).toBe(1);
  expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(['workspaceNameTaken']));
  expect(await workspacesOfAccount(account.id)).toHaveLength(1);
});

test('another account may use the name too', async () => {
  const [here, there] = [await openCompany(), await openCompany()];
  const ours = await here.workspace('Sales');
  await there.workspace('Sales');
  expect(await getWorkspace(there.account.id, ours.id)).toBeUndefined();
  expect((await workspaceOfWallet(ours.id))?.account).toBe(here.account.id);
});

test.each(['', '   ', '\u202e\u200b', 'x'.repeat(61)])('a name of nothing or too much is refused: %j', async (name) => {
  const { workspace } = await openCompany();
  expect(await refusalOf(workspace(name))).toMatchObject({ kind: 'badArgument', argument: 'name' });
});

test('a name keeps its emoji and loses what would turn the text around it', async () => {
  const { workspace } = await openCompany();
  expect((await workspace('Team 👩‍🚀 \u202eevil')).name).toBe('Team 👩‍🚀 evil');
});

test('a workspace may change the case of its own name', async () => {
  const { account, olivia, workspace } = await openCompany();
  const { id } = await workspace('ops');
  const renamed = await renameWorkspace({ account: account.id, workspace: id, name: 'Ops', by: olivia.id, at: AT });
  expect(renamed.name).toBe('Ops');
  expect((await getWorkspace(account.id, id))?.name).toBe('Ops');
});

test('disabling and enabling keep its people', async () => {
  const { account, olivia, workspace } = await openCompany();
  const { id } = await workspace('Ops');
  const change = { account: account.id, workspace: id, by: olivia.id, at: AT };
  expect((await disableWorkspace(change)).status).toBe('disabled');
  expect((await getWorkspace(account.id, id))?.status).toBe('disabled');
  expect((await enableWorkspace(change)).status).toBe('active');
  expect(await membership(account.id, id, olivia.id)).toMatchObject({ role: 'primaryOwner' });
});

import { describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/mongo.js';
import { AuditModel } from '../../src/workspace/audit-model.js';
import { verifyAudit } from '../../src/workspace/audit.js';
import { invite, openInvitationsOf } from '../../src/workspace/invitations.js';
import { changeRole, membership, removeMember } from '../../src/workspace/memberships.js';
import { approveRequest, getRequest, openRequest } from '../../src/workspace/requests.js';
import { renameWorkspace, workspacesOfAccount } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { AT, type Company, openCompany } from './company.js';

useDatabase();

/** Runs the work in a transaction whose last step fails. */
async function failAfter(work: () => Promise<unknown>): Promise<void> {
  const failing = inTransaction(async () => {
    await work();
    throw new Error('a later step failed');
  });
  await expect(failing).rejects.toThrow('a later step failed');
}

async function marketing(): Promise<{ company: Company; place: { account: string; workspace: string; at: Date } }> {
  const company = await openCompany();
  const workspace = await company.workspace('Marketing');
  return { company, place: { account: company.account.id, workspace: workspace.id, at: AT } };
}

describe('a failed later step undoes everything before it, the audit line too', () => {
  test('a role, a removal and an invitation', async () => {
    const { company, place } = await marketing();
    const workspace = (await workspacesOfAccount(place.account))[0]!;
    const [mia, max] = [await company.member(workspace, 'Mia'), await company.member(workspace, 'Max')];
    const nina = await company.person('Nina');
    const before = await AuditModel.countDocuments({ account: place.account });
    const by = company.olivia.id;
    await failAfter(async () => {
      await changeRole({ ...place, person: mia.id, role: 'admin', by });
      await removeMember({ ...place, person: max.id, by });
      const to = { person: nina.id };
      await invite({ ...place, account: company.account, to, role: 'member', licence: 'standard', by });
      await renameWorkspace({ ...place, name: 'Other', by });
    });
    expect(await membership(place.account, place.workspace, mia.id)).toMatchObject({ role: 'member' });
    expect(await membership(place.account, place.workspace, max.id)).toMatchObject({ role: 'member', active: true });
    expect(await openInvitationsOf(place.account, nina.id, AT)).toEqual([]);
    expect((await workspacesOfAccount(place.account))[0]!.name).toBe('Marketing');
    expect(await AuditModel.countDocuments({ account: place.account })).toBe(before);
    expect((await verifyAudit(place.account)).findings).toEqual([]);
  });

  test('a decision', async () => {
    const { company, place } = await marketing();
    const mia = await company.person('Mia');
    const { account, at } = place;
    const call = { command: 'topup', args: {} };
    const request = await openRequest({ ...place, by: mia.id, byIdentity: 'slack:T:U', action: 'addBalance', call });
    const mayDecide = async (): Promise<void> => undefined;
    await failAfter(() => approveRequest({ account, id: request.id, by: company.olivia.id, at, mayDecide }));
    expect(await getRequest(account, request.id)).toMatchObject({ state: 'pending', version: 1 });
  });
});

test('a workspace that could not be made leaves neither people nor lines behind', async () => {
  const company = await openCompany('free');
  const first = await company.workspace('Marketing');
  for (const name of ['Adam', 'Mia']) await company.member(first, name);
  const before = await AuditModel.countDocuments({ account: company.account.id });
  const max = await company.person('Max');
  await expect(company.workspace('Support', max)).rejects.toThrow('noSeat');
  expect(await workspacesOfAccount(company.account.id)).toHaveLength(1);
  expect(await AuditModel.countDocuments({ account: company.account.id })).toBe(before);
});

import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../src/workspace/entities.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { leaveWorkspace, membershipsOf, removeMember, switchActive } from '../../src/workspace/memberships.js';
import { reactivateMember, suspendMember } from '../../src/workspace/suspension.js';
import { MembershipModel } from '../../src/workspace/workspace-model.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { AT, type Company, minutesLater, openCompany, refusalOf } from './company.js';

useDatabase();

/** Mia in Marketing, Support and Ops, active in Marketing. */
async function miaInThree() {
  const company = await openCompany();
  const marketing = await company.workspace('Marketing');
  const support = await company.workspace('Support');
  const ops = await company.workspace('Ops');
  const mia = await company.person('Mia');
  for (const [minute, workspace] of [marketing, support, ops].entries()) {
    await company.join(workspace, mia, 'member', 'standard', minutesLater(minute));
  }
  return { company, account: company.account.id, marketing, support, ops, mia };
}

const activeOf = async (company: Company, person: Person): Promise<string[]> =>
  (await membershipsOf(company.account.id, person.id))
    .filter((seat) => seat.membership.active)
    .map((seat) => seat.workspace.name);

describe('where a person is active', () => {
  test('is where they joined first; later ones leave them there', async () => {
    const { company, mia } = await miaInThree();
    expect(await activeOf(company, mia)).toEqual(['Marketing']);
  });

  test('is the one they join where every other is closed to them', async () => {
    const company = await openCompany();
    const [marketing, support] = [await company.workspace('Marketing'), await company.workspace('Support')];
    const mia = await company.member(marketing, 'Mia');
    const change = { account: company.account.id, workspace: marketing.id, by: company.olivia.id, at: AT };
    await suspendMember({ ...change, person: mia.id });
    await company.join(support, mia, 'member', 'standard', minutesLater(1));
    expect(await activeOf(company, mia)).toEqual(['Support']);
  });

  test('changes by switching', async () => {
    const { company, account, mia, marketing, support } = await miaInThree();
    const switched = await switchActive({ account, person: mia.id, workspace: support.id, at: AT });
    expect(switched).toMatchObject({ before: marketing.id, after: { workspace: { name: 'Support' } } });
    expect(await activeOf(company, mia)).toEqual(['Support']);
  });

  test('is exactly one after thirty switches at once', async () => {
    const { company, account, mia, marketing, support, ops } = await miaInThree();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        switchActive({ account, person: mia.id, workspace: [marketing, support, ops][i % 3]!.id, at: AT }),
      ),
    );
    expect(await activeOf(company, mia)).toHaveLength(1);
  });

  test('cannot be two: the database itself refuses', async () => {
    const { account, mia, support } = await miaInThree();
    const second = MembershipModel.updateOne(
      { account, workspace: support.id, person: mia.id },
      { $set: { active: true } },
    );
    await expect(second.exec()).rejects.toThrow('one_active_workspace_per_person');
  });

  test('moves on when they leave, are removed or suspended there', async () => {
    const { company, account, mia, marketing, support, ops } = await miaInThree();
    const left = await leaveWorkspace({ account, workspace: marketing.id, person: mia.id, at: AT });
    expect(left.active?.name).toBe('Ops');
    const by = { account, person: mia.id, by: company.olivia.id, at: AT };
    expect((await suspendMember({ ...by, workspace: ops.id })).active?.name).toBe('Support');
    expect(await activeOf(company, mia)).toEqual(['Support']);
    expect((await removeMember({ ...by, workspace: support.id })).active?.name).toBe('Ops');
    await removeMember({ ...by, workspace: ops.id });
    expect(await activeOf(company, mia)).toEqual([]);
  });

  test('comes back with a suspension’s end where nothing else was usable', async () => {
    const company = await openCompany();
    const ops = await company.workspace('Ops');
    const mia = await company.member(ops, 'Mia');
    const change = { account: company.account.id, workspace: ops.id, person: mia.id, by: company.olivia.id, at: AT };
    await suspendMember(change);
    expect(await reactivateMember(change)).toMatchObject({ active: true, suspended: false });
  });
});

describe('switching is refused', () => {
  test('to where one is no member, without naming it', async () => {
    const { company, account, mia } = await miaInThree();
    const secret = await company.workspace('Secret');
    const reason = await refusalOf(switchActive({ account, person: mia.id, workspace: secret.id, at: AT }));
    expect(reason).toMatchObject({ kind: 'notMember', name: 'Mia' });
    expect(JSON.stringify(reason)).not.toContain('Secret');
  });

  test('to where one is suspended, and to a disabled workspace', async () => {
    const { company, account, mia, support, ops } = await miaInThree();
    const by = { account, by: company.olivia.id, at: AT };
    await suspendMember({ ...by, workspace: support.id, person: mia.id });
    await disableWorkspace({ ...by, workspace: ops.id });
    const to = { account, person: mia.id, at: minutesLater(1) };
    expect(await refusalOf(switchActive({ ...to, workspace: support.id }))).toEqual({
      kind: 'suspended',
      workspaceName: 'Support',
      ownerName: 'Olivia',
    });
    expect(await refusalOf(switchActive({ ...to, workspace: ops.id }))).toMatchObject({ kind: 'workspaceDisabled' });
    expect(await activeOf(company, mia)).toEqual(['Marketing']);
  });
});

describe('in an account set to a single workspace', () => {
  test('joining moves the person', async () => {
    const company = await openCompany('enterprise', { strictSingle: true });
    const adam = await company.person('Adam');
    const marketing = await company.workspace('Marketing');
    const support = await company.workspace('Support', adam);
    const mia = await company.member(marketing, 'Mia');
    const { account } = company;
    const to = { account, workspace: support.id, to: { person: mia.id }, by: adam.id, at: AT };
    await invite({ ...to, role: 'member', licence: 'standard' });
    await joinByInvitation({ account: account.id, person: mia.id, at: AT });
    const seats = await membershipsOf(account.id, mia.id);
    expect(seats.map((seat) => seat.workspace.name)).toEqual(['Support']);
    expect(await activeOf(company, mia)).toEqual(['Support']);
  });

  test('a primary owner hands over first', async () => {
    const company = await openCompany('enterprise', { strictSingle: true });
    await company.workspace('Marketing');
    expect(await refusalOf(company.workspace('Support'))).toMatchObject({
      kind: 'primaryOwnerStays',
      workspaceName: 'Marketing',
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/workspace/entities.js';
import {
  changeRole,
  holdersOf,
  leaveWorkspace,
  membership,
  membersOf,
  removeMember,
} from '../../src/workspace/memberships.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { MembershipModel } from '../../src/workspace/workspace-model.js';
import { useDatabase } from '../support/database.js';
import { AT, openCompany, race, refusalOf } from './company.js';

useDatabase();

/** Marketing with one of each role: Olivia primary owner, Oscar owner, Adam admin, Mia member. */
async function marketingTeam() {
  const company = await openCompany();
  const marketing = await company.workspace('Marketing');
  const oscar = await company.member(marketing, 'Oscar', 'owner');
  const adam = await company.member(marketing, 'Adam', 'admin');
  const mia = await company.member(marketing, 'Mia');
  const people = { primaryOwner: company.olivia, owner: oscar, admin: adam, member: mia };
  const place = { account: company.account.id, workspace: marketing.id, at: AT };
  return { company, place, people };
}

const roleNow = async (place: { account: string; workspace: string }, person: string): Promise<Role | undefined> =>
  (await membership(place.account, place.workspace, person))?.role;

describe('changing a role', () => {
  const allowed: [Role, Role, Role][] = [
    ['primaryOwner', 'member', 'owner'],
    ['primaryOwner', 'owner', 'admin'],
    ['owner', 'member', 'owner'],
    ['owner', 'owner', 'member'],
    ['admin', 'member', 'admin'],
    ['admin', 'admin', 'member'],
  ];
  test.each(allowed)('%s makes %s %s', async (actor, target, role) => {
    const { place, people } = await marketingTeam();
    const [by, person] = [people[actor].id, people[target].id];
    expect(await changeRole({ ...place, person, role, by })).toMatchObject({ before: target, after: { role } });
    expect(await roleNow(place, person)).toBe(role);
  });

  const guarded: [Role, Role, Role][] = [
    ['admin', 'owner', 'member'],
    ['admin', 'member', 'owner'],
    ['admin', 'admin', 'owner'],
    ['member', 'member', 'admin'],
    ['owner', 'member', 'primaryOwner'],
    ['primaryOwner', 'owner', 'primaryOwner'],
  ];
  test.each(guarded)('%s does not make %s %s', async (actor, target, role) => {
    const { place, people } = await marketingTeam();
    const attempt = changeRole({ ...place, person: people[target].id, role, by: people[actor].id });
    expect(await refusalOf(attempt)).toMatchObject({ kind: 'rankGuard' });
    expect(await roleNow(place, people[target].id)).toBe(target);
  });

  test('of the primary owner is refused to everybody, themselves included', async () => {
    const { place, people } = await marketingTeam();
    for (const by of [people.owner, people.primaryOwner]) {
      const attempt = changeRole({ ...place, person: people.primaryOwner.id, role: 'owner', by: by.id });
      expect(await refusalOf(attempt)).toMatchObject({ kind: 'primaryOwnerStays', name: 'Olivia' });
    }
  });

  test('by an approved request counts the approver’s rank', async () => {
    const { place, people } = await marketingTeam();
    const asked = { ...place, person: people.member.id, role: 'admin', by: people.member.id } as const;
    expect(await refusalOf(changeRole(asked))).toMatchObject({ kind: 'rankGuard' });
    await changeRole({ ...asked, approvedBy: people.owner.id });
    expect(await roleNow(place, people.member.id)).toBe('admin');
  });

  test('by somebody suspended, or of another workspace, is refused', async () => {
    const { company, place, people } = await marketingTeam();
    await suspendMember({ ...place, person: people.admin.id, by: people.primaryOwner.id });
    const attempt = { ...place, person: people.member.id, role: 'admin' } as const;
    expect(await refusalOf(changeRole({ ...attempt, by: people.admin.id }))).toMatchObject({ kind: 'suspended' });
    const outsider = await company.person('Zoe');
    expect(await refusalOf(changeRole({ ...attempt, by: outsider.id }))).toMatchObject({
      kind: 'notMember',
      workspaceName: 'that workspace',
    });
  });
});

describe('unlinking', () => {
  test.each<[Role, Role]>([
    ['primaryOwner', 'owner'],
    ['owner', 'admin'],
    ['admin', 'admin'],
    ['admin', 'member'],
  ])('%s removes %s', async (actor, target) => {
    const { place, people } = await marketingTeam();
    await removeMember({ ...place, person: people[target].id, by: people[actor].id });
    expect(await roleNow(place, people[target].id)).toBeUndefined();
  });

  test('somebody above is refused', async () => {
    const { place, people } = await marketingTeam();
    const attempt = removeMember({ ...place, person: people.owner.id, by: people.admin.id });
    expect(await refusalOf(attempt)).toEqual({ kind: 'rankGuard', targetName: 'Oscar' });
  });

  test('the primary owner neither goes nor is removed', async () => {
    const { place, people } = await marketingTeam();
    const person = people.primaryOwner.id;
    const stays = { kind: 'primaryOwnerStays', name: 'Olivia', workspaceName: 'Marketing' };
    expect(await refusalOf(removeMember({ ...place, person, by: people.owner.id }))).toEqual(stays);
    expect(await refusalOf(leaveWorkspace({ ...place, person }))).toEqual({ ...stays, own: place.workspace });
  });

  test('the same person ten times at once removes them once', async () => {
    const { place, people } = await marketingTeam();
    const removal = { ...place, person: people.member.id, by: people.admin.id };
    const { won, refused } = await race(Array.from({ length: 10 }, () => removeMember(removal)));
    expect(won).toBe(1);
    expect(refused[0]).toMatchObject({ kind: 'notMember', name: 'Mia', workspaceName: 'Marketing' });
  });
});

test('a workspace cannot have two primary owners: the database itself refuses', async () => {
  const { place, people } = await marketingTeam();
  const second = MembershipModel.updateOne(
    { account: place.account, workspace: place.workspace, person: people.owner.id },
    { $set: { role: 'primaryOwner' } },
  );
  await expect(second.exec()).rejects.toThrow('one_primary_owner_per_workspace');
});

describe('members', () => {
  test('come in pages, by name, by role and by a part of name or address', async () => {
    const { place } = await marketingTeam();
    const names = async (query: object): Promise<string[]> =>
      (await membersOf({ ...place, offset: 0, limit: 10, ...query })).members.map(({ person }) => person.name);
    expect(await names({})).toEqual(['Adam', 'Mia', 'Olivia', 'Oscar']);
    expect(await names({ offset: 2, limit: 1 })).toEqual(['Olivia']);
    expect(await names({ role: 'admin' })).toEqual(['Adam']);
    expect(await names({ search: 'MI' })).toEqual(['Mia']);
    expect(await names({ search: 'oscar@acme' })).toEqual(['Oscar']);
    expect(await names({ search: '.*' })).toEqual([]);
    expect((await membersOf({ ...place, offset: 0, limit: 1 })).total).toBe(4);
  });

  test('who hold a right leave the suspended out', async () => {
    const { place, people } = await marketingTeam();
    await suspendMember({ ...place, person: people.admin.id, by: people.owner.id });
    const holders = await holdersOf(place.account, place.workspace, ['owner', 'admin']);
    expect(holders.map(({ name }) => name)).toEqual(['Oscar']);
  });
});

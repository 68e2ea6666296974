import { describe, expect, test } from '@jest/globals';
import { getAccount } from '../../src/workspace/accounts.js';
import type { Person, Role } from '../../src/workspace/entities.js';
import { identityKey } from '../../src/workspace/identity.js';
import { invite, joinByInvitation, openInvitationsOf } from '../../src/workspace/invitations.js';
import { LinkCodeModel } from '../../src/workspace/link-model.js';
import { finishLink, removeLink, startLink } from '../../src/workspace/links.js';
import { membershipsOf } from '../../src/workspace/memberships.js';
import { directIdentity, getPerson, identitiesOf, personOfIdentity } from '../../src/workspace/people.js';
import { approveRequest, openRequest, requestsBy } from '../../src/workspace/requests.js';
import { seatsUsed } from '../../src/workspace/seats.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { useDatabase } from '../support/database.js';
import { AT, type Company, minutesLater, openCompany, race, refusalOf, times } from './company.js';

useDatabase();

/** Adam, known on Slack and on Teams as two people. */
async function adamTwice() {
  const company = await openCompany();
  const marketing = await company.workspace('Marketing');
  const slack = await company.person('Adam');
  const teams = await company.person('Adam', { email: 'a.smith@acme.com' }, 'teams');
  const account = company.account.id;
  const slackSide = { account, identity: company.identity('Adam'), person: slack.id, at: AT };
  const teamsSide = { account, identity: company.identity('Adam', 'teams'), person: teams.id, at: minutesLater(1) };
  return { company, account, marketing, slack, teams, slackSide, teamsSide };
}

type Sides = Awaited<ReturnType<typeof adamTwice>>;

async function link({ slackSide, teamsSide }: Pick<Sides, 'slackSide' | 'teamsSide'>): Promise<Person> {
  const { code } = await startLink(slackSide);
  return finishLink({ ...teamsSide, code });
}

test('whoever was merged into another is still reached, by what was written to them before', async () => {
  const sides = await adamTwice();
  const { account, teams } = sides;
  const before = await directIdentity(account, teams.id);
  expect(before).toMatchObject({ platform: 'teams' });
  await link(sides);
  expect(await directIdentity(account, teams.id)).toBeDefined();
});

const rolesOf = async (company: Company, person: Person): Promise<Record<string, Role>> =>
  Object.fromEntries(
    (await membershipsOf(company.account.id, person.id)).map(({ workspace, membership }) => [
      workspace.name,
      membership.role,
    ]),
  );

describe('the code', () => {
  test('is short, readable and not stored', async () => {
    const { account, slackSide } = await adamTwice();
    const { code } = await startLink(slackSide);
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(JSON.stringify(await LinkCodeModel.find({ account }).lean())).not.toContain(code);
  });

  test('is taken as people type it', async () => {
    const { slack, slackSide, teamsSide } = await adamTwice();
    const { code } = await startLink(slackSide);
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `;
    expect((await finishLink({ ...teamsSide, code: typed })).id).toBe(slack.id);
  });

  test('works once: of twenty at once by others, one', async () => {
    const { company, account, slackSide } = await adamTwice();
    const { code } = await startLink(slackSide);
    const others = await Promise.all(Array.from({ length: 20 }, (_, i) => company.person(`X${i}`, {}, 'teams')));
    const tries = others.map((person, i) =>
      finishLink({ account, identity: company.identity(`X${i}`, 'teams'), person: person.id, code, at: AT }),
    );
    const { won, refused } = await race(tries);
    expect(won).toBe(1);
    expect(refused).toEqual(times(19, { kind: 'linkCode', why: 'used' }));
  });

  test('is void after ten minutes, after a newer one, and in another account', async () => {
    const { slackSide, teamsSide } = await adamTwice();
    const { code: old } = await startLink(slackSide);
    const { code } = await startLink(slackSide);
    expect(await refusalOf(finishLink({ ...teamsSide, code: old }))).toEqual({ kind: 'linkCode', why: 'unknown' });
    const late = finishLink({ ...teamsSide, code, at: minutesLater(10) });
    expect(await refusalOf(late)).toEqual({ kind: 'linkCode', why: 'expired' });
    const other = await adamTwice();
    expect(await refusalOf(finishLink({ ...other.teamsSide, code }))).toEqual({ kind: 'linkCode', why: 'unknown' });
  });

  test('is for the other platform', async () => {
    const { company, account, slackSide } = await adamTwice();
    const { code } = await startLink(slackSide);
    const mia = await company.person('Mia');
    const same = finishLink({ account, identity: company.identity('Mia'), person: mia.id, code, at: AT });
    expect(await refusalOf(same)).toEqual({ kind: 'linkCode', why: 'samePlatform' });
  });

  test('cannot be guessed at: five tries, then a pause, even with the right one', async () => {
    const { slackSide, teamsSide } = await adamTwice();
    const { code } = await startLink({ ...slackSide, at: minutesLater(9) });
    for (let i = 0; i < 5; i++) {
      expect(await refusalOf(finishLink({ ...teamsSide, code: 'WRONG234' }))).toMatchObject({ why: 'unknown' });
    }
    expect(await refusalOf(finishLink({ ...teamsSide, code }))).toEqual({ kind: 'linkCode', why: 'tooManyTries' });
    await finishLink({ ...teamsSide, code, at: minutesLater(12) });
  });
});

describe('two people become one', () => {
  test('with both identities, and one seat', async () => {
    const { company, account, marketing, slack, teams, slackSide, teamsSide } = await adamTwice();
    const support = await company.workspace('Support');
    await company.join(marketing, slack);
    await company.join(support, teams);
    expect((await seatsUsed(account)).standard).toBe(3);
    const adam = await link({ slackSide, teamsSide });
    expect((await seatsUsed(account)).standard).toBe(2);
    expect(adam.id).toBe(slack.id);
    expect(await identitiesOf(account, adam.id)).toHaveLength(2);
    expect((await personOfIdentity(account, identityKey(teamsSide.identity)))?.id).toBe(adam.id);
    const seats = await membershipsOf(account, adam.id);
    expect(seats.filter(({ membership }) => membership.active).map(({ workspace }) => workspace.name)).toEqual([
      'Marketing',
    ]);
    expect(await membershipsOf(account, teams.id)).toEqual([]);
    expect((await getPerson(account, teams.id))?.name).toBe('Adam');
  });

  test.each<[Role, Role, Role]>([
    ['admin', 'member', 'member'],
    ['member', 'owner', 'member'],
    ['owner', 'admin', 'admin'],
  ])('%s and %s of one workspace become %s', async (first, second, role) => {
    const { company, marketing, slack, teams, slackSide, teamsSide } = await adamTwice();
    await company.join(marketing, slack, first);
    await company.join(marketing, teams, second);
    const adam = await link({ slackSide, teamsSide });
    expect(await rolesOf(company, adam)).toEqual({ Marketing: role });
  });

  test.each(['slack', 'teams'] as const)('a workspace keeps its one primary owner, who was on %s', async (side) => {
    const sides = await adamTwice();
    const { company, slack, teams } = sides;
    const [primary, member] = side === 'slack' ? [slack, teams] : [teams, slack];
    const ops = await company.workspace('Ops', primary);
    const inviting = { account: company.account, workspace: ops.id, to: { person: member.id }, by: primary.id, at: AT };
    await invite({ ...inviting, role: 'member', licence: 'standard' });
    await joinByInvitation({ account: company.account.id, person: member.id, at: AT });
    expect(await rolesOf(company, await link(sides))).toEqual({ Ops: 'primaryOwner' });
  });

  test('a suspension stays', async () => {
    const sides = await adamTwice();
    const { company, account, marketing, slack, teams } = sides;
    await company.join(marketing, slack);
    await company.join(marketing, teams);
    const by = { account, workspace: marketing.id, by: company.olivia.id, at: AT };
    await suspendMember({ ...by, person: teams.id });
    const adam = await link(sides);
    expect(await membershipsOf(account, adam.id)).toMatchObject([{ membership: { suspended: true } }]);
  });

  test('with their requests, which stay their own, and their invitations', async () => {
    const sides = await adamTwice();
    const { company, account, marketing, slack, teams, teamsSide } = sides;
    const ask = {
      account,
      workspace: marketing.id,
      action: 'addBalance',
      call: { command: 'topup', args: {} },
      byIdentity: identityKey(teamsSide.identity),
      at: AT,
    };
    await openRequest({ ...ask, by: slack.id });
    const theirs = await openRequest({ ...ask, by: teams.id });
    const other = await openRequest({ ...ask, by: teams.id, action: 'invite' });
    const to = { account: company.account, workspace: marketing.id, by: company.olivia.id, at: AT };
    await invite({ ...to, to: { person: teams.id }, role: 'member', licence: 'standard' });
    const adam = await link(sides);
    const states = new Map((await requestsBy(account, adam.id)).map(({ id, state }) => [id, state]));
    expect(states.get(theirs.id)).toBe('withdrawn');
    expect(states.get(other.id)).toBe('pending');
    const mayDecide = async (): Promise<void> => undefined;
    const own = approveRequest({ account, id: other.id, by: adam.id, at: AT, mayDecide });
    expect(await refusalOf(own)).toEqual({ kind: 'ownRequest' });
    expect(await openInvitationsOf(account, adam.id, AT)).toHaveLength(1);
  });

  test('and stay account owner if one of them was', async () => {
    const company = await openCompany();
    const account = company.account.id;
    const second = await company.person('Olga', {}, 'teams');
    const startSide = { account, identity: company.identity('Olga', 'teams'), person: second.id, at: AT };
    const { code } = await startLink(startSide);
    const olivia = { account, identity: company.identity('Olivia'), person: company.olivia.id, at: AT };
    const merged = await finishLink({ ...olivia, code });
    expect((await getAccount(account))?.owner).toBe(merged.id);
  });
});

describe('detaching', () => {
  test('makes a new person without memberships', async () => {
    const sides = await adamTwice();
    const { company, account, marketing, slack, teamsSide } = sides;
    await company.join(marketing, slack);
    const adam = await link(sides);
    const detached = await removeLink({ ...teamsSide, person: adam.id });
    expect(detached.id).not.toBe(adam.id);
    expect(await membershipsOf(account, detached.id)).toEqual([]);
    expect((await personOfIdentity(account, identityKey(teamsSide.identity)))?.id).toBe(detached.id);
    expect(await rolesOf(company, adam)).toEqual({ Marketing: 'member' });
  });

  test('leaves the last identity, and other people’s', async () => {
    const { slackSide, teamsSide } = await adamTwice();
    expect(await refusalOf(removeLink(slackSide))).toMatchObject({ kind: 'linkCode', why: 'notLinked' });
    const foreign = { ...slackSide, identity: teamsSide.identity };
    expect(await refusalOf(removeLink(foreign))).toMatchObject({ kind: 'linkCode', why: 'notLinked' });
  });
});

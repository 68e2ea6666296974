import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { enableAccount } from '../../src/workspace/accounts.js';
import { membershipsOf } from '../../src/workspace/memberships.js';
import { personOfIdentity } from '../../src/workspace/people.js';
import { stock } from '../resources/stock.js';
import { MIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const onSlack = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' } as const;
const onTeams = { platform: 'teams', tenant: 'contoso', kind: 'direct', channel: 'a:1' } as const;
const MALLORY = { platform: 'teams', tenant: 'contoso', user: 'aad-mallory' } as const;

beforeEach(async () => {
  const { account, chat } = office().acme;
  const { id, name, currency, plan, timeZone } = account;
  const teams = { name, currency, plan, timeZone, tenant: 'teams:contoso', ownerUser: 'aad-olivia' };
  await enableAccount({ ...teams, account: id, at: office().at });
  const profile = { name: 'Mallory', email: 'mallory@acme.com', emailVerified: true, standing: 'full' as const };
  chat.add(MALLORY, profile);
});

async function malloryHasACode(): Promise<string> {
  office().place = onTeams;
  const [, code] = /link (\S{8})/.exec(said(await office().type(MALLORY, 'link'))) ?? [];
  office().place = onSlack;
  return code!;
}

const workspacesOfMallory = async () => {
  const { account } = office().acme;
  const person = await personOfIdentity(account.id, 'teams:contoso:aad-mallory');
  return (await membershipsOf(account.id, person!.id)).map(({ workspace }) => workspace.name);
};

test("whoever types somebody else's code sees whose it is, and nothing is linked yet", async () => {
  const answer = await office().type(MIA, `link ${await malloryHasACode()}`);
  expect(firstLine(answer)).toBe('Is this you too?');
  expect(said(answer)).toContain('Mallory (mallory@acme.com) asked for this code in Teams.');
  expect(await workspacesOfMallory()).toEqual([]);
});

test('having said that it is them, they are one person', async () => {
  const answer = await office().type(MIA, `link ${await malloryHasACode()}`);
  const linked = await office().press(MIA, callOf(answer, 'That is me, link'));
  expect(firstLine(linked)).toMatch(/^Linked\. You are one person/);
  expect(await workspacesOfMallory()).toEqual(['Marketing']);
});

test('what they answer for goes along, and is handed over when they go', async () => {
  const { template, list } = await stock(office().acme.marketing, office().acme.olivia);
  const form = await office().type(MIA, 'campaign new Spring');
  await office().submit(MIA, form, { name: 'Spring', template: template.id, list: list.id });
  await office().press(MIA, callOf(await office().type(MIA, `link ${await malloryHasACode()}`), 'That is me, link'));
  expect(said(await office().type(MIA, 'campaign Spring'))).toContain('Answers for it: Mallory');
  expect(JSON.stringify(await office().type(MIA, 'leave'))).toContain('Spring');
});

test('taking chats apart says what is lost and how to link again, before it is done', async () => {
  expect(said(await office().type(MIA, 'link remove'))).toContain('This chat is linked to no other one.');
  await office().press(MIA, callOf(await office().type(MIA, `link ${await malloryHasACode()}`), 'That is me, link'));
  const confirm = await office().press(MIA, callOf(await office().type(MIA, 'me'), 'Take chats apart'));
  expect(firstLine(confirm)).toBe('Take Slack apart from Teams?');
  expect(said(confirm)).toContain('You would be in no workspace here: yours stays in Teams.');
  expect(firstLine(await office().type(MIA, 'balance'))).toContain('Marketing');
  expect(said(await office().press(MIA, callOf(confirm, 'Keep them linked')))).toContain('Linked chats: Slack, Teams');

  const apart = callOf(confirm, 'Take them apart');
  const done = await office().press(MIA, apart);
  expect(firstLine(done)).toBe('Slack is no longer linked to Teams. Your workspaces stay in Teams.');
  expect(firstLine(await office().type(MIA, 'balance'))).toMatch(/^You are in no workspace yet/);
  expect(await workspacesOfMallory()).toEqual(['Marketing']);
  expect(firstLine(await office().press(MIA, apart))).toMatch(/^This chat is linked to no other one/);

  const code = /link (\S{8})/.exec(said(await office().press(MIA, callOf(done, 'Get a code'))))?.[1];
  office().place = onTeams;
  await office().press(MALLORY, callOf(await office().type(MALLORY, `link ${code}`), 'That is me, link'));
  office().place = onSlack;
  expect(firstLine(await office().type(MIA, 'balance'))).toContain('Marketing');
});

test('the code is not kept anywhere it could be read', async () => {
  const code = await malloryHasACode();
  await office().type(MIA, `link ${code}`);
  for (const collection of await mongoose.connection.db!.collections()) {
    expect(JSON.stringify(await collection.find().toArray())).not.toContain(code);
  }
});

test('a code that is wrong is refused before anything is asked', async () => {
  expect(firstLine(await office().type(MIA, 'link ABCDEFGH'))).not.toBe('Is this you too?');
});

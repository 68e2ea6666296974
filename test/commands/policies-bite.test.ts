import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLog } from '../../src/log.js';
import { keyAgeSweep } from '../../src/jobs/key-age-sweep.js';
import { retireKey } from '../../src/usage/key-age.js';
import { keysOf } from '../../src/usage/keys.js';
import { enableAccount, getAccount } from '../../src/workspace/accounts.js';
import type { Account, Policies } from '../../src/workspace/entities.js';
import { type Identity, identityKey, type Profile } from '../../src/workspace/identity.js';
import { joinByInvitation } from '../../src/workspace/invitations.js';
import { membership } from '../../src/workspace/memberships.js';
import { personOfIdentity } from '../../src/workspace/people.js';
import { setPolicy, withPolicy } from '../../src/workspace/policies.js';
import { POLICY_KEYS } from '../../src/workspace/policy-rows.js';
import { noteStanding } from '../../src/workspace/standing.js';
import { ADAM, MAX, MIA, OLIVIA, slackUser, TEAM } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

/** What each policy refuses, or does, in the commands that it binds; its forms are in policy.test.ts. */
const office = useOffice();

/** As the company is in the database now. */
async function account(): Promise<Account> {
  return (await getAccount(office().acme.account.id))!;
}

async function set(policies: Policies): Promise<void> {
  const { marketing, olivia } = office().acme;
  for (const key of POLICY_KEYS) {
    if (policies[key] === undefined) continue;
    const change = { account: await account(), workspace: marketing.id, by: olivia.id, at: office().at };
    await setPolicy({ ...change, key, value: policies[key] });
  }
}

function known(name: string, email: string | undefined, emailVerified = true): Identity {
  const who = slackUser(`U0${name.toUpperCase()}`);
  const profile: Profile = { name, emailVerified, standing: 'full', ...(email && { email }) };
  office().acme.chat.add(who, profile);
  return who;
}

describe('allowed e-mail domains', () => {
  const refused = (name: string) =>
    `${name} can't come in: Marketing's policy “Allowed e-mail domains” takes only acme.com. Owners can change that policy.`;
  beforeEach(() => set({ emailDomains: ['acme.com'] }));

  test('refuse an address elsewhere, by name', async () => {
    expect(firstLine(await office().type(OLIVIA, 'invite zoe@else.com'))).toBe(refused('zoe@else.com'));
    expect(firstLine(await office().type(OLIVIA, 'invite zoe@eu.acme.com'))).toBe(refused('zoe@eu.acme.com'));
    expect(firstLine(await office().type(OLIVIA, 'invite zoe@ａcme.com'))).toBe(refused('zoe@ａcme.com'));
    expect(firstLine(await office().type(OLIVIA, 'invite zoe@ACME.com'))).not.toContain("can't come in");
  });

  test('refuse a colleague whose address is elsewhere, is not vouched for, or is not known', async () => {
    for (const who of [known('Zoe', 'zoe@else.com'), known('Zac', 'zac@acme.com', false), known('Zed', undefined)]) {
      const answer = await office().type(OLIVIA, 'invite ', { person: who, name: 'z' });
      expect(firstLine(answer)).toMatch(/^Z\w+ can't come in: Marketing's policy “Allowed e-mail domains”/);
    }
  });

  test('let nobody join who was invited before they were set', async () => {
    await setPolicy({ ...(await change()), key: 'emailDomains', value: undefined });
    const zoe = known('Zoe', 'zoe@else.com');
    await office().type(OLIVIA, 'invite ', { person: zoe, name: 'Zoe' });
    await set({ emailDomains: ['acme.com'] });
    expect(firstLine(await office().type(zoe, 'join'))).toBe(refused('Zoe'));
    const person = await personOfIdentity((await account()).id, 'slack:T02:U0ZOE');
    expect(await membership((await account()).id, office().acme.marketing.id, person!.id)).toBeUndefined();
  });

  test('say whom they touch before they are set', async () => {
    await setPolicy({ ...(await change()), key: 'emailDomains', value: undefined });
    await office().type(OLIVIA, 'invite zoe@else.com');
    const confirm = said(await office().type(OLIVIA, 'policy domains else.org'));
    expect(confirm).toContain('Can no longer accept: zoe@else.com');
    expect(confirm).toContain('Are elsewhere and stay: Adam, Mia and Olivia');
  });
});

const change = async () => ({
  account: await account(),
  workspace: office().acme.marketing.id,
  by: office().acme.olivia.id,
  at: office().at,
});

describe('where people come from', () => {
  const onTeams = { platform: 'teams', tenant: 'contoso', kind: 'direct', channel: 'a:1' } as const;
  const TINA = { platform: 'teams', tenant: 'contoso', user: 'aad-tina' } as const;
  beforeEach(async () => {
    const { id, name, currency, plan, timeZone } = await account();
    const teams = { name, currency, plan, timeZone, tenant: 'teams:contoso', ownerUser: 'aad-olivia' };
    await enableAccount({ ...teams, account: id, at: office().at });
    const profile = { name: 'Tina', email: 'tina@acme.com', emailVerified: true, standing: 'full' } as const;
    office().acme.chat.add(TINA, profile);
    office().acme.chat.add({ ...TINA, user: 'aad-olivia' }, { ...profile, name: 'Olivia', email: 'olivia@acme.com' });
  });

  test('keeps out who comes from elsewhere, by name', async () => {
    await set({ allowedTenants: [`slack:${TEAM}`] });
    expect(firstLine(await office().type(OLIVIA, 'invite ', { person: TINA, name: 'Tina' }))).toBe(
      "Tina can't come in: Marketing's policy “Where people come from” takes only people from Slack. Owners can change that policy.",
    );
  });

  test('refuses every command, button and decision from there, and says what touches whom before', async () => {
    await office().type(OLIVIA, 'invite ', { person: TINA, name: 'Tina' });
    office().place = onTeams;
    await office().type(TINA, 'join');
    expect(said(await office().type(TINA, 'balance'))).toContain('£0.00');
    const confirm = await office().type({ ...TINA, user: 'aad-olivia' }, 'policy chats slack');
    expect(said(confirm)).toContain('Can do nothing here any more: Tina');
    await office().press({ ...TINA, user: 'aad-olivia' }, callOf(confirm, 'Set it'));

    const refused =
      "That doesn't work from here: Marketing's policy “Where people come from” takes only people from Slack. Owners can change that policy.";
    for (const typed of ['balance', 'history', 'invite zoe@acme.com', 'policy', 'audit']) {
      expect(firstLine(await office().type(TINA, typed))).toBe(refused);
      expect(firstLine(await office().type({ ...TINA, user: 'aad-olivia' }, typed))).toBe(refused);
    }
    office().place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' };
    await office().type(MIA, 'invite nina@acme.com');
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    office().place = onTeams;
    const decided = await office().press({ ...TINA, user: 'aad-olivia' }, callOf(request!.card, 'Approve'));
    expect(firstLine(decided)).toBe(refused);
    office().place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' };
    expect(said(await office().type(OLIVIA, 'balance'))).toContain('£0.00');
  });

  test('never locks out who sets it, nor the primary owner', async () => {
    const second = await nora(office());
    const confirm = await office().type(second.who, 'policy chats teams');
    expect(firstLine(await office().press(second.who, callOf(confirm, 'Set it')))).toBe(
      'With this Nora could no longer use Marketing. Choose where they come from too, or have them type “link” first.',
    );
  });
});

describe('who may invite', () => {
  test('owners only: an admin asks, and no admin decides', async () => {
    await set({ whoMayInvite: 'owners' });
    expect(firstLine(await office().type(ADAM, 'invite nina@acme.com'))).toBe(
      'Owners invite, so I asked them for you.',
    );
    const { acme } = office();
    expect(await toldTo({ person: acme.olivia.id })).toContainEqual(expect.stringMatching(/^Adam asks to invite nina/));
    await office().type(MIA, 'invite otto@acme.com');
    const mias = (await outbox()).find(({ card }) => /otto@acme\.com.*"Approve"/.test(JSON.stringify(card)));
    expect(firstLine(await office().press(ADAM, callOf(mias!.card, 'Approve')))).toMatch(/^You can't decide this/);
  });

  test('everybody: a member invites without asking', async () => {
    await set({ whoMayInvite: 'members' });
    const answer = await office().type(MIA, 'invite nina@acme.com');
    expect(said(answer)).toContain('nina@acme.com');
    expect(firstLine(answer)).not.toContain('asked');
    expect((await outbox()).some(({ subject }) => subject?.startsWith('request:'))).toBe(false);
  });

  test('is not asked on the free plan, where policies do not bind', async () => {
    await set({ whoMayInvite: 'members' });
    await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { plan: 'free' } });
    office().at = new Date(office().at.getTime() + 60_000);
    expect(firstLine(await office().type(MIA, 'invite nina@acme.com'))).toBe(
      'Owners and admins invite, so I asked them for you.',
    );
  });
});

test('creating a channel becomes a request where the policy says owners and admins', async () => {
  await set({ whoMayCreateChannels: 'admins' });
  const asked = said(await office().type(MIA, 'channel create design'));
  expect(asked).toMatch(/so I asked .* for you\./);
  expect(asked).toContain("Marketing's policy “Who may create channels” says so.");
});

describe('what moves money', () => {
  beforeEach(async () => {
    const { marketing } = office().acme;
    const topUp = { key: 'topup:1', kind: 'topup', amountMinor: 100_000, contra: 'provider', at: office().at } as const;
    await office().services.ledger.post({ wallet: marketing.id, ...topUp });
  });

  test('is typed twice above the amount of the policy, which the form names', async () => {
    await set({ retypeAboveMinor: 10_000 });
    const preview = await office().type(OLIVIA, 'move 200 from Marketing to Support');
    const form = await office().press(OLIVIA, callOf(preview, 'Move £200.00'));
    expect(form).toMatchObject({ kind: 'form', form: { name: 'retype-amount' } });
    expect(JSON.stringify(form)).toContain('the policy “Amounts typed twice” says so.');
  });

  test('takes two people above the amount of the policy, which the answer names', async () => {
    const { marketing, support } = office().acme;
    await nora(office(), [
      [marketing, 'owner'],
      [support, 'member'],
    ]);
    await set({ twoPeopleAboveMinor: 10_000 });
    const preview = await office().type(OLIVIA, 'move 200 from Marketing to Support');
    expect(said(await office().press(OLIVIA, callOf(preview, 'Move £200.00')))).toContain(
      "Marketing's policy “Amounts that need two people” says so.",
    );
  });

  test('asks nobody who is gone from the chat; alone, one may take the rule about two people off', async () => {
    const { account: company, marketing, support } = office().acme;
    const { who } = await nora(office(), [
      [marketing, 'owner'],
      [support, 'member'],
    ]);
    await set({ twoPeopleAboveMinor: 10_000 });
    await noteStanding({ account: company.id, identity: identityKey(who), gone: true, at: office().at });
    const preview = await office().type(OLIVIA, 'move 200 from Marketing to Support');
    const refused = await office().press(OLIVIA, callOf(preview, 'Move £200.00'));
    expect(firstLine(refused)).toContain('nobody else could be the second.');
    expect(await outbox()).toEqual([]);
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'policy two off'), 'Take it off'));
    expect(firstLine(await office().press(OLIVIA, callOf(preview, 'Move £200.00')))).toContain('£200.00');
  });

  test('is charged by owners up to the cap of the policy, which the offer names', async () => {
    office().savedCard = { id: 'pm_1', brand: 'visa', last4: '4242', expires: { month: 12, year: 2034 } };
    const second = await nora(office());
    await set({ ownersCapMinor: 10_000 });
    expect(said(await office().type(second.who, 'topup 200 by card'))).toContain(
      "Marketing's policy “Owners' cap on the saved card” says so.",
    );
  });
});

test('newcomers come as the role and with the licence that the policies say', async () => {
  await set({ defaultRole: 'admin', defaultLicence: 'pro' });
  const { acme, at } = office();
  await office().type(OLIVIA, 'invite ', { person: MAX, name: 'Max' });
  await joinByInvitation({ account: acme.account.id, person: acme.max.id, at });
  const max = await membership(acme.account.id, acme.marketing.id, acme.max.id);
  expect(max).toMatchObject({ role: 'admin', licence: 'pro' });
});

describe('the longest life of API keys', () => {
  const faults: string[] = [];
  const sweep = keyAgeSweep({
    dispatcher: { nudge: () => undefined },
    log: createLog({ level: 'warn', write: (line) => void faults.push(line) }),
  });
  const days = (number: number) => new Date(office().at.getTime() + number * 24 * 3_600_000);
  const run = async (at: Date) => {
    await sweep.run({ at, timeIsUp: () => false });
    expect(faults).toEqual([]);
  };
  const keys = async () => keysOf(office().acme.account.id, office().acme.marketing.id);
  const told = async () => (await toldTo({ person: office().acme.olivia.id })).map((words) => words.split('\n')[0]);

  test('refuses a key that is to live longer, by name', async () => {
    await set({ keyMaxAgeDays: 90 });
    expect(firstLine(await office().type(OLIVIA, 'dev create Engine for 365 days'))).toBe(
      "No key works for longer than 90 days: Marketing's policy “Longest life of API keys” says so. Owners can change that policy.",
    );
    expect(await keys()).toEqual([]);
  });

  test('warns a week before, once, and ends a key that is too old', async () => {
    await set({ keyMaxAgeDays: 90 });
    await office().type(OLIVIA, 'dev create Engine');
    await run(days(82));
    expect(await told()).toEqual([]);
    await run(days(84));
    await run(days(85));
    expect(await told()).toEqual(['The API key Engine stops on 14 Feb 2027']);
    await run(days(90));
    await run(days(91));
    expect(await told()).toEqual(['The API key Engine stops on 14 Feb 2027', 'The API key Engine has stopped']);
    expect(await keys()).toMatchObject([{ name: 'Engine', revokedAt: days(90) }]);
  });

  test('counts from the last new secret', async () => {
    await set({ keyMaxAgeDays: 90 });
    await office().type(OLIVIA, 'dev create Engine');
    const [asItWas] = await keys();
    const tooOld = days(95);
    office().at = days(80);
    const rotate = await office().type(OLIVIA, 'dev rotate Engine');
    await office().press(OLIVIA, callOf(rotate, 'New secret'));
    await run(days(20));
    expect(await retireKey(asItWas!, 90, tooOld)).toBeUndefined();
    expect(await keys()).toMatchObject([{ name: 'Engine', rotations: 1 }]);
    expect((await keys())[0]).not.toHaveProperty('revokedAt');
  });

  test('leaves keys alone where policies do not bind', async () => {
    await set({ keyMaxAgeDays: 90 });
    await office().type(OLIVIA, 'dev create Engine');
    await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { plan: 'free' } });
    await run(days(200));
    expect((await keys())[0]).not.toHaveProperty('revokedAt');
  });

  test('says which keys stop at once before it is set', async () => {
    await office().type(OLIVIA, 'dev create Engine');
    office().at = days(40);
    await office().type(OLIVIA, 'dev create Second');
    const confirm = said(await office().type(OLIVIA, 'policy keys 30 days'));
    expect(confirm).toContain('Stop working at once: Engine');
    expect(confirm).toContain('Stop later: Second on 25 Jan 2027');
  });
});

test('a policy that is taken off is as one never set', () => {
  expect(withPolicy({ defaultRole: 'admin', keyMaxAgeDays: 9 }, 'defaultRole', undefined)).toEqual({
    keyMaxAgeDays: 9,
  });
});

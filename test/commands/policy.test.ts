import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import type { Answer } from '../../src/chat/invocation.js';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import { getAccount } from '../../src/workspace/accounts.js';
import { changeRole, membership, removeMember } from '../../src/workspace/memberships.js';
import { policiesOf, setPolicy } from '../../src/workspace/policies.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { colleague, nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const policies = (): Promise<Policies> => policiesOf(office().acme.account.id, office().acme.marketing.id);

async function freePlan(): Promise<void> {
  await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { plan: 'free' } });
}

/** The form for that policy, by the list. */
async function change(policy: PolicyKey, group = 'People'): Promise<Answer> {
  const list = await office().type(OLIVIA, 'policy');
  const which = await office().press(OLIVIA, callOf(list, `Change: ${group}`));
  return office().submit(OLIVIA, which, { policy });
}

describe('the list of policies', () => {
  test('says each in words, and who may change them', async () => {
    const list = said(await office().type(OLIVIA, 'policy'));
    expect(list.split('\n')).toEqual([
      "Marketing's policies",
      'People',
      'Allowed e-mail domains: any',
      "Where people come from: any of the company's chats",
      'Who may invite: owners and admins',
      'Colleagues of other workspaces: are asked first',
      "Newcomers' role: member",
      "Newcomers' licence: standard",
      'Channels, meetings and keys',
      'Who may create channels: owners and admins',
      'New meetings can be read by: host and collaborators',
      'Meetings may be shared with: everybody here',
      'Meetings are kept: until somebody deletes them',
      'Longest life of API keys: no end',
      'Money',
      "Owners' cap on the saved card: none, the primary owner alone charges it",
      'Amounts typed twice: none',
      'Amounts that need two people: none',
      "Members' campaigns that need a yes: none",
      '[Change: People] [Change: Channels, meetings and keys] [Change: Money]',
      'Marketing · £0.00',
    ]);
    const { who } = await nora(office());
    expect(said(await office().type(who, 'policies'))).toMatch(/Owners' cap on the saved card: .* charges it$/m);
    expect(said(await office().type(ADAM, 'policy'))).toContain('Owners change these.');
    expect(said(await office().type(ADAM, 'policy'))).not.toContain('[Change');
    expect(firstLine(await office().type(MIA, 'policy'))).toBe("You can't see the policies. Olivia, Adam or Nora can.");
  });

  test('can be read on the free plan, and says what is needed', async () => {
    await freePlan();
    expect(said(await office().type(OLIVIA, 'policy'))).toContain(
      'They bind on the plans Teams and Enterprise; yours is Free. The primary owner can change it.',
    );
    expect(said(await office().type(OLIVIA, 'policy'))).not.toContain('[Change');
    for (const typed of ['policy cap 200', 'policy cap']) {
      expect(firstLine(await office().type(OLIVIA, typed))).toMatch(
        /^Policies can be set on the plans Teams and Enterprise; yours is Free\./,
      );
    }
    expect(await policies()).toEqual({});
  });
});

describe('a policy is set', () => {
  test.each<[string, Policies]>([
    ['policy cap 200', { ownersCapMinor: 20_000 }],
    ["policy owners' cap £200.50", { ownersCapMinor: 20_050 }],
    ['policy cap 200 in:Marketing', { ownersCapMinor: 20_000 }],
    ['policy cap 200 in Marketing', { ownersCapMinor: 20_000 }],
    ['rules retype above 500 GBP', { retypeAboveMinor: 50_000 }],
    ['policy two people above 1,000', { twoPeopleAboveMinor: 100_000 }],
    ['policy 2 people over 1000', { twoPeopleAboveMinor: 100_000 }],
    ["policy members' campaigns above 300", { campaignApprovalAboveMinor: 30_000 }],
    ['policy domains @acme.com and Acme.co.uk', { emailDomains: ['acme.co.uk', 'acme.com'] }],
    ['policy chats slack only', { allowedTenants: ['slack:T02'] }],
    ['policy who may invite everybody', { whoMayInvite: 'members' }],
    ['policy invite only owners', { whoMayInvite: 'owners' }],
    ['policy join directly', { joinDirectly: true }],
    ['policy role admin', { defaultRole: 'admin' }],
    ['policy licence pro', { defaultLicence: 'pro' }],
    ['policy channels members', { whoMayCreateChannels: 'members' }],
    ['policy meeting visibility workspace', { meetingVisibility: 'workspace' }],
    ['policy sharing private', { meetingSharing: 'private' }],
    ['policy retention 90 days', { meetingRetentionDays: 90 }],
    ['policy keep 30d', { meetingRetentionDays: 30 }],
    ['policy keys 180', { keyMaxAgeDays: 180 }],
  ])('by typing %s, and only once it is confirmed', async (typed, set) => {
    await nora(office());
    const confirm = await office().type(OLIVIA, typed);
    expect(await policies()).toEqual({});
    const done = await office().press(OLIVIA, callOf(confirm, 'Set it'));
    expect(firstLine(done)).toBe('Saved');
    expect(await policies()).toEqual(set);
  });

  test('after it was said what it means and whom it touches', async () => {
    await nora(office());
    expect(said(await office().type(OLIVIA, 'policy cap 200'))).toBe(
      [
        "Change “Owners' cap on the saved card”?",
        'Owners may charge the saved card with up to £200.00 at a time. Above it they ask the primary owner.',
        'From now on: £200.00 at a time',
        'Until now: none, the primary owner alone charges it',
        'It touches: Nora',
        '[Set it] [All policies]',
        'Marketing · £0.00',
      ].join('\n'),
    );
  });

  test.each(['policy retype above 500 off', 'policy retype off', 'policy retype none'])('off by %s', async (typed) => {
    const { account, marketing, olivia } = office().acme;
    const change = { account, workspace: marketing.id, by: olivia.id, at: office().at };
    await setPolicy({ ...change, key: 'retypeAboveMinor', value: 50_000 });
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, typed), 'Take it off'));
    expect(await policies()).toEqual({});
  });

  test('by a form, which keeps what was typed wrong', async () => {
    const form = await change('retypeAboveMinor', 'Money');
    const again = await office().submit(OLIVIA, form, { value: '5oo' });
    expect(again).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'value', initial: '5oo', error: expect.stringContaining('5oo') }] },
    });
    const confirm = await office().submit(OLIVIA, again, { value: '500' });
    await office().press(OLIVIA, callOf(confirm, 'Set it'));
    expect(await policies()).toEqual({ retypeAboveMinor: 50_000 });
  });

  const work = 'Channels, meetings and keys';
  test.each<[PolicyKey, string, string, Policies, string]>([
    ['emailDomains', 'acme', 'acme.com', { emailDomains: ['acme.com'] }, 'People'],
    ['keyMaxAgeDays', 'a year', '365 days', { keyMaxAgeDays: 365 }, work],
    ['meetingRetentionDays', '0', '1', { meetingRetentionDays: 1 }, work],
    ['whoMayInvite', 'friends', 'owners', { whoMayInvite: 'owners' }, 'People'],
    ['joinDirectly', 'perhaps', 'yes', { joinDirectly: true }, 'People'],
    ['allowedTenants', 'irc', 'slack:T02', { allowedTenants: ['slack:T02'] }, 'People'],
  ])('%s by its own form: %s is refused beside its field, %s is taken', async (key, wrong, right, set, group) => {
    const form = await change(key, group);
    const again = await office().submit(OLIVIA, form, { value: wrong });
    expect(again).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'value', error: expect.stringContaining(`I can't take “${wrong}”`) }] },
    });
    const confirm = await office().submit(OLIVIA, again, { value: right });
    await office().press(OLIVIA, callOf(confirm, 'Set it'));
    expect(await policies()).toEqual(set);
  });

  test('by choosing which first, where none is named', async () => {
    const form = await office().type(OLIVIA, 'policy change');
    const next = await office().submit(OLIVIA, form, { policy: 'defaultRole' });
    expect(next).toMatchObject({ kind: 'form', form: { fields: [{ input: 'choice', label: "Newcomers' role" }] } });
  });

  test.each([
    ['policy domains nowhere', 'nowhere'],
    ['policy invite friends', 'friends'],
    ['policy retention soon', 'soon'],
    ['policy retention 4000 days', '4000'],
    ['policy visibility secret', 'secret'],
  ])('to nothing it cannot be: %s', async (typed, refused) => {
    expect(firstLine(await office().type(OLIVIA, typed))).toMatch(
      new RegExp(`^I can't take “${refused}”\\. Please give`),
    );
    expect(await policies()).toEqual({});
  });

  test('under no name that none has, and the names are told', async () => {
    expect(firstLine(await office().type(OLIVIA, 'policy overtime 5'))).toBe(
      "I can't take “overtime”. Please give a policy: domains, chats, invite, join, role, licence, channels, visibility, sharing, retention, keys, cap, retype, two, campaign.",
    );
    expect(firstLine(await office().type(OLIVIA, 'policy in Marketing'))).toBe("Marketing's policies");
  });

  test('to no amount that cannot be read', async () => {
    expect(firstLine(await office().type(OLIVIA, 'policy cap lots'))).toContain("I can't read “lots” as an amount.");
    expect(firstLine(await office().type(OLIVIA, 'policy cap -5'))).toContain('An amount is above zero');
  });

  test('by nobody without the right, whatever the button says', async () => {
    const { who } = await nora(office());
    const { marketing } = office().acme;
    const cap = {
      command: 'policy',
      args: { policy: 'ownersCapMinor', value: '9', sure: true },
      workspace: marketing.id,
    };
    expect(firstLine(await office().press(who, cap))).toBe(
      "You can't set the owners' cap on the saved card. Olivia can.",
    );
    const retype = { ...cap, args: { ...cap.args, policy: 'retypeAboveMinor' } };
    for (const person of [ADAM, MIA]) {
      expect(firstLine(await office().press(person, retype))).toMatch(/^You can't change policies\./);
    }
    expect(await policies()).toEqual({});
  });

  test('for two people only while two could say yes', async () => {
    const confirm = await office().type(OLIVIA, 'policy two people above 1000');
    expect(firstLine(await office().press(OLIVIA, callOf(confirm, 'Set it')))).toBe(
      'Two people can only be needed where two owners could say yes, and Marketing has one. Make somebody an owner beside Olivia first.',
    );
  });
});

describe('the rule about two people', () => {
  async function twoAbove1000() {
    const second = await nora(office());
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'policy two people above 1000'), 'Set it'));
    return second;
  }

  test('is tightened by one, and loosened by two', async () => {
    const { who } = await twoAbove1000();
    await office().press(who, callOf(await office().type(who, 'policy two people above 800'), 'Set it'));
    expect(await policies()).toEqual({ twoPeopleAboveMinor: 80_000 });

    const asked = await office().press(who, callOf(await office().type(who, 'policy two people off'), 'Take it off'));
    expect(firstLine(asked)).toBe('For this two people are needed, so I asked Olivia for you.');
    expect(await policies()).toEqual({ twoPeopleAboveMinor: 80_000 });
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    expect((await toldTo({ person: office().acme.olivia.id }))[0]).toMatch(
      /^Nora asks to set “Amounts that need two people” in Marketing to: none\. One person is enough for any amount\./,
    );
    expect(firstLine(await office().press(who, callOf(request!.card, 'Approve')))).toBe(
      'This is your own request, so somebody else decides it.',
    );
    await office().press(OLIVIA, callOf(request!.card, 'Approve'));
    expect(await policies()).toEqual({});
  });

  test('goes with a smaller plan only if two want it', async () => {
    const { who } = await twoAbove1000();
    const { account, adam, marketing, max, olivia, support } = office().acme;
    const by = { account: account.id, by: olivia.id, at: office().at };
    await removeMember({ ...by, workspace: marketing.id, person: adam.id });
    await removeMember({ ...by, workspace: support.id, person: max.id });
    const refused = await office().type(OLIVIA, 'plan free in:Support');
    expect(firstLine(refused)).toBe(
      'The plan Free has no policies, and in Marketing large amounts take two people. Take that rule off there first: that takes two, too. Nothing was changed.',
    );
    const sure = { command: 'plan', args: { tier: 'free', from: 'teams', sure: true }, workspace: support.id };
    expect(firstLine(await office().press(OLIVIA, sure))).toBe(firstLine(refused));
    expect(said(await office().press(OLIVIA, callOf(refused, 'Policies of Marketing')))).toContain('£1,000.00');
    const off = await office().type(OLIVIA, 'policy two people off in:Marketing');
    await office().press(OLIVIA, callOf(off, 'Take it off'));
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    await office().press(who, callOf(request!.card, 'Approve'));
    const confirm = await office().type(OLIVIA, 'plan free');
    expect(said(confirm)).toContain('It is billed by contract, not from a balance or a card');
    await office().press(OLIVIA, callOf(confirm, 'Change to Free'));
    expect(await getAccount(account.id)).toMatchObject({ plan: 'free' });
  });

  test('is not undone by making the other owner something else, unless they agree', async () => {
    const { who, id } = await twoAbove1000();
    const { account, marketing } = office().acme;
    const demote = await office().type(OLIVIA, 'demote ', { person: who, name: 'nora' });
    expect(said(demote)).toContain('Nora is an owner of Marketing. Make them a member?');
    expect(firstLine(await office().press(OLIVIA, callOf(demote, 'Make member')))).toBe(
      'For this two people are needed, so I asked Nora for you.',
    );
    expect(await membership(account.id, marketing.id, id)).toMatchObject({ role: 'owner' });
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    expect(plainText(request!.card)).toMatch(
      /^Olivia asks to make Nora a member of Marketing\. Without Nora nobody is left/,
    );
    await office().press(who, callOf(request!.card, 'Approve'));
    expect(await membership(account.id, marketing.id, id)).toMatchObject({ role: 'member' });
  });

  test('is said to end with whoever is suspended or removed, which one may do alone, in haste', async () => {
    const { who } = await twoAbove1000();
    for (const command of ['suspend ', 'remove ']) {
      const form = await office().type(OLIVIA, command, { person: who, name: 'nora' });
      expect(JSON.stringify(form)).toContain('Without Nora nobody is left to be the second person for large amounts.');
    }
    await mongoose.connection.db!.collection('accounts').updateOne({}, { $set: { 'seats.standard': 9 } });
    const third = await colleague(office(), 'Omar', [[office().acme.marketing, 'owner']]);
    const form = await office().type(OLIVIA, 'suspend ', { person: third.who, name: 'omar' });
    expect(JSON.stringify(form)).not.toContain('nobody is left');
  });

  test('is taken off by one where no second is left, so that nobody is locked out', async () => {
    const second = await twoAbove1000();
    const { account, marketing, olivia } = office().acme;
    const where = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    await changeRole({ ...where, person: second.id, role: 'member' });
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'policy two off'), 'Take it off'));
    expect(await policies()).toEqual({});
  });
});

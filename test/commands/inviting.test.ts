import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import { membership } from '../../src/workspace/memberships.js';
import { identityKey } from '../../src/workspace/identity.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { openRequest, requestsBy } from '../../src/workspace/requests.js';
import { ADAM, MAX, MIA, NOW, OLIVIA, slackUser } from '../support/acme.js';
import { colleague } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const max = { person: MAX, name: 'max' };

const lines = (answer: Answer) => said(answer).split('\n');
const invitations = async () => (await outbox()).filter(({ id }) => id.startsWith('invitation:'));
const roleOf = async (person: { id: string }) => {
  const { account, marketing } = office().acme;
  return (await membership(account.id, marketing.id, person.id))?.role;
};

/** Before anybody has typed: the account is remembered for some seconds. */
async function seats(standard: number, also: object = {}): Promise<void> {
  const accounts = mongoose.connection.collection<{ _id: string }>('accounts');
  await accounts.updateOne({ _id: office().acme.account.id }, { $set: { 'seats.standard': standard, ...also } });
}

async function rule<K extends PolicyKey>(key: K, value: Policies[K]): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  await setPolicy({ account, workspace: marketing.id, key, value, by: olivia.id, at: office().at });
}

/** Ann and Bob, who are in Acme's Slack and in no workspace, and are called @design together with Mia. */
function design() {
  const { chat } = office().acme;
  const ann = slackUser('U0ANN');
  const bob = slackUser('U0BOB');
  chat.add(ann, { name: 'Ann', email: 'ann@acme.com', emailVerified: true, standing: 'full' });
  chat.add(bob, { name: 'Bob', email: 'bob@acme.com', emailVerified: true, standing: 'full' });
  chat.groups.set('design', { id: 'S1', people: [ann, bob, MIA] });
  return { ann, bob, mention: { group: { platform: 'slack', tenant: 'T02', group: 'S1' }, name: 'design' } as const };
}

describe('several at once', () => {
  test('however they are named, each once and a line each', async () => {
    await seats(10);
    const typed = ' Nina Smith <nina@partner.com>; otto@partner.com, max@acme.com nina@partner.com to Marketing';
    const answer = await office().type(OLIVIA, 'invite ', max, typed);
    expect(lines(answer)).toEqual([
      'Max is invited to Marketing as member, in chat.',
      'nina@partner.com is invited to Marketing as member, by e-mail.',
      'otto@partner.com is invited to Marketing as member, by e-mail.',
      '6 seats free.',
      'Marketing',
    ]);
  });

  test('a pasted list, with what cannot be read of it', async () => {
    await seats(10);
    const form = await office().type(OLIVIA, 'invite');
    const addresses =
      'Name\tAddress\nNina Smith\tnina@partner.com\nOtto <otto@partner.com>\nbob@partner\n\nmia@acme.com';
    const answer = await office().submit(OLIVIA, form, { addresses, role: 'admin' });
    expect(lines(answer).slice(0, 6)).toEqual([
      '2 invited, 3 not',
      expect.stringContaining('“Name Address”'),
      'nina@partner.com is invited to Marketing as admin, by e-mail.',
      'otto@partner.com is invited to Marketing as admin, by e-mail.',
      expect.stringContaining('“bob@partner”'),
      'Mia is already in Marketing.',
    ]);
  });

  test('colleagues that are picked and addresses beside them, with a role and a licence', async () => {
    await seats(10, { 'seats.pro': 5 });
    const { ann } = design();
    const form = await office().type(OLIVIA, 'invite as admin licence pro');
    expect(JSON.stringify(form)).toContain('pro (5 seats free)');
    const colleagues = [MAX, ann].map(identityKey).join(',');
    const typed = { addresses: 'otto@partner.com', role: 'admin', licence: 'pro' };
    const answer = await office().submit(OLIVIA, form, { colleagues, ...typed });
    expect(lines(answer)).toEqual([
      'Max is invited to Marketing as admin, in chat.',
      'Ann is invited to Marketing as admin, in chat.',
      'otto@partner.com is invited to Marketing as admin, by e-mail.',
      '5 seats free.',
      'Marketing',
    ]);
    const stored = await mongoose.connection.collection('invitations').find({ state: 'open' }).toArray();
    expect(stored.map(({ role, licence }) => [role, licence])).toEqual(
      Array.from({ length: 3 }, () => ['admin', 'pro']),
    );
  });

  test.each([
    ['nobody at all', { role: 'admin' }, 'colleagues', /^Please pick a colleague here, or give an address below\.$/],
    ['a colleague who is in it', { colleagues: identityKey(MIA), role: 'admin' }, 'colleagues', /^Mia is already in/],
    ['a name that nobody has', { colleagues: 'Zed', role: 'admin' }, 'colleagues', /^I can't find “Zed”\./],
    ['an address of one who is in it', { addresses: 'mia@acme.com', role: 'admin' }, 'addresses', /^Mia is already in/],
    ['a licence without a seat', { colleagues: identityKey(MAX), licence: 'pro' }, 'licence', /^No pro seat is free/],
  ])('the form says beside the field what is wrong, and keeps the rest: %s', async (_what, sent, field, error) => {
    await seats(10, { 'seats.pro': 1, 'seatsUsed.pro': 1 });
    const again = await office().submit(OLIVIA, await office().type(OLIVIA, 'invite'), sent);
    if (again.kind !== 'form') throw new Error(said(again));
    const fields = new Map(again.form.fields.map((one) => [one.name, one]));
    expect(fields.get(field)?.error).toMatch(error);
    for (const [name, initial] of Object.entries(sent)) expect(fields.get(name)).toMatchObject({ initial });
    expect(await invitations()).toEqual([]);
  });

  test('of a long list each, none of them cut: also typed, and pasted as one line', async () => {
    const { account, mia } = office().acme;
    const domain = `${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.example.com`;
    const list = Array.from({ length: 24 }, (_, i) => `somebody${i + 10}@${domain}`).join(' ');
    const form = await office().type(MIA, 'invite');
    await office().submit(MIA, form, { addresses: list, role: 'member' });
    await office().type(MIA, `invite ${list}`);
    for (const { call } of await requestsBy(account.id, mia.id))
      expect(JSON.stringify(call)).toContain(`somebody33@${domain}"`);
    expect(await requestsBy(account.id, mia.id)).not.toEqual([]);
    expect(firstLine(await office().type(MIA, `invite ${'a@b.com '.repeat(4_000)}`))).toBe(
      'Please give less at once: at most 30,000 characters.',
    );
  });

  test('are written to as they were typed, never to a look-alike of theirs', async () => {
    await office().type(OLIVIA, 'invite info@Großhandel.de');
    expect((await outbox()).map(({ to }) => to)).toEqual([{ email: 'info@großhandel.de' }]);
  });

  test('more than a hundred are too many, and stay in the form', async () => {
    const form = await office().type(OLIVIA, 'invite');
    const addresses = Array.from({ length: 101 }, (_, i) => `p${i}@partner.com`).join('\n');
    const again = await office().submit(OLIVIA, form, { addresses, role: 'member' });
    expect(again).toMatchObject({
      kind: 'form',
      form: { fields: expect.arrayContaining([expect.objectContaining({ name: 'addresses', initial: addresses })]) },
    });
    expect(JSON.stringify(again)).toContain('at most 100 people at once');
    expect(await invitations()).toEqual([]);
  });
});

describe('a user group', () => {
  test('shows who is in it; who comes to it later is not invited', async () => {
    await seats(10);
    const { mention } = design();
    const form = await office().type(OLIVIA, 'invite ', mention, ' as admin');
    expect(form).toMatchObject({ kind: 'form', form: { name: 'invite-group', submit: 'Invite 3' } });
    expect(JSON.stringify(form)).toContain('3 people are in @design: Ann, Bob and Mia.');
    expect(await invitations()).toEqual([]);
    office().acme.chat.groups.set('design', { id: 'S1', people: [MAX] });
    const answer = await office().submit(OLIVIA, form, { role: 'admin' });
    expect(lines(answer).slice(0, 4)).toEqual([
      '2 invited, 1 not',
      'Ann is invited to Marketing as admin, in chat.',
      'Bob is invited to Marketing as admin, in chat.',
      'Mia is already in Marketing.',
    ]);
  });

  test('asked for by a member, the request holds those who were in it', async () => {
    design();
    const form = await office().type(MIA, 'invite @design');
    expect(form).toMatchObject({ form: { fields: [] } });
    expect(firstLine(await office().submit(MIA, form, {}))).toMatch(/^Owners and admins invite/);
    office().acme.chat.groups.set('design', { id: 'S1', people: [MAX] });
    const [card] = await toldTo({ person: office().acme.adam.id });
    expect(card).toMatch(/^Mia asks to invite Ann, Bob and Mia\. 1 seat free\.\nThere are seats for 1 of the 3\./);
  });

  test.each([
    ['@nobody', /^I can't find “@nobody”: no person and no group .+ paste their people's addresses there\.$/],
    ['@empty', /^Nobody is in @empty\.$/],
    ['@crowd', /^More than 50 people are in @crowd/],
  ])('%s is told why not', async (handle, why) => {
    const { groups } = office().acme.chat;
    groups.set('empty', { id: 'S2', people: [] });
    groups.set('crowd', { id: 'S3', people: Array.from({ length: 51 }, (_, i) => slackUser(`U1${i}`)) });
    expect(firstLine(await office().type(OLIVIA, `invite ${handle}`))).toMatch(why);
  });

  test('beside more people than its form can carry is refused, and nobody is invited', async () => {
    design();
    const others = Array.from({ length: 60 }, (_, i) => `somebody.with.a.long.name.${i}@partner.com`);
    expect(firstLine(await office().type(OLIVIA, `invite @design ${others.join(' ')}`))).toBe(
      'Please give fewer people beside @design, or the group by itself.',
    );
    expect(await invitations()).toEqual([]);
  });

  test("another company's group is not looked into", async () => {
    design();
    const call = { command: 'invite', args: { groups: ['group:slack:T66:S1'] }, workspace: office().acme.marketing.id };
    expect(firstLine(await office().press(OLIVIA, call))).toMatch(/^I can't look into that group\./);
  });
});

describe('who joins without being asked', () => {
  test('somebody from another workspace, where the policy has it so; they are told, and may leave', async () => {
    await rule('joinDirectly', true);
    const answer = await office().type(ADAM, 'invite ', max);
    expect(lines(answer)[0]).toBe('Max is in Marketing now, as member, and is told.');
    expect(await roleOf(office().acme.max)).toBe('member');
    const [told] = (await outbox()).filter(({ id }) => id.startsWith('added:'));
    expect(firstLine({ kind: 'private', card: told!.card })).toBe('Adam added you to Marketing as member.');
    expect(firstLine(await office().type(MAX, 'balance'))).toBe('Support has £0.00.');
    const leaving = await office().press(MAX, callOf(told!.card, 'Leave'));
    expect(said(leaving)).toContain('Leave Marketing?');
  });

  test('nobody without the policy, nobody new, and nobody whom it would move', async () => {
    await seats(10);
    expect(lines(await office().type(OLIVIA, 'invite ', max))[0]).toBe(
      'Max is invited to Marketing as member, in chat.',
    );
    await rule('joinDirectly', true);
    const { ann } = design();
    expect(lines(await office().type(OLIVIA, 'invite ', { person: ann }))[0]).toMatch(/^Ann is invited/);
  });

  test('in an account where one is in one workspace, whoever accepts is moved, and reads so', async () => {
    await seats(10, { strictSingle: true });
    await rule('joinDirectly', true);
    expect(lines(await office().type(OLIVIA, 'invite ', max))[0]).toMatch(/^Max is invited/);
    const [notice] = await invitations();
    const asked = await office().press(MAX, callOf(notice!.card, 'Join'));
    const welcome = await office().press(MAX, callOf(asked, 'Move to Marketing'));
    expect(said(welcome)).toContain('You left Support: in your company everybody is in one workspace at a time.');
    expect(firstLine(await office().type(MAX, 'balance'))).toBe('Marketing has £0.00.');
  });
});

describe('what the invited get', () => {
  test('is what the policy says where nothing is typed; a request gets no more than a member', async () => {
    await seats(10);
    await rule('defaultRole', 'admin');
    await rule('defaultLicence', 'pro');
    expect(lines(await office().type(ADAM, 'invite ', max))[0]).toBe('Max is invited to Marketing as admin, in chat.');
    expect(lines(await office().type(ADAM, 'invite ann@partner.com as member licence standard'))[0]).toMatch(
      /as member/,
    );
    await office().type(MIA, 'invite otto@partner.com');
    const [asked] = (await toldTo({ person: office().acme.adam.id })).filter((words) => words.startsWith('Mia asks'));
    expect(asked).toMatch(/^Mia asks to invite otto@partner\.com\. 2 seats free\.\nWith a pro licence\./);
    await office().type(ADAM, 'approve');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toContain(
      'otto@partner.com is invited to Marketing as member',
    );
  });

  test('is offered up to the role of who invites: an admin makes no owner, by form or by words', async () => {
    const rolesOf = (form: Answer) =>
      form.kind === 'form'
        ? form.form.fields.flatMap((field) =>
            field.input === 'choice' && field.name === 'role' ? field.options.map(({ value }) => value) : [],
          )
        : [];
    expect(rolesOf(await office().type(OLIVIA, 'invite'))).toEqual(['member', 'admin', 'owner']);
    expect(rolesOf(await office().type(ADAM, 'invite'))).toEqual(['member', 'admin']);
    expect(rolesOf(await office().type(MIA, 'invite'))).toEqual([]);
    expect(firstLine(await office().type(ADAM, 'invite ', max, ' as owner'))).toBe(
      "You can't make or remove owners. Olivia can.",
    );
    expect(firstLine(await office().type(MIA, 'invite ', max, ' as owner'))).toMatch(
      /^You can't make or remove owners/,
    );
  });
});

test('whoever decides reads what is short, who would be kept out, and what binds the newcomer', async () => {
  await seats(4);
  await rule('emailDomains', ['acme.com']);
  await rule('campaignApprovalAboveMinor', 10_000);
  await rule('keyMaxAgeDays', 30);
  await office().type(MIA, 'invite zoe@partner.com');
  const [card] = await toldTo({ person: office().acme.adam.id });
  expect(card!.split('\n').slice(0, 4)).toEqual([
    'Mia asks to invite zoe@partner.com. 0 seats free.',
    'No standard seat is free now. More come with the Enterprise plan, £490.00 a month.',
    expect.stringMatching(/^zoe@partner\.com .*acme\.com/),
    "What binds them here: Members' campaigns that need a yes above £100.00.",
  ]);
});

describe('open invitations', () => {
  test('are listed in pages, and sent again or taken back by what is typed', async () => {
    await seats(50);
    const many = Array.from({ length: 12 }, (_, i) => `p${i}@partner.com`).join(' ');
    await office().type(OLIVIA, `invite ${many}`);
    const members = await office().type(ADAM, 'members');
    const list = await office().press(ADAM, callOf(members, 'All 12 invitations'));
    expect(firstLine(list)).toBe('Marketing: 12 open invitations');
    expect(said(list)).toContain('1 to 10 of 12');
    expect(said(await office().press(ADAM, callOf(list, 'More')))).toContain('11 to 12 of 12');
    expect(firstLine(await office().type(ADAM, 'invite resend p3@partner.com'))).toBe(
      'p3@partner.com is invited again, for another week.',
    );
    expect(firstLine(await office().type(ADAM, 'invite revoke p3@partner.com p4@partner.com'))).toBe(
      'The invitation of p3@partner.com is taken back.',
    );
    expect(firstLine(await office().type(ADAM, 'invite list'))).toBe('Marketing: 10 open invitations');
    expect(firstLine(await office().type(ADAM, 'invite revoke p3@partner.com'))).toBe(
      'p3@partner.com has no open invitation to Marketing.',
    );
    expect(firstLine(await office().type(MIA, 'invite list'))).toMatch(/^You can't manage invitations/);
  });

  test('none: it says what would stand there', async () => {
    expect(lines(await office().type(OLIVIA, 'invite list'))[1]).toMatch(/^Nobody who was invited is still to come/);
  });
});

test('the list of requests is paged, found by person, and one’s own by itself', async () => {
  await seats(50);
  const { account, marketing, mia } = office().acme;
  const otto = await colleague(office(), 'Otto', [[marketing, 'member']]);
  const asking = { account: account.id, workspace: marketing.id, by: mia.id, byIdentity: identityKey(MIA) };
  for (let i = 0; i < 12; i++) {
    const call = { command: 'invite', args: { people: [`q${i}@partner.com`] } };
    await openRequest({ ...asking, action: 'invite', call, at: new Date(NOW.getTime() + i * 1_000) });
  }
  office().at = new Date(NOW.getTime() + 60_000);
  await office().type(otto.who, 'invite zoe@partner.com');
  const list = await office().type(ADAM, 'requests');
  expect(firstLine(list)).toBe('13 requests waiting for you');
  expect(said(list)).toContain('1 to 10 of 13');
  const more = await office().press(ADAM, callOf(list, 'More'));
  expect(said(more)).toContain('Otto asks to invite zoe@partner.com.');
  expect(firstLine(await office().type(ADAM, 'requests ', { person: otto.who }))).toBe('1 request waiting for you');
  const mine = await office().type(MIA, 'my requests');
  expect(said(mine)).toContain('1 to 10 of 12');
  expect(said(await office().press(MIA, callOf(mine, 'More')))).toContain('You asked to invite q0@partner.com.');
});

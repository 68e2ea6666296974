import { afterEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Call } from '../../src/cards/card.js';
import type { Answer } from '../../src/chat/invocation.js';
import { heldBy as channelsOf } from '../../src/channels/managed.js';
import { heldBy as meetingsOf } from '../../src/meetings/hosted.js';
import type { Person, Role } from '../../src/workspace/entities.js';
import type { Identity } from '../../src/workspace/identity.js';
import { openInvitationsOf } from '../../src/workspace/invitations.js';
import { leaveWorkspace, membership } from '../../src/workspace/memberships.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { requestsBy } from '../../src/workspace/requests.js';
import { countSeats, seatsUsed } from '../../src/workspace/seats.js';
import { setEndpoint } from '../../src/webhooks/endpoints.js';
import { ADAM, addTo, MAX, MIA, OLIVIA, slackUser } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
/** Whatever was done, the seats that are kept count of are those that are held. */
afterEach(async () => {
  const { account } = office().acme;
  expect(await seatsUsed(account.id)).toEqual(await countSeats(account.id));
});

const NORA = slackUser('U0NORA');
const mia = { person: MIA, name: 'mia' };
const adam = { person: ADAM, name: 'adam' };

const standing = async (person: Person) => {
  const { account, marketing } = office().acme;
  return membership(account.id, marketing.id, person.id);
};

/** Somebody more in Marketing. */
async function nora(role: Role): Promise<Person> {
  const { account, chat, marketing, olivia } = office().acme;
  const profile = { name: 'Nora', email: 'nora@acme.com', emailVerified: true, standing: 'full' as const };
  chat.add(NORA, profile);
  const person = await ensurePerson(account, NORA, profile, office().at);
  await addTo(account, marketing, olivia, person, role);
  return person;
}

const minutesLater = (minutes: number): void => {
  office().at = new Date(office().at.getTime() + minutes * 60_000);
};

const audited = async (action: string) =>
  mongoose.connection.db!.collection('audit').find({ account: office().acme.account.id, action }).toArray();

const lastTold = async ({ id }: Person): Promise<string> => (await toldTo({ person: id })).at(-1) ?? '';

async function suspendMia(reason = ''): Promise<Answer> {
  return office().submit(OLIVIA, await office().type(OLIVIA, 'suspend ', mia), { reason });
}

describe('suspend and reactivate', () => {
  test('the form says what it means, the person is told why, and nothing there answers them any more', async () => {
    const balance: Call = { command: 'balance', args: {}, workspace: office().acme.marketing.id };
    const form = await office().type(OLIVIA, 'suspend ', mia, ' because on leave until May');
    expect(form).toMatchObject({
      kind: 'form',
      form: {
        intro: [
          expect.stringMatching(/^Mia is a member of Marketing\. Until they are reactivated, .* their seat is kept\./),
        ],
        fields: [{ name: 'reason', initial: 'on leave until May' }],
      },
    });
    expect(await standing(office().acme.mia)).toMatchObject({ suspended: false });
    const before = await seatsUsed(office().acme.account.id);
    const done = await office().submit(OLIVIA, form, { reason: 'On leave until May' });
    expect(firstLine(done)).toBe('Mia is suspended in Marketing: commands and buttons there do nothing for them.');
    expect(await lastTold(office().acme.mia)).toMatch(
      /^Olivia suspended you in Marketing for now: “On leave until May”\.\nYour seat and what you made there are kept\./,
    );
    for (const answer of [await office().type(MIA, 'balance'), await office().press(MIA, balance)]) {
      expect(said(answer)).toMatch(/^You are suspended in Marketing, .* Ask Olivia\./);
    }
    expect(await seatsUsed(office().acme.account.id)).toEqual(before);
    expect(await audited('member.suspended')).toMatchObject([{ detail: { reason: 'On leave until May' } }]);
    expect(firstLine(await office().type(OLIVIA, 'suspend ', mia))).toBe('Mia is suspended in Marketing already.');

    expect(firstLine(await office().type(ADAM, 'reactivate ', mia))).toBe(
      'Mia can use Marketing again, as member as before.',
    );
    expect(await lastTold(office().acme.mia)).toMatch(/^Adam lifted your suspension: Marketing is open to you again/);
    expect(firstLine(await office().press(MIA, balance))).toBe('Marketing has £0.00.');
    expect(firstLine(await office().type(ADAM, 'reactivate ', mia))).toBe('Mia is not suspended in Marketing.');
  });

  test('whoever was active there is active elsewhere, and undoing brings them back', async () => {
    const { account, support, olivia, mia: person, marketing } = office().acme;
    await addTo(account, support, olivia, person, 'member');
    const done = await suspendMia();
    expect(await lastTold(person)).toContain('Support is active for you now.');
    const undo = callOf(done, 'Undo');
    expect(firstLine(await office().press(OLIVIA, undo))).toBe('Undone: Mia can use Marketing again.');
    expect(await membership(account.id, marketing.id, person.id)).toMatchObject({ active: true, suspended: false });
    expect(await lastTold(person)).toMatch(/^Olivia took that back: Marketing is open to you as before\./);
  });

  test("who is suspended decides nothing, and reads why on the channel's card", async () => {
    await office().type(MIA, 'invite ', { person: MAX, name: 'max' });
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    await office().submit(OLIVIA, await office().type(OLIVIA, 'suspend ', adam), {});
    for (const label of ['Approve', 'Deny']) {
      expect(said(await office().press(ADAM, callOf(request!.card, label)))).toMatch(/^You are suspended in Marketing/);
    }
    const [asked] = await requestsBy(office().acme.account.id, office().acme.mia.id);
    expect(asked).toMatchObject({ state: 'pending' });
  });

  test.each<[string, Identity, { person: Identity; name: string }, RegExp]>([
    ['a member', MIA, adam, /^You can't (suspend|remove) people\. Olivia, Adam or Nora can\./],
    ['an admin the owner', ADAM, { person: NORA, name: 'nora' }, /^Nora ranks above what you may change\./],
    ['anybody the primary owner', NORA, { person: OLIVIA, name: 'olivia' }, /^Olivia is the primary owner/],
    ['anybody themself', ADAM, adam, /^I can't take “Adam”\. Please give somebody else/],
    ['anybody who is not there', ADAM, { person: MAX, name: 'max' }, /^Max is not in Marketing\./],
  ])('is refused before anything is asked, as removing is: %s', async (_who, actor, target, refusal) => {
    await nora('owner');
    for (const command of ['suspend ', 'remove ']) {
      expect(said(await office().type(actor, command, target))).toMatch(refusal);
    }
  });

  test('without a name a form asks who, and says an error beside the field', async () => {
    const who = await office().type(ADAM, 'suspend');
    expect(who).toMatchObject({ form: { fields: [{ name: 'person' }] } });
    const again = await office().submit(ADAM, who, { person: 'slack:T02:U0OLIVIA' });
    expect(again).toMatchObject({
      form: { fields: [{ name: 'person', error: expect.stringContaining('primary owner') }] },
    });
    const impact = await office().submit(ADAM, again, { person: 'slack:T02:U0MIA' });
    expect(impact).toMatchObject({ form: { name: 'suspend-member' } });
    await office().submit(ADAM, impact, {});
    expect(await standing(office().acme.mia)).toMatchObject({ suspended: true });
  });
});

describe('undo', () => {
  test('of a removal ends the invitation that was sent meanwhile: it would be good for coming back later', async () => {
    const { account, mia } = office().acme;
    const form = await office().type(OLIVIA, 'remove ', { person: MIA });
    const removed = await office().submit(OLIVIA, form, {});
    await office().type(OLIVIA, 'invite ', { person: MIA }, ' as admin');
    await office().press(OLIVIA, callOf(removed, 'Undo'));
    expect(await openInvitationsOf(account.id, mia.id, office().at)).toEqual([]);
  });

  const changes: [string, () => Promise<Answer>, object][] = [
    [
      'a role',
      async () => office().press(OLIVIA, callOf(await office().type(OLIVIA, 'promote ', mia), 'Make admin')),
      { role: 'member' },
    ],
    [
      'a licence',
      async () => office().press(OLIVIA, callOf(await office().type(OLIVIA, 'licence ', mia, ' pro'), 'Change to pro')),
      { licence: 'standard' },
    ],
    ['a suspension', () => suspendMia(), { suspended: false }],
    [
      'a removal',
      async () => office().submit(OLIVIA, await office().type(OLIVIA, 'remove ', mia), {}),
      { role: 'member', licence: 'standard' },
    ],
  ];

  test.each(changes)('of %s gives back what was, once, and tells the person', async (_what, change, was) => {
    const before = await standing(office().acme.mia);
    const undo = callOf(await change(), 'Undo');
    expect(await standing(office().acme.mia)).not.toEqual(before);
    const undone = await office().press(OLIVIA, undo);
    expect(firstLine(undone)).toMatch(/^Undone: Mia /);
    expect(await standing(office().acme.mia)).toEqual({ ...before, ...was });
    expect(await lastTold(office().acme.mia)).toMatch(/^Olivia took that back/);
    expect(await office().press(OLIVIA, undo)).toEqual(undone);
    expect(firstLine(await office().press(OLIVIA, { ...undo, key: 'another' }))).toBe('This was undone already.');
    expect(await audited('member.changeUndone')).toHaveLength(1);
  });

  test.each(changes)('of %s is for ten minutes, and for whoever made it', async (_what, change) => {
    const undo = callOf(await change(), 'Undo');
    const after = await standing(office().acme.mia);
    expect(firstLine(await office().press(ADAM, undo))).toBe('I find no such change of yours.');
    minutesLater(11);
    expect(said(await office().press(OLIVIA, undo))).toMatch(/^The time to undo this is over\. Change it anew/);
    expect(await standing(office().acme.mia)).toEqual(after);
  });

  test('does not run over what somebody did since', async () => {
    await nora('owner');
    const undo = callOf(await changes[0]![1](), 'Undo');
    await office().press(NORA, callOf(await office().type(NORA, 'role ', mia, ' owner'), 'Make owner'));
    const answer = await office().press(OLIVIA, undo);
    expect(firstLine(answer)).toBe(
      "Mia's place in Marketing has changed since, so nothing was done. Look at it as it is now.",
    );
    expect(await standing(office().acme.mia)).toMatchObject({ role: 'owner' });
    expect(said(await office().press(OLIVIA, callOf(answer, 'Show Mia')))).toContain('owner');
  });

  test('does not bring back a person who joined anew, nor take a seat that is gone', async () => {
    const { account, marketing, mia: person, olivia } = office().acme;
    const undo = callOf(await changes[3]![1](), 'Undo');
    await addTo(account, marketing, olivia, person, 'admin');
    expect(said(await office().press(OLIVIA, undo))).toContain('has changed since');
    expect(await standing(person)).toMatchObject({ role: 'admin' });
    await leaveWorkspace({ account: account.id, workspace: marketing.id, person: person.id, at: office().at });
    await nora('member');
    const fay = slackUser('U0FAY');
    const profile = { name: 'Fay', emailVerified: false, standing: 'full' as const };
    await addTo(account, marketing, olivia, await ensurePerson(account, fay, profile, office().at), 'member');
    expect(said(await office().press(OLIVIA, { ...undo, key: 'again' }))).toMatch(
      /^No standard seat is free: 5 of 5 are taken on the Teams plan\. Olivia/,
    );
  });

  test('needs the right as it is then', async () => {
    const person = await nora('owner');
    const asked = await office().type(NORA, 'role ', mia, ' owner');
    const undo = callOf(await office().press(NORA, callOf(asked, 'Make owner')), 'Undo');
    await office().press(
      OLIVIA,
      callOf(await office().type(OLIVIA, 'role ', { person: NORA, name: 'nora' }, ' admin'), 'Make admin'),
    );
    expect(await standing(person)).toMatchObject({ role: 'admin' });
    expect(said(await office().press(NORA, undo))).toMatch(/^Mia ranks above what you may change\./);
    expect(await standing(office().acme.mia)).toMatchObject({ role: 'owner' });
  });

  test('pressed five times at once counts once', async () => {
    const undo = callOf(await changes[0]![1](), 'Undo');
    const presses = [1, 2, 3, 4, 5].map((n) => office().press(OLIVIA, { ...undo, key: `press-${n}` }));
    const answers = (await Promise.all(presses)).map(firstLine);
    expect(answers.filter((line) => line.startsWith('Undone: '))).toHaveLength(1);
    expect(answers.filter((line) => line === 'This was undone already.')).toHaveLength(4);
  });
});

describe('licences', () => {
  test('an owner changes one after a look at the seats, and the person is told', async () => {
    const asked = await office().type(OLIVIA, 'give @Mia a pro licence');
    expect(said(asked)).toContain('Mia has a standard seat in Marketing. Change it to a pro seat?\n2 pro seats free.');
    const done = await office().press(OLIVIA, callOf(asked, 'Change to pro'));
    expect(firstLine(done)).toBe('Mia has a pro seat in Marketing now, instead of a standard seat.');
    expect(await standing(office().acme.mia)).toMatchObject({ licence: 'pro' });
    expect(await lastTold(office().acme.mia)).toMatch(/^Olivia gave you a pro seat in Marketing, instead of/);
    expect(firstLine(await office().type(OLIVIA, 'licence ', mia, ' pro'))).toBe('Mia has a pro seat already.');
    expect(await audited('member.licenceChanged')).toMatchObject([{ detail: { from: 'standard', to: 'pro' } }]);
    expect(await seatsUsed(office().acme.account.id)).toMatchObject({ pro: 1, standard: 3 });
  });

  test('without a tier a form shows how many of each are free', async () => {
    const form = await office().type(OLIVIA, 'licence ', mia);
    expect(form).toMatchObject({
      form: {
        intro: ['Mia has a standard seat in Marketing.'],
        fields: [
          {
            options: [
              { value: 'standard', label: 'standard (1 seat free)' },
              { value: 'pro', label: 'pro (2 seats free)' },
            ],
          },
        ],
      },
    });
    expect(firstLine(await office().submit(OLIVIA, form, { licence: 'pro' }))).toMatch(/^Mia has a pro seat/);
  });

  test("a member's own becomes a request with what the decider must know; others' are refused", async () => {
    expect(said(await office().type(MIA, 'licence pro'))).toMatch(
      /^Owners and admins change licences, so I asked them for you\./,
    );
    expect(await lastTold(office().acme.adam)).toMatch(/^Mia asks for a pro seat in Marketing\. 2 pro seats free\./);
    const [notice] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    await office().press(ADAM, callOf(notice!.card, 'Approve'));
    expect(await standing(office().acme.mia)).toMatchObject({ licence: 'pro' });
    const told = await lastTold(office().acme.mia);
    expect(told).toMatch(/^Adam said yes\.\nYou have a pro seat in Marketing now, instead of a standard seat\./);
    expect(told).not.toContain('[Undo]');
    expect(await audited('member.licenceChanged')).toMatchObject([
      { by: office().acme.mia.id, detail: { approvedBy: office().acme.adam.id } },
    ]);
    expect(firstLine(await office().type(MIA, 'licence pro'))).toBe('You have a pro seat already.');
    expect(firstLine(await office().type(MIA, 'licence ', adam, ' pro'))).toBe(
      "You can't change licences. Olivia or Adam can.",
    );
  });

  test('beyond the seats: who could free one and what the next plan costs, beside the field', async () => {
    for (const who of [mia, adam]) {
      await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'licence ', who, ' pro'), 'Change to pro'));
    }
    const form = await office().type(OLIVIA, 'licence ', { person: OLIVIA, name: 'olivia' });
    const full = await office().submit(OLIVIA, form, { licence: 'pro' });
    expect(full).toMatchObject({
      form: {
        fields: [
          {
            error: expect.stringMatching(
              /^No pro seat is free: 2 of 2 are taken on the Teams plan\. Olivia or Adam could free one by removing somebody\. The Enterprise plan has 1,000 for £490\.00 a month; the primary owner can change to it\./,
            ),
          },
        ],
      },
    });
  });

  test('a button drawn before somebody else changed it does nothing', async () => {
    const stale = callOf(await office().type(OLIVIA, 'licence ', mia, ' pro'), 'Change to pro');
    await office().press(ADAM, callOf(await office().type(ADAM, 'licence ', mia, ' pro'), 'Change to pro'));
    await office().press(ADAM, callOf(await office().type(ADAM, 'licence ', mia, ' standard'), 'Change to standard'));
    await office().press(ADAM, callOf(await office().type(ADAM, 'licence ', mia, ' pro'), 'Change to pro'));
    expect(said(await office().press(OLIVIA, stale))).toContain("Mia's place in Marketing has changed since");
  });
});

test("the workspace's endpoint hears of each change, and of its undoing", async () => {
  const { account, marketing, olivia } = office().acme;
  const place = { account: account.id, workspace: marketing.id };
  const sealing = { encrypt: (plain: string) => plain, decrypt: (sealed: string) => sealed };
  await setEndpoint(sealing, { ...place, url: new URL('https://hooks.example'), by: olivia.id, at: office().at });
  const done = await suspendMia();
  minutesLater(1);
  await office().press(OLIVIA, callOf(done, 'Undo'));
  minutesLater(1);
  await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'promote ', mia), 'Make admin'));
  await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'licence ', mia, ' pro'), 'Change to pro'));
  await office().submit(OLIVIA, await office().type(OLIVIA, 'remove ', mia, ' because secret'), { reason: 'secret' });
  await office().press(ADAM, callOf(await office().type(ADAM, 'leave'), 'Leave'));
  const rows = await mongoose.connection
    .db!.collection('webhook_deliveries')
    .find(place)
    .sort({ at: 1, _id: 1 })
    .toArray();
  expect(new Set(rows.map(({ type }) => type))).toEqual(
    new Set([
      'member.left',
      'member.licenceChanged',
      'member.reactivated',
      'member.removed',
      'member.roleChanged',
      'member.suspended',
    ]),
  );
  expect(rows.map(({ body }) => body).join()).not.toContain('secret');
  const role = rows.find(({ type }) => type === 'member.roleChanged');
  expect(JSON.parse(role!['body'])).toMatchObject({ data: { name: 'Mia', role: 'admin', was: 'member' } });
});

describe('what somebody who goes leaves behind', () => {
  const form = (answer: Answer) =>
    answer.kind === 'form' ? (answer.form.intro ?? []).filter((run) => typeof run === 'string').join('') : said(answer);

  test('removing shows it, hands it to whom it is given, and tells them', async () => {
    const { adam: person, mia: other } = office().acme;
    const receiver = await nora('admin');
    await office().type(ADAM, 'dev create Engine');
    const impact = await office().type(OLIVIA, 'remove ', adam, ' because new job');
    expect(form(impact)).toMatch(
      /^Adam is an admin of Marketing, with a standard seat that becomes free\. Adam holds 1 API key \(Engine\) there\. They lose access/,
    );
    const unfit = await office().submit(OLIVIA, impact, { reason: 'New job', handTo: 'slack:T02:U0MIA' });
    expect(unfit).toMatchObject({
      form: {
        fields: [
          { name: 'handTo', error: expect.stringContaining('an owner or admin, as there is an API key') },
          { name: 'reason', initial: 'New job' },
        ],
      },
    });
    expect(await standing(person)).toMatchObject({ role: 'admin' });
    const done = await office().submit(OLIVIA, unfit, { reason: 'New job', handTo: 'slack:T02:U0NORA' });
    expect(said(done)).toContain('Nora has 1 API key (Engine) now, and is told.');
    expect(await lastTold(receiver)).toMatch(
      /^Olivia took Adam out of Marketing, and handed to you: 1 API key \(Engine\)\./,
    );
    expect(await lastTold(person)).toMatch(/^Olivia took you out of Marketing\. “New job”/);
    expect(await toldTo({ person: other.id })).toEqual([]);
    expect(await audited('key.handedOver')).toHaveLength(1);
    expect(await audited('member.removed')).toMatchObject([{ detail: { handedTo: receiver.id } }]);
    expect(said(await office().press(OLIVIA, callOf(done, 'Undo')))).toContain(
      'What was handed over stays where it is now.',
    );
  });

  test('private things are counted, not named, and never handed to whoever removes', async () => {
    const { account, marketing, adam: person } = office().acme;
    await office().type(ADAM, 'meeting create Pricing talk');
    await office().type(ADAM, 'channel create private Deal room');
    const impact = await office().type(OLIVIA, 'remove ', adam);
    expect(form(impact)).toContain('Adam holds 1 meeting and 1 private channel there.');
    expect(JSON.stringify(impact)).not.toMatch(/Pricing talk|Deal room/);
    const refused = await office().submit(OLIVIA, impact, { handTo: 'slack:T02:U0OLIVIA' });
    expect(refused).toMatchObject({
      form: { fields: [{ name: 'handTo', error: expect.stringContaining('as some of it is private') }, {}] },
    });
    const done = await office().submit(OLIVIA, refused, { handTo: 'slack:T02:U0MIA' });
    expect(said(done)).toContain('Mia has 1 meeting and 1 private channel now, and is told.');
    expect(await lastTold(office().acme.mia)).toContain(
      '1 meeting (Meeting of 16 November 2026) and 1 private channel (Deal room)',
    );
    const now = { account: account.id, workspace: marketing.id };
    expect(await meetingsOf({ ...now, person: office().acme.mia.id })).toHaveLength(1);
    expect(await meetingsOf({ ...now, person: person.id })).toEqual([]);
    expect(await channelsOf({ ...now, person: office().acme.mia.id })).toHaveLength(1);
  });

  test('their requests end, and the cards say so', async () => {
    await office().type(MIA, 'licence pro');
    const impact = await office().type(OLIVIA, 'remove ', mia);
    expect(form(impact)).toContain('1 request of theirs ends undecided.');
    await office().submit(OLIVIA, impact, {});
    const [request] = await requestsBy(office().acme.account.id, office().acme.mia.id);
    expect(request).toMatchObject({ state: 'withdrawn' });
    expect(await lastTold(office().acme.adam)).toMatch(/^Taken back/);
  });

  test('leaving shows it too, and hands it over', async () => {
    await office().type(ADAM, 'dev create Engine');
    const leaving = await office().type(ADAM, 'leave');
    expect(form(leaving)).toMatch(/^Leave Marketing\? .* You hold 1 API key \(Engine\) there\./);
    const left = await office().submit(ADAM, leaving, { handTo: 'slack:T02:U0OLIVIA' });
    expect(said(left)).toContain('You left Marketing.\nOlivia has 1 API key (Engine) now, and is told.');
    expect(await lastTold(office().acme.olivia)).toMatch(/^Adam left Marketing, and handed to you: 1 API key/);
    expect(await standing(office().acme.adam)).toBeUndefined();
  });

  test('a refusal on the way hands nothing over and removes nobody', async () => {
    await nora('owner');
    await office().type(NORA, 'dev create Engine');
    const call: Call = {
      command: 'remove',
      args: { person: 'slack:T02:U0NORA', handTo: 'slack:T02:U0ADAM', sure: true },
      workspace: office().acme.marketing.id,
    };
    expect(said(await office().press(ADAM, call))).toMatch(/^Nora ranks above what you may change\./);
    expect(await audited('key.handedOver')).toEqual([]);
  });
});

test('whoever is moved ends their requests, and may hand over what they hold', async () => {
  const { account, adam: person, marketing, mia: asker, olivia } = office().acme;
  const accounts = mongoose.connection.db!.collection<{ _id: string }>('accounts');
  await accounts.updateOne({ _id: account.id }, { $set: { strictSingle: true } });
  await office().type(ADAM, 'dev create Engine');
  await office().type(MIA, 'licence pro');
  for (const who of [adam, mia]) await office().type(OLIVIA, 'invite ', who, ' in:Support');

  const asked = await office().type(ADAM, 'join');
  expect(asked).toMatchObject({
    form: {
      intro: [expect.stringMatching(/takes you out of Marketing\. .* In Marketing you hold 1 API key \(Engine\)\./)],
    },
  });
  const unfit = await office().submit(ADAM, asked, { handTo: 'slack:T02:U0MIA' });
  expect(unfit).toMatchObject({ form: { fields: [{ error: expect.stringContaining('an owner or admin') }] } });
  expect(await standing(person)).toMatchObject({ role: 'admin' });
  const done = await office().submit(ADAM, unfit, { handTo: 'slack:T02:U0OLIVIA' });
  expect(said(done)).toContain('Olivia has 1 API key (Engine) now, and is told.');
  expect(await lastTold(olivia)).toMatch(/^Adam left Marketing, and handed to you: 1 API key/);
  expect(await audited('member.left')).toMatchObject([{ detail: { moved: true, handedTo: olivia.id } }]);

  const waiting = await office().type(MIA, 'join');
  expect(said(waiting)).toContain('1 request of yours there ends undecided.');
  await office().press(MIA, callOf(waiting, 'Move to Support'));
  expect(await requestsBy(account.id, asker.id)).toMatchObject([{ state: 'withdrawn' }]);
  expect(await membership(account.id, marketing.id, asker.id)).toBeUndefined();

  await office().type(OLIVIA, 'create Sales');
  expect(await membership(account.id, marketing.id, olivia.id)).toMatchObject({ role: 'primaryOwner' });
});

test('where everybody is in one workspace at most, joining another moves them and says so; a primary owner stays', async () => {
  const { account, marketing, mia: person, support } = office().acme;
  const accounts = mongoose.connection.db!.collection<{ _id: string }>('accounts');
  await accounts.updateOne({ _id: account.id }, { $set: { strictSingle: true } });
  const invited = async () => (await outbox()).findLast(({ id }) => id.startsWith('invitation:'))!.card;
  await office().type(OLIVIA, 'invite ', mia, ' in:Support');
  const asked = await office().press(MIA, callOf(await invited(), 'Join'));
  expect(said(asked)).toBe(
    'In your company everybody is in one workspace at a time: joining Support takes you out of Marketing. Coming back takes a new invitation.\n[Move to Support]',
  );
  expect(await membership(account.id, marketing.id, person.id)).toBeDefined();
  expect(said(await office().press(MIA, callOf(asked, 'Move to Support')))).toMatch(/You left Marketing/);
  expect(await membership(account.id, marketing.id, person.id)).toBeUndefined();
  expect(await membership(account.id, support.id, person.id)).toMatchObject({ active: true });

  await office().type(OLIVIA, 'invite ', { person: MAX, name: 'max' });
  const stale = callOf(await office().press(MAX, callOf(await invited(), 'Join')), 'Move to Marketing');
  const elsewhere = { ...stale, args: { ...stale.args, leaving: [marketing.id] } };
  expect(said(await office().press(MAX, elsewhere))).toContain('takes you out of Support');
  expect(firstLine(await office().press(MAX, stale))).toMatch(/^Welcome!/);
  expect(firstLine(await office().type(OLIVIA, 'create Sales'))).toMatch(
    /^Olivia is the primary owner of|^You are the primary owner of/,
  );
});

describe('one member', () => {
  test('is a card with what the reader may change', async () => {
    const list = await office().type(ADAM, 'members');
    const opened = await office().press(ADAM, callOf(list, 'Open'));
    expect(said(opened)).toMatch(/^Adam\n/);
    const card = said(await office().type(ADAM, 'members ', mia));
    expect(card).toContain('Role: member');
    expect(card).toContain('[Change role] [Change licence] [Suspend] [Remove] [Show everybody]');
    await suspendMia();
    expect(said(await office().type(ADAM, 'members ', mia))).toContain('[Reactivate]');
    expect(said(await office().type(ADAM, 'members ', { person: OLIVIA, name: 'olivia' }))).not.toContain('[Remove]');
  });

  test("an admin's form offers no owner", async () => {
    const roles = async (who: Identity) => {
      const asked = await office().type(who, 'role ', mia);
      const field = asked.kind === 'form' ? asked.form.fields.find(({ name }) => name === 'role') : undefined;
      return field?.input === 'choice' ? field.options.map(({ value }) => value) : [];
    };
    expect(await roles(ADAM)).toEqual(['member', 'admin']);
    expect(await roles(OLIVIA)).toEqual(['member', 'admin', 'owner']);
  });
});

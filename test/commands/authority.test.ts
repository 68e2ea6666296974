import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { COMMANDS } from '../../src/commands/registry.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { membership, removeMember } from '../../src/workspace/memberships.js';
import type { Notice } from '../../src/notices/outbox/notice.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { getRequest, requestsBy } from '../../src/workspace/requests.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { ADAM, addTo, MAX, MIA, OLIVIA, slackUser } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

/** What a person of Globex, another customer, is called there: nobody at Acme may learn it. */
const FOREIGN = slackUser('U0HANK', 'T99');
const foreignKey = 'slack:T99:U0HANK';
const secretName = 'Hank Scorpio';

function addForeigner(): void {
  office().acme.chat.add(FOREIGN, { name: secretName, emailVerified: false, standing: 'full' });
}

describe("another customer's people", () => {
  test.each([
    ['invite', { people: [foreignKey] }],
    ['role', { person: foreignKey, role: 'admin' }],
    ['remove', { person: foreignKey }],
  ])('are not named to whoever puts their ids into a button of %s', async (command, args) => {
    addForeigner();
    const answer = await office().press(OLIVIA, { command, args, workspace: office().acme.marketing.id });
    expect(said(answer)).not.toContain(secretName);
    expect(answer.kind).toBe('private');
  });

  test('are not named on a request card either', async () => {
    addForeigner();
    const { marketing, olivia } = office().acme;
    await office().press(MIA, { command: 'invite', args: { people: [foreignKey] }, workspace: marketing.id });
    const told = await toldTo({ person: olivia.id });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^Mia asks to invite a colleague\./);
  });
});

describe('whoever was an admin when they changed a licence', () => {
  test('and is none any more cannot take it back, nor asks for it', async () => {
    const { adam, marketing, mia } = office().acme;
    const change = { command: 'licence', args: { person: mia.id, licence: 'pro', sure: true } };
    const changed = await office().press(ADAM, { ...change, workspace: marketing.id });
    const demotion = { command: 'role', args: { person: adam.id, role: 'member', sure: true } };
    await office().press(OLIVIA, { ...demotion, workspace: marketing.id });
    expect(firstLine(await office().press(ADAM, callOf(changed, 'Undo')))).toBe(
      "You can't change licences. Olivia can.",
    );
    expect(await requestsBy(adam.account, adam.id)).toEqual([]);
  });
});

describe('of several people invited', () => {
  test('whoever is unknown shows no id', async () => {
    const people = ['slack:T02:U0MAX', 'slack:T02:U0NOBODY'];
    const answer = await office().press(OLIVIA, {
      command: 'invite',
      args: { people },
      workspace: office().acme.marketing.id,
    });
    expect(said(answer)).not.toContain('U0');
  });

  test('whoever finds no seat is named', async () => {
    const { account, marketing, olivia } = office().acme;
    const nora = { name: 'Nora', emailVerified: false, standing: 'full' as const };
    const last = await ensurePerson(account, slackUser('U0NORA'), nora, office().at);
    await addTo(account, marketing, olivia, last, 'member');
    const answer = await office().type(OLIVIA, 'invite ', { person: MAX }, ' nina@acme.com');
    expect(said(answer)).toContain('Max is invited to Marketing');
    expect(said(answer)).toContain('nina@acme.com: No standard seat is free');
  });
});

describe('an invitation as admin', () => {
  const inside = async () => {
    const { account, marketing, max } = office().acme;
    return (await membership(account.id, marketing.id, max.id))?.role;
  };

  test.each([
    ['removed', `remove Adam`],
    ['suspended', `suspend Adam`],
    ['demoted', `role Adam member`],
  ])('is good no more once who gave it is %s, until somebody else sends it', async (_how, typed) => {
    await office().type(ADAM, 'invite ', { person: MAX }, ' as admin');
    const asked = await office().type(OLIVIA, typed);
    if (asked.kind === 'form') await office().submit(OLIVIA, asked, {});
    else await office().press(OLIVIA, callOf(asked, 'Make member'));
    expect(firstLine(await office().type(MAX, 'join'))).toMatch(/^This invitation was taken back\./);
    expect(await inside()).toBeUndefined();
    await office().type(OLIVIA, 'invite resend ', { person: MAX });
    expect(firstLine(await office().type(MAX, 'join'))).toMatch(/^Welcome!/);
    expect(await inside()).toBe('admin');
  });

  test('that was asked for is good while who said yes could give it', async () => {
    await office().type(MIA, 'invite ', { person: MAX }, ' as admin');
    await office().type(ADAM, 'approve');
    expect(firstLine(await office().type(MAX, 'join'))).toMatch(/^Welcome!/);
    expect(await inside()).toBe('admin');
  });
});

describe('who is out of a workspace', () => {
  /** Mia's request for £100, as Olivia sees it. */
  async function miaAsksForMoney() {
    const { marketing } = office().acme;
    const asked = { command: 'topup', args: { amount: '100', ask: true }, workspace: marketing.id };
    await office().press(MIA, asked);
    const [notice] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    return notice!;
  }

  async function suspendMia(): Promise<void> {
    const { account, marketing, mia, olivia } = office().acme;
    const where = { account: account.id, workspace: marketing.id, person: mia.id };
    await suspendMember({ ...where, by: olivia.id, at: office().at });
  }

  async function removeMia(): Promise<void> {
    const { account, marketing, mia, olivia } = office().acme;
    const where = { account: account.id, workspace: marketing.id, person: mia.id };
    await removeMember({ ...where, by: olivia.id, at: office().at });
  }

  test.each([
    ['suspended', suspendMia],
    ['removed', removeMia],
  ])('writes nothing on the cards there any more: %s', async (_how, out) => {
    const { card } = await miaAsksForMoney();
    await out();
    const { request } = callOf(card, 'Deny').args as { request: string };
    const before = (await outbox()).length;
    const answer = await office().press(MIA, { command: 'ask', args: { request, text: 'Please!' } });
    expect(answer.kind).toBe('private');
    expect(await outbox()).toHaveLength(before);
  });

  test('hears of a decision without the balance', async () => {
    const { card } = await miaAsksForMoney();
    await removeMia();
    const form = await office().press(OLIVIA, callOf(card, 'Deny'));
    await office().submit(OLIVIA, form, { note: 'Not now' });
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).not.toContain('£0.00');
  });

  test('moves nothing there by a yes to what they asked for; both are told so, without an id', async () => {
    const { account, marketing, support, adam, olivia } = office().acme;
    await addTo(account, support, olivia, adam, 'member', office().at);
    const call = { command: 'transfer', args: { amount: '50', to: support.id, ask: true }, workspace: marketing.id };
    await office().press(ADAM, call);
    const [{ card }] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:')) as [Notice];
    await removeMember({
      ...{ account: account.id, workspace: support.id, person: adam.id },
      ...{ by: olivia.id, at: office().at },
    });
    const why = 'Adam is no longer in the workspace that it was to go to, so nothing was moved.';
    expect(firstLine(await office().press(OLIVIA, callOf(card, 'Move £50.00')))).toBe(why);
    expect((await toldTo({ person: adam.id })).at(-1)).toContain(why);
  });

  test('is not asked for by a button that names a workspace', async () => {
    const { support } = office().acme;
    for (const command of ['balance', 'members', 'history', 'usage', 'alerts', 'channel', 'dev', 'leave', 'rename']) {
      const answer = await office().press(MIA, { command, args: { sure: true }, workspace: support.id });
      expect(said(answer)).not.toContain('Support');
    }
  });
});

describe('another company', () => {
  test("nothing of Acme answers to Globex's owner, whatever ids are in the button", async () => {
    const { account, marketing, mia, chat } = office().acme;
    const globex = { name: 'Globex', tenant: 'slack:T99', ownerUser: 'U0HANK', currency: 'USD' } as const;
    await enableAccount({ ...globex, plan: 'free', timeZone: 'America/New_York', at: office().at });
    chat.add(FOREIGN, { name: 'Hank', emailVerified: false, standing: 'full' });
    await office().type(MIA, 'invite nina@acme.com');
    const [request] = await requestsBy(account.id, mia.id);
    office().place = { platform: 'slack', tenant: 'T99', kind: 'direct', channel: 'D9' };
    const before = (await outbox()).length;
    const calls = [
      ...COMMANDS.map(({ name }) => ({ command: name, args: {}, workspace: marketing.id })),
      { command: 'approve', args: { request: request!.id, version: 1 } },
      { command: 'deny', args: { request: request!.id, note: 'no' } },
      { command: 'ask', args: { request: request!.id, text: 'who?' } },
      { command: 'requests', args: { withdraw: request!.id } },
      { command: 'remove', args: { person: mia.id, sure: true }, workspace: marketing.id },
    ];
    for (const call of calls) {
      const answer = await office().press(FOREIGN, call);
      expect(JSON.stringify(answer)).not.toMatch(/Marketing(?! ?\.)|Olivia|Adam|Mia|nina/);
    }
    expect(await outbox()).toHaveLength(before);
    expect((await getRequest(account.id, request!.id))?.state).toBe('pending');
  });
});

describe('an answer given once under a key', () => {
  test('is not given to somebody else who sends the same key', async () => {
    const { marketing } = office().acme;
    const call = { command: 'dev', args: { what: 'create', name: 'Engine' }, workspace: marketing.id, key: 'k1' };
    const first = await office().press(OLIVIA, call);
    expect(said(first)).toContain('Engine');
    const second = await office().press(MIA, call);
    expect(firstLine(second)).toMatch(/^You can't manage API keys/);
  });

  test('is not given where the key is used for another command', async () => {
    const { marketing } = office().acme;
    await office().press(OLIVIA, { command: 'topup', args: { amount: '5' }, workspace: marketing.id, key: 'k2' });
    const other = await office().press(OLIVIA, {
      command: 'rename',
      args: { name: 'X' },
      workspace: marketing.id,
      key: 'k2',
    });
    expect(said(other)).toContain('Rename Marketing to X?');
  });
});

test('an offer to ask that was answered with no may be pressed again', async () => {
  const offered = await office().type(MIA, 'topup 100');
  await office().press(MIA, callOf(offered, 'Ask for £100.00'));
  const form = await office().type(OLIVIA, 'deny');
  await office().submit(OLIVIA, form, { note: 'Not now' });
  await office().press(MIA, callOf(offered, 'Ask for £100.00'));
  const states = (await requestsBy(office().acme.account.id, office().acme.mia.id)).map(({ state }) => state);
  expect(states.toSorted()).toEqual(['denied', 'pending']);
});

test('asking an owner by the button of an alert takes one form, and keeps why', async () => {
  const { marketing } = office().acme;
  const form = await office().press(MIA, {
    command: 'topup',
    args: { ask: true, why: 'launch' },
    workspace: marketing.id,
  });
  expect(firstLine(await office().submit(MIA, form, { amount: '50' }))).toBe('Owners top up, so I asked them for you.');
  expect((await requestsBy(office().acme.account.id, office().acme.mia.id))[0]).toMatchObject({ why: 'launch' });
});

test('an invitation keeps its licence and its reason when the form asks for the people', async () => {
  const form = await office().type(MIA, 'invite licence pro because we grow');
  await office().submit(MIA, form, { addresses: 'nina@acme.com', role: 'member' });
  const [request] = await requestsBy(office().acme.account.id, office().acme.mia.id);
  expect(request).toMatchObject({ why: 'we grow', call: { args: { licence: 'pro' } } });
});

test('a channel unbound from elsewhere is not told about there', async () => {
  const elsewhere = { platform: 'slack', tenant: 'T02', kind: 'channel', channel: 'C0RANDOM' } as const;
  office().place = { platform: 'slack', tenant: 'T02', kind: 'channel', channel: 'C0MARK', channelName: 'marketing' };
  await office().type(OLIVIA, 'channel bind');
  office().place = elsewhere;
  const answer = await office().type(OLIVIA, 'channel unbind ', { channel: 'C0MARK', name: 'marketing' });
  expect(answer.kind).toBe('private');
});

test('what is stored holds no code that links two people', async () => {
  const answer = await office().type(MIA, 'link');
  const code = /link (\S{8})/.exec(said(answer))?.[1];
  expect(code).toBeDefined();
  const collections = await mongoose.connection.db!.collections();
  for (const collection of collections) {
    const rows = await collection.find().toArray();
    expect(JSON.stringify(rows)).not.toContain(code);
  }
});

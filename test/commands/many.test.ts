import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CommandStartedEvent, CommandSucceededEvent } from 'mongodb';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { drawCard } from '../../src/chat/teams/draw/draw-card.js';
import { faultsOf as teamsFaultsOf, tooLarge } from '../fakes/connector/adaptive-card-rules.js';
import { blocksOf, faultsOf as slackFaultsOf } from '../fakes/slack/block-kit.js';
import { NOW, OLIVIA } from '../support/acme.js';
import { lookedAt } from '../support/looked-at.js';
import { insertTeams } from '../support/many-workspaces.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();

/** Both chats take the card whole: nothing of it was cut for want of room. */
function expectWhole(answer: Answer): void {
  if (!('card' in answer)) throw new Error(`no card but ${answer.kind}`);
  const { blocks } = drawMessage(answer.card, 'slack');
  const adaptive = drawCard(answer.card, 'teams');
  expect(slackFaultsOf(blocksOf(JSON.parse(JSON.stringify(blocks))), 'message')).toEqual([]);
  expect(teamsFaultsOf(adaptive)).toEqual([]);
  expect(tooLarge(adaptive)).toBe(false);
  const drawn = JSON.stringify([blocks, adaptive]);
  expect(drawn.match(/more than Slack can show|… and \d+ more|… \d+ more rows/g)).toBeNull();
}

const many = <T>(count: number, make: (number: string) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(String(i).padStart(4, '0')));

type Doc = { _id: string; [field: string]: unknown };
const insert = (collection: string, docs: Doc[]) => mongoose.connection.collection<Doc>(collection).insertMany(docs);

const membership = { licence: 'standard', active: false, suspended: false, joinedAt: NOW };

describe('a workspace of five thousand', () => {
  beforeEach(async () => {
    const { account, marketing } = office().acme;
    const of = { account: account.id };
    const people = many(5_000, (n) => ({ ...of, _id: `p_many${n}`, name: `Person ${n}`, foldedName: `person ${n}` }));
    await insert(
      'people',
      people.map((person) => ({ ...person, emailVerified: false, moves: 0 })),
    );
    const held = { ...membership, ...of, workspace: marketing.id, role: 'member' };
    await insert(
      'memberships',
      people.map(({ _id, foldedName }) => ({
        ...held,
        _id: `m_${_id}`,
        person: _id,
        foldedName,
        searched: foldedName,
      })),
    );
  });

  test('shows its members in pages, and finds one of them', async () => {
    const first = await office().type(OLIVIA, 'members');
    expect(firstLine(first)).toBe('Marketing: 5,003 people in all');
    expectWhole(first);
    const second = await office().press(OLIVIA, callOf(first, 'More'));
    expect(said(second)).toContain('11 to 20 of 5,003');
    expectWhole(second);
    expect(said(await office().type(OLIVIA, 'members person 4711'))).toContain('- Person 4711 · member');
    expect(firstLine(await office().type(OLIVIA, 'promote Person 4711'))).toBe(
      'Person 4711 is a member of Marketing. Make them an admin?',
    );
  });
});

describe('somebody in three hundred workspaces', () => {
  beforeEach(async () => {
    const { account, olivia } = office().acme;
    await insertTeams(account.id, olivia.id, 300);
  });

  test('reaches all of them by pages, and each by its name', async () => {
    let page = await office().type(OLIVIA, 'list');
    expect(said(page).split('\n')[1]).toMatch(/^- Marketing \(active\) · £0\.00/);
    const seen = new Set<string>();
    for (let pages = 1; pages <= 31; pages++) {
      expectWhole(page);
      for (const [name] of said(page).matchAll(/Team \d{4}/g)) seen.add(name);
      if (pages < 31) page = await office().press(OLIVIA, callOf(page, 'More'));
    }
    expect(seen.size).toBe(300);
    expect(() => callOf(page, 'More')).toThrow('no button More');
    expect(firstLine(await office().type(OLIVIA, 'switch team 0299'))).toMatch(/^Team 0299 is active now/);
  });

  test('finds some of them by part of their name', async () => {
    const form = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'list'), 'Find'));
    const found = await office().submit(OLIVIA, form, { search: 'TEAM 02' });
    expect(firstLine(found)).toBe('100 workspaces with “TEAM 02”');
    const more = await office().press(OLIVIA, callOf(found, 'More'));
    expect(said(more)).toMatch(/- Team 0210 .*\n(.*\n)+11 to 20 of 100/);
    for (const typed of ['list 0299', 'list find team 0299', 'workspaces search 0299']) {
      const only = await office().type(OLIVIA, typed);
      expect(firstLine(only)).toMatch(/^1 workspace with/);
      expect(() => callOf(only, 'More')).toThrow('no button More');
    }
    const none = await office().type(OLIVIA, 'list zebra');
    expect(said(none)).toContain('None of your workspaces has that in its name.');
    expect(firstLine(await office().press(OLIVIA, callOf(none, 'My workspaces')))).toBe('302 workspaces');
  });

  test('is answered about one of them with as few and as short round trips as somebody in one', async () => {
    await office().type(OLIVIA, 'balance');
    const sizes: number[] = [];
    const note = ({ reply }: CommandSucceededEvent) => void sizes.push(JSON.stringify(reply).length);
    const client = mongoose.connection.getClient().on('commandSucceeded', note);
    await office().type(OLIVIA, 'balance');
    client.off('commandSucceeded', note);
    expect(sizes.length).toBeLessThanOrEqual(4);
    expect(Math.max(...sizes)).toBeLessThan(4_000);
  });

  test.each([
    '',
    'list',
    'switch',
    'me',
    'balance all',
    'list 0299',
    'requests',
    'transfer',
    'rescue',
    'meetings',
    'transfer 1 to Team 0200',
  ])('has MongoDB read no more for “%s” than is shown', async (typed) => {
    const { documents } = await lookedAt(() => office().type(OLIVIA, typed));
    expect(documents).toBeLessThan(100);
  });

  test('is helped out by one that is not among the first', async () => {
    const { services, acme } = office();
    const post = async (wallet: string, key: string, amountMinor: number) => {
      await services.ledger.open({ wallet, account: acme.account.id, currency: 'GBP', at: NOW });
      const kind = amountMinor > 0 ? ('topup' as const) : ('adjustment' as const);
      await services.ledger.post({ wallet, key, kind, contra: 'provider', amountMinor, at: NOW });
    };
    await post(acme.marketing.id, 'topup:1', 10_000);
    await post('ws_many0050', 'topup:2', 100_000);
    expect(firstLine(await office().type(OLIVIA, 'rescue'))).toBe('Marketing has £100.00. That is enough for now.');
    await post(acme.marketing.id, 'adjustment:1', -9_000);
    expect(said(await office().type(OLIVIA, 'rescue'))).toContain(
      '- Team 0050 · £90.00 of £1,000.00, so £910.00 stays.',
    );
    expect(firstLine(await office().type(OLIVIA, 'rescue Support'))).toContain('It never had any');
  });

  test('finds one by its new name at once, and under none that it had', async () => {
    const asked = await office().type(OLIVIA, 'rename Zebra in:"Team 0042"');
    await office().press(OLIVIA, callOf(asked, 'Rename'));
    expect(firstLine(await office().type(OLIVIA, 'switch zebra'))).toMatch(/^Zebra is active now/);
    expect(firstLine(await office().type(OLIVIA, 'switch team 0042'))).toMatch(/^You are in no workspace called/);
    const last = await office().press(OLIVIA, { command: 'list', args: { offset: 300 } });
    expect(said(last)).toContain('Team 0299');
    expect(said(last)).not.toContain('Zebra');
  });

  test('keeps the seat on leaving one of them', async () => {
    expect(firstLine(await office().type(OLIVIA, 'leave in:"Team 0042"'))).toBe(
      'Leave Team 0042? Coming back takes a new invitation.',
    );
  });

  test('is at home with the first of them, and sees all balances', async () => {
    for (const typed of ['', 'me', 'balance all']) expectWhole(await office().type(OLIVIA, typed));
    expect(firstLine(await office().press(OLIVIA, callOf(await office().type(OLIVIA, ''), 'All 302 workspaces')))).toBe(
      '302 workspaces',
    );
  });
});

/** What is sent to MongoDB for it, as `find memberships`. */
async function tripsOf(work: () => Promise<unknown>): Promise<string[]> {
  const trips: string[] = [];
  const note = ({ command, commandName }: CommandStartedEvent) =>
    void trips.push(`${commandName} ${String(command[commandName])}`);
  const client = mongoose.connection.getClient().on('commandStarted', note);
  await work();
  client.off('commandStarted', note);
  return trips;
}

/** A page that is not the last has what is on the others counted. */
const COUNTS = 2;

test('somebody in three hundred workspaces is answered with as many round trips as somebody in five', async () => {
  const { services, acme } = office();
  const { account, olivia, marketing, support } = acme;
  await insertTeams(account.id, olivia.id, 300);
  const spending = [marketing.id, support.id, ...many(40, (n) => `ws_many${n}`)];
  for (const wallet of spending) {
    await services.ledger.open({ wallet, account: account.id, currency: 'GBP', at: NOW });
    await services.ledger.postMany([
      { wallet, key: 'topup:1', kind: 'topup', contra: 'provider', amountMinor: 10_000, at: NOW },
      ...[0, 1, 2, 3, 4].map((day) => ({
        ...{ wallet, key: `u:${day}`, kind: 'usage' as const, contra: 'revenue' as const },
        ...{ amountMinor: wallet === marketing.id ? -1_000 : -100, at: new Date(NOW.getTime() + day * 86_400_000) },
      })),
    ]);
  }
  office().at = new Date(NOW.getTime() + 4.1 * 86_400_000);
  const typed = ['', 'list', 'switch', 'me', 'balance all', 'requests', 'transfer', 'rescue', 'meetings'];
  const trips = async () => {
    const taken: [string, number][] = [];
    for (const one of typed) taken.push([one, (await tripsOf(() => office().type(OLIVIA, one))).length]);
    return taken;
  };
  expect(said(await office().type(OLIVIA, 'rescue'))).toContain('[Move £');
  const amongMany = await trips();
  const others = { _id: { $regex: /^(m_)?ws_many(?!000[0-2])/ } };
  for (const name of ['memberships', 'workspaces']) await mongoose.connection.collection<Doc>(name).deleteMany(others);
  const amongFew = new Map(await trips());
  expect(amongMany.filter(([one, taken]) => taken > amongFew.get(one)! + COUNTS)).toEqual([]);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { createAlertWatch, type AlertWatch } from '../../../src/notices/alerts/alert-watch.js';
import { createDispatcher, type Dispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { leaveWorkspace } from '../../../src/workspace/memberships.js';
import { ensurePerson } from '../../../src/workspace/people.js';
import { addTo } from '../../support/acme.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { openMarketing, spend, topUp } from '../company.js';
import { scriptedPoster, type ScriptedPoster } from '../scripted-poster.js';

useDatabase();
const ledger = useLedger();

const START = new Date('2026-11-22T12:00:00Z').getTime();
const at = (seconds: number) => new Date(START + seconds * 1000);
const day = (days: number, hours = 0) => at((days * 24 + hours) * 3600);
const log = { warn: () => undefined, error: (details: object) => void faults.push(details) };

let faults: object[];
let poster: ScriptedPoster;
let dispatcher: Dispatcher;
let watch: AlertWatch;

beforeEach(async () => {
  for (const name of ['entries', 'outbox', 'messages', 'cursors'])
    await mongoose.connection.collection(name).deleteMany({});
  faults = [];
  poster = scriptedPoster();
  dispatcher = createDispatcher({ posters: [poster], log });
  watch = createAlertWatch({ ledger: ledger(), log, onDerived: () => undefined });
});

/** What the channel sees of everything up to then. */
async function settle(when: Date): Promise<string[]> {
  await watch.runOnce(when);
  for (let seconds = 0; seconds < 5; seconds++) await dispatcher.runOnce(new Date(when.getTime() + seconds * 1000));
  expect(faults).toEqual([]);
  return poster.sent.map(
    (sent) => `${sent.did === 'update' ? `edit ${sent.ref.message}` : 'post'}: ${sent.card.heading?.text}`,
  );
}

describe('a balance that runs low', () => {
  test('is told once, and the same message tells of the top-up', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 8_160, at(2), { resource: 'Spring sale' });
    expect(await settle(at(10))).toEqual(['post: Low: Marketing has £18.40, under 20 %. Too new to guess days.']);
    expect(plainText(poster.sent[0]!.card)).toContain('[Top up] [Ask an owner]');
    expect(plainText(poster.sent[0]!.card)).toContain('Most went to: Spring sale £81.60');
    await topUp(ledger(), company, 10_000, at(20));
    expect((await settle(at(30))).at(-1)).toBe('edit m1: All clear. Olivia added £100.00. Balance £118.40.');
    expect(poster.sent).toHaveLength(2);
  });

  test('is a message of its own where it worsens, and all of them clear together', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 8_500, at(2));
    await settle(at(10));
    await spend(ledger(), company, 700, at(20));
    await settle(at(30));
    await spend(ledger(), company, 800, at(40));
    await settle(at(50));
    await topUp(ledger(), company, 5_000, at(60));
    expect(await settle(at(70))).toEqual([
      'post: Low: Marketing has £15.00, under 20 %. Too new to guess days.',
      'edit m1: Very low: Marketing has £8.00, under 10 %. Too new to guess days.',
      'post: Very low: Marketing has £8.00, under 10 %. Too new to guess days.',
      'edit m1: Empty: Marketing has £0.00.',
      'edit m2: Empty: Marketing has £0.00.',
      'post: Empty: Marketing has £0.00.',
      'edit m1: All clear. Olivia added £50.00. Balance £50.00.',
      'edit m2: All clear. Olivia added £50.00. Balance £50.00.',
      'edit m3: All clear. Olivia added £50.00. Balance £50.00.',
    ]);
  });

  test('says when it is empty what stopped and who can mend it', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 1_000, at(1));
    await spend(ledger(), company, 1_000, at(2));
    await settle(at(10));
    expect(plainText(poster.sent[0]!.card)).toContain('Usage of Marketing is refused until there is balance again.');
    expect(plainText(poster.sent[0]!.card)).toContain('Olivia can add balance; everybody can ask.');
  });

  test('says after three full days how long it lasts, one bad day left out', async () => {
    const company = await openMarketing(ledger(), day(0));
    await topUp(ledger(), company, 100_000, day(0, 1));
    await spend(ledger(), company, 1_000, day(0, 2));
    for (const [i, minor] of [1_000, 1_000, 50_000, 1_100, 900, 1_000].entries())
      await spend(ledger(), company, minor, day(i + 1));
    await spend(ledger(), company, 30_000, day(7));
    const [said] = await settle(day(7, 1));
    expect(said).toBe('post: Low: Marketing has £140.00, under 20 %. About 13 days left.');
    expect(plainText(poster.sent[0]!.card)).toContain('Spent a day: £10.00 yesterday, usually about £10.36');
  });

  test('is derived twice without harm, by two processes', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 9_000, at(2));
    const other = createAlertWatch({ ledger: ledger(), log, onDerived: () => undefined });
    await Promise.all([watch.runOnce(at(10)), other.runOnce(at(10))]);
    await other.runOnce(at(20));
    expect(await settle(at(30))).toHaveLength(1);
  });

  test('is no news a week later', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 9_000, at(2));
    expect(await settle(day(8))).toEqual([]);
  });
});

describe('where no channel is bound', () => {
  test('it goes privately to those who can choose one', async () => {
    const company = await openMarketing(ledger(), at(0), { unbound: true });
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 8_160, at(2));
    await settle(at(10));
    expect(poster.sent).toHaveLength(1);
    expect(poster.sent[0]).toMatchObject({ did: 'post', to: { kind: 'direct', identity: { user: 'U0OLIVIA' } } });
    expect(plainText(poster.sent[0]!.card)).toContain('[Choose a channel]');
  });

  test('whoever has left meanwhile does not hear how it goes on', async () => {
    const company = await openMarketing(ledger(), at(0), { unbound: true });
    const { account, marketing, olivia, tenant } = company;
    const profile = { name: 'Adam', emailVerified: false, standing: 'full' as const };
    const adam = await ensurePerson(account, { platform: 'slack', tenant, user: 'U0ADAM' }, profile, at(0));
    await addTo(account, marketing, olivia, adam, 'admin', at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 8_160, at(2));
    await settle(at(10));
    expect(poster.sent).toHaveLength(2);
    await leaveWorkspace({ account: account.id, workspace: marketing.id, person: adam.id, at: at(11) });
    await topUp(ledger(), company, 10_000, at(20));
    await settle(at(30));
    expect(poster.sent.slice(2)).toMatchObject([{ did: 'update' }]);
  });
});

describe('a channel that is gone', () => {
  test('is unbound, and its owners are told what they missed', async () => {
    const company = await openMarketing(ledger(), at(0));
    await topUp(ledger(), company, 10_000, at(1));
    await spend(ledger(), company, 8_160, at(2));
    poster.script.push({ kind: 'rejected', why: 'channelGone' });
    await watch.runOnce(at(10));
    for (const seconds of [10, 12, 14]) await dispatcher.runOnce(at(seconds));
    expect(poster.sent).toHaveLength(1);
    expect(plainText(poster.sent[0]!.card)).toContain(
      "#marketing is gone, so Marketing's notices do not go there any more.",
    );
    await spend(ledger(), company, 1_000, at(20));
    await watch.runOnce(at(30));
    await dispatcher.runOnce(at(30));
    expect(poster.sent.at(-1)).toMatchObject({ did: 'post', to: { kind: 'direct' } });
  });
});

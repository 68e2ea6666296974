import { beforeEach, describe, expect, test } from '@jest/globals';
import { plainText } from '../../src/cards/plain-text.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { expirySweep } from '../../src/jobs/expiry-sweep.js';
import { reminderSweep } from '../../src/jobs/reminder-sweep.js';
import { DeliveryFailure } from '../../src/chat/port.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { disableAccount } from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { requestsBy } from '../../src/workspace/requests.js';
import { ADAM, MAX, MIA, NOW, OLIVIA, TEAM } from '../support/acme.js';
import { scriptedPoster } from '../notices/scripted-poster.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const DAY_MS = 86_400_000;
const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS + 60_000);
const failed: unknown[] = [];
const quiet = { dispatcher: { nudge: () => undefined }, log: { error: (fields: unknown) => void failed.push(fields) } };

/** What the clock does at that time. */
async function sweepAt(at: Date): Promise<void> {
  const needs = { desk: { services: office().services, commands: COMMANDS }, ...quiet };
  for (const sweep of [expirySweep(needs), reminderSweep(needs)]) await sweep.run({ at, timeIsUp: () => false });
  expect(failed).toEqual([]);
}

async function bindApprovals(): Promise<void> {
  const place = office().place;
  office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK', channelName: 'marketing' };
  await office().type(OLIVIA, 'channel bind');
  office().place = place;
}

const miaAsks = () => office().type(MIA, 'invite ', { person: MAX, name: 'max' }, ' because we need a writer');
const toMia = async () => (await toldTo({ person: office().acme.mia.id })).map((words) => words.split('\n')[0]);
const idsTo = async (who: { id: string }) =>
  (await outbox()).filter(({ to }) => 'person' in to && to.person === who.id).map(({ id }) => id.split(':')[0]);
const steps = async () =>
  (await auditTrail({ account: office().acme.account.id, limit: 50 }))
    .filter(({ action }) => action === 'request.reminded' || action === 'request.escalated')
    .map(({ action, detail }) => [action, detail?.['to']])
    .toReversed();

describe('a request in the approvals channel that nobody answers', () => {
  beforeEach(async () => {
    await bindApprovals();
    await nora(office());
    await miaAsks();
  });

  test('is reminded of in its thread, goes up rank by rank, and ends after a week; the requester reads each step', async () => {
    const { adam, olivia, mia } = office().acme;
    await sweepAt(day(0.9));
    expect(await idsTo(mia)).toEqual([]);

    await sweepAt(day(1));
    const [reminder] = (await outbox()).filter(({ id }) => id.startsWith('reminder:'));
    expect(reminder).toMatchObject({
      to: { channel: { channel: 'C0MARK' } },
      under: expect.stringMatching(/^request:/),
    });
    expect(firstLine({ kind: 'private', card: reminder!.card })).toBe(
      'Still waiting for an answer: Mia asks to invite Max.',
    );
    expect((await toMia()).at(-1)).toBe(
      'You asked to invite Max. Nobody has answered yet, so I reminded the channel where requests come.',
    );

    await sweepAt(day(2));
    expect((await toldTo({ person: adam.id })).at(-1)).toMatch(
      /^Mia asks to invite Max\. 0 seats free\.\nNo standard seat is free now\..*\n“we need a writer”\nNobody has answered since 16 Nov 2026, so it comes to you\./,
    );
    expect(await toldTo({ person: olivia.id })).toEqual([]);
    expect((await toMia()).at(-1)).toBe('You asked to invite Max. Nobody has answered yet, so I asked Adam too.');

    await sweepAt(day(3));
    expect((await toMia()).at(-1)).toContain('so I asked Nora too');
    await sweepAt(day(4));
    expect((await toMia()).at(-1)).toContain('so I asked Olivia too');
    await sweepAt(day(6));
    expect(await steps()).toEqual([
      ['request.reminded', 1],
      ['request.escalated', 1],
      ['request.escalated', 1],
      ['request.escalated', 1],
      ['request.reminded', 4],
    ]);

    await sweepAt(day(7));
    for (const words of [await toldTo({ channel: 'C0MARK' }), await toldTo({ person: adam.id })]) {
      expect(words.at(-1)).toMatch(/^Nobody answered in time\./);
    }
    const told = (await outbox()).find(({ id }) => id.startsWith('expired:'))!;
    expect(plainText(told.card)).toMatch(/^Nobody answered in time\.\nYou asked to invite Max\.\n\[Ask again\]/);
    office().at = day(7.1);
    expect(firstLine(await office().press(MIA, callOf(told.card, 'Ask again')))).toMatch(/^Owners and admins invite/);
    expect(await requestsBy(office().acme.account.id, mia.id)).toMatchObject([
      { state: 'pending' },
      { state: 'expired' },
    ]);
  });

  test('the card of the first day still decides, and every copy says so, the requester’s too', async () => {
    const [first] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    for (const days of [1, 2, 3]) await sweepAt(day(days));
    office().at = day(3.1);
    await office().press(OLIVIA, callOf(first!.card, 'Approve'));
    expect((await toldTo({ channel: 'C0MARK' })).at(-1)).toMatch(/^Approved by Olivia\./);
    expect((await toldTo({ person: office().acme.adam.id })).at(-1)).toMatch(/^Approved by Olivia\./);
    expect(await toMia()).toContain('You asked to invite Max. Approved by Olivia.');
    const before = (await outbox()).length;
    await sweepAt(day(6));
    expect(await outbox()).toHaveLength(before);
  });

  test('what was missed comes as one step, and two clocks at once take it once', async () => {
    await Promise.all([sweepAt(day(3)), sweepAt(day(3))]);
    expect(await steps()).toEqual([['request.escalated', 1]]);
    await sweepAt(day(3));
    expect(await steps()).toHaveLength(1);
  });

  test('who was asked back is reminded instead', async () => {
    office().at = day(0.5);
    await office().type(ADAM, 'ask ', { person: MIA }, ' who is Max?');
    for (const days of [1, 2]) await sweepAt(day(days));
    const [reminder, ...more] = (await outbox()).filter(({ id }) => id.startsWith('reminder:'));
    expect(more).toEqual([]);
    expect(reminder!.to).toEqual({ person: office().acme.mia.id });
    expect(plainText(reminder!.card)).toMatch(
      /^Adam waits for your answer about your request to invite Max:\n“who is Max\?”\n\[Answer\]/,
    );
    const form = await office().press(MIA, callOf(reminder!.card, 'Answer'));
    expect(form.kind).toBe('form');
  });

  test('of a company that is switched off nothing is said', async () => {
    await disableAccount({ tenant: `slack:${TEAM}`, at: day(0.5) });
    for (const days of [1, 2]) await sweepAt(day(days));
    expect(await steps()).toEqual([]);
  });

  test('the reminder is posted under the card, or by itself where the card is gone', async () => {
    const poster = scriptedPoster();
    const dispatcher = createDispatcher({ posters: [poster], log: { warn: () => undefined, error: () => undefined } });
    const deliver = async (at: Date) => {
      for (const seconds of [0, 2, 4]) await dispatcher.runOnce(new Date(at.getTime() + seconds * 1_000));
    };
    await deliver(day(0));
    const card = poster.sent.find(({ card: shown }) => shown.name === 'request-pending');
    await sweepAt(day(1));
    await deliver(day(1));
    const reminders = () => poster.sent.filter(({ card: shown }) => shown.name === 'request-reminder');
    expect(reminders()).toMatchObject([{ did: 'post', under: (card as { ref: object }).ref }]);

    const { post } = poster;
    poster.post = async (to, shown, id, under) => {
      if (under) throw new DeliveryFailure({ kind: 'rejected', why: 'messageGone' });
      return post(to, shown, id);
    };
    for (const days of [2, 3, 4, 6]) await sweepAt(day(days));
    await deliver(day(6));
    expect(reminders().length).toBeGreaterThan(1);
    for (const later of reminders().slice(1)) expect(later).not.toHaveProperty('under');
  });
});

test('where no channel is chosen those who have the card are reminded, and there is nobody further to ask', async () => {
  const { adam, olivia, mia } = office().acme;
  await miaAsks();
  for (const days of [1, 2, 3, 4]) await sweepAt(day(days));
  expect(await idsTo(adam)).toEqual(['request', 'reminder']);
  expect(await idsTo(olivia)).toEqual(['request', 'reminder']);
  expect((await toMia()).at(-1)).toMatch(/so I reminded (Olivia and Adam|Adam and Olivia)\.$/);
  const status = (await outbox()).findLast(({ subject }) => subject?.startsWith('asked:'))!;
  office().at = day(4.1);
  await office().press(MIA, callOf(status.card, 'Take back'));
  expect((await requestsBy(office().acme.account.id, mia.id))[0]).toMatchObject({ state: 'withdrawn' });
  expect(
    said({ kind: 'private', card: (await outbox()).findLast(({ subject }) => subject?.startsWith('asked:'))!.card }),
  ).toContain('Taken back by the person who asked.');
});

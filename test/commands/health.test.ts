import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createDispatcher, type Dispatcher } from '../../src/notices/outbox/dispatcher.js';
import { enqueue } from '../../src/notices/outbox/outbox.js';
import { saidCard } from '../../src/cards/said-card.js';
import { recordEvent } from '../../src/webhooks/events.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import { scriptedPoster } from '../notices/scripted-poster.js';
import { ADAM, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { useReceiver } from '../webhooks/receiver.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const receiver = useReceiver();
const place = () => ({ account: office().acme.account.id, workspace: office().acme.marketing.id });
const health = () => office().type(ADAM, 'health');
const press = async (label: string) => office().press(ADAM, callOf(await health(), label));
const channel = { platform: 'slack', tenant: TEAM, channel: 'C0MKT' } as const;
const days = (number: number) => new Date(office().at.getTime() + number * 86_400_000);

beforeEach(async () => {
  const purposes = ['alerts', 'approvals'] as const;
  const by = office().acme.olivia.id;
  await bindChannel({ ...place(), ...channel, channelName: 'marketing', purposes, by, at: office().at });
});

/** One notice to the channel or to Mia, that meets this when it is sent. */
async function notice(id: string, to: 'channel' | 'mia', meets: 'lost' | 'refused') {
  const poster = scriptedPoster();
  poster.script.push(meets === 'lost' ? 'lost' : { kind: 'rejected', why: 'tooLarge' });
  const dispatcher = createDispatcher({ posters: [poster], log: { warn: () => undefined, error: () => undefined } });
  const recipient = to === 'channel' ? { channel } : { person: office().acme.mia.id };
  await enqueue([{ id, ...place(), to: recipient, card: saidCard('note', `Words of ${id}.`) }]);
  await passes(dispatcher);
  await dispatcher.stop();
}

/** A channel takes one message a second, and what was lost is looked for after some. */
async function passes(dispatcher: Dispatcher) {
  for (let second = 0; second < 20; second++)
    await dispatcher.runOnce(new Date(office().at.getTime() + second * 1_000));
}

async function arrived(): Promise<string[]> {
  const poster = scriptedPoster();
  const dispatcher = createDispatcher({ posters: [poster], log: { warn: () => undefined, error: () => undefined } });
  await passes(dispatcher);
  await dispatcher.stop();
  return poster.sent.map((sent) => JSON.stringify('card' in sent ? sent.card : ''));
}

test('where nothing is wrong it says what was looked at', async () => {
  expect(said(await health())).toBe(
    [
      'All is well in Marketing.',
      'Notices arrive, channels are bound, the webhook is reached, no API key ends soon and no campaign goes on for ever.',
      'Marketing · £0.00',
    ].join('\n'),
  );
  expect(firstLine(await office().type(ADAM, 'what needs attention?'))).toBe('All is well in Marketing.');
});

test('members are told who looks after it', async () => {
  expect(firstLine(await office().type(MIA, 'health'))).toBe("You can't do maintenance. Olivia or Adam can.");
});

describe('notices that did not arrive', () => {
  test('are listed with their reader; the words of private ones stay private', async () => {
    await notice('n1', 'channel', 'refused');
    await notice('n2', 'mia', 'refused');
    const card = said(await health());
    expect(card).toContain('- To #marketing: “Words of n1.”');
    expect(card).toContain('- To Mia: a private message');
    expect(card).toContain('it was too long [Send again]');
    expect(card).not.toContain('Words of n2.');
  });

  test('go again by their button, once, and leave the list', async () => {
    await notice('n1', 'channel', 'refused');
    const call = callOf(await health(), 'Send again');
    expect(said(await office().press(ADAM, call))).toContain('On its way again.');
    expect(said(await office().press(ADAM, call))).toContain('That one is settled already.');
    expect(await arrived()).toEqual([expect.stringContaining('Words of n1.')]);
    expect(firstLine(await health())).toBe('All is well in Marketing.');
    expect(await auditTrail({ ...place(), limit: 1 })).toMatchObject([
      { action: 'notice.sentAgain', by: office().acme.adam.id },
    ]);
  });

  test('of unknown fate: somebody looks and says that it arrived', async () => {
    await notice('n1', 'channel', 'lost');
    expect(said(await health())).toContain('nobody knows whether it arrived: please look [Send again] [It arrived]');
    expect(said(await press('It arrived'))).toContain('Good, noted.');
    expect(await arrived()).toEqual([]);
    expect(firstLine(await health())).toBe('All is well in Marketing.');
  });

  test('by the dozen come in pages, and go again together; those of unknown fate do not', async () => {
    for (let note = 1; note <= 7; note++) await notice(`n${note}`, 'channel', 'refused');
    await notice('unsure', 'channel', 'lost');
    expect(said(await health())).toContain('1 to 5 of 8');
    const second = await press('More');
    expect(said(second)).toContain('6 to 8 of 8');
    expect(said(await office().press(ADAM, callOf(second, 'Send all again')))).toContain(
      'On their way again: 7 notices.',
    );
    office().at = days(0.1);
    expect(new Set(await arrived()).size).toBe(7);
    expect(said(await health())).toContain('Words of unsure.');
  });

  test('of another workspace are not to be seen or sent, whatever a button says', async () => {
    await notice('n1', 'channel', 'refused');
    const foreign = { command: 'health', args: { again: 'n1' }, workspace: office().acme.support.id };
    expect(said(await office().press(OLIVIA, foreign))).toContain('That one is settled already.');
    expect(said(await office().type(OLIVIA, 'health in:Support'))).not.toContain('Words of n1.');
    expect(firstLine(await office().press(MAX, { ...foreign, workspace: place().workspace }))).toMatch(
      /^This card belongs to a workspace/,
    );
    expect(await arrived()).toEqual([]);
  });
});

test('channels: none bound, and one that the bot is not in any more', async () => {
  await mongoose.connection.db!.collection('bindings').updateOne(place(), { $set: { lostAt: office().at } });
  expect(said(await health())).toContain('- #marketing in Slack · I am not in it since');
  await press('Bind again');
  expect(office().acme.chat.posts).toHaveLength(1);
  expect(firstLine(await health())).toBe('All is well in Marketing.');
  await mongoose.connection.db!.collection('bindings').deleteMany(place());
  expect(said(await health())).toContain('- No channel is bound');
  expect(said(await press('Choose a channel'))).toBe('form: choose-channel');
});

test('API keys that end within a week, with a new secret as the remedy', async () => {
  await office().type(ADAM, 'dev create Engine for 30d');
  await office().type(ADAM, 'dev create Forever');
  expect(firstLine(await health())).toBe('All is well in Marketing.');
  office().at = days(24);
  expect(said(await health())).toContain('- Engine · works until 16 Dec 2026 [New secret]');
  const asked = await press('New secret');
  await office().press(ADAM, callOf(asked, 'New secret'));
  expect(firstLine(await health())).toBe('All is well in Marketing.');
});

test('a key that has ended is replaced or revoked', async () => {
  await office().type(ADAM, 'dev create Engine for 30d');
  office().at = days(31);
  expect(said(await health())).toContain('- Engine · ended 16 Dec 2026 [Create another] [Revoke]');
  await office().press(ADAM, callOf(await press('Revoke'), 'Revoke'));
  expect(firstLine(await health())).toBe('All is well in Marketing.');
});

test('a webhook that fails: test it, and what was given up goes again', async () => {
  await office().type(ADAM, `dev webhook ${receiver.url}`);
  receiver.script.push(500);
  await recordEvent({ ...place(), type: 'member.joined', id: 'm_1', data: {}, at: office().at });
  await office().webhooks.dispatcher.runOnce(office().at);
  expect(said(await health())).toMatch(
    /- 127\.0\.0\.1:\d+ · nothing has arrived since .*: it answered 500 \[Send a test\]/,
  );
  expect(firstLine(await press('Send a test'))).toMatch(/^The test arrived/);
  expect(firstLine(await health())).toBe('All is well in Marketing.');
});

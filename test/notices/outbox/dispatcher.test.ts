import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { inTransaction } from '../../../src/mongo.js';
import { createDispatcher, type Dispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { listDead, listUnknown, resolveUnknown, retryDead } from '../../../src/notices/outbox/held-back.js';
import { enqueue, type Notice } from '../../../src/notices/outbox/outbox.js';
import { useDatabase } from '../../support/database.js';
import { scriptedPoster, type ScriptedPoster } from '../scripted-poster.js';

useDatabase();

const START = new Date('2026-11-22T12:00:00Z').getTime();
const at = (seconds: number) => new Date(START + seconds * 1000);
const log = { warn: () => undefined, error: () => undefined };

let poster: ScriptedPoster;
let dispatcher: Dispatcher;
let outcomes: string[];

beforeEach(async () => {
  for (const name of ['outbox', 'messages', 'gates']) await mongoose.connection.collection(name).deleteMany({});
  poster = scriptedPoster();
  outcomes = [];
  dispatcher = createDispatcher({ posters: [poster], log, onOutcome: (outcome) => outcomes.push(outcome) });
});

function notice(
  id: string,
  more: Partial<Notice> & { words?: string; channel?: string; tenant?: string } = {},
): Notice {
  const { words = id, channel = 'C1', tenant = 'T1', ...rest } = more;
  return {
    id,
    account: 'acc_1',
    to: { channel: { platform: 'slack', tenant, channel } },
    card: { name: 'test', parts: [{ part: 'text', text: [words] }] },
    ...rest,
  };
}

const seen = () =>
  poster.sent.map(
    (sent) => `${sent.did} ${sent.did === 'update' ? sent.ref.message : sent.id}: ${plainText(sent.card)}`,
  );
const stateOf = async (id: string) =>
  (await mongoose.connection.collection<{ _id: string; state: string }>('outbox').findOne({ _id: id }))?.state;

test('what was mailed is not kept: its link opens an invitation', async () => {
  const mailed: string[] = [];
  const mailer = { send: async ({ text }: { text: string }) => void mailed.push(text) };
  const mailing = createDispatcher({ posters: [poster], mailer, log });
  await enqueue([{ ...notice('mail', { words: 'https://bot.test/invite/s3cret' }), to: { email: 'nina@acme.com' } }]);
  await mailing.runOnce(at(0));
  expect(mailed.join()).toContain('s3cret');
  const rows = await mongoose.connection.collection('outbox').find().toArray();
  expect(rows).toMatchObject([{ state: 'sent' }]);
  expect(JSON.stringify(rows)).not.toContain('s3cret');
});

describe('writing into the outbox', () => {
  test('the same id twice is one post, and the first card stands', async () => {
    await enqueue([notice('a', { words: 'first' })]);
    await enqueue([notice('a', { words: 'second' })]);
    await dispatcher.runOnce(at(0));
    await dispatcher.runOnce(at(5));
    expect(seen()).toEqual(['post a: first']);
  });

  test('inside a transaction: nothing without its commit, and an id that exists does not break it', async () => {
    await enqueue([notice('a')]);
    const undone = inTransaction(async () => {
      await enqueue([notice('b')]);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await inTransaction(() => enqueue([notice('a'), notice('c', { channel: 'C2' })]));
    await dispatcher.runOnce(at(0));
    expect(seen().toSorted()).toEqual(['post a: a', 'post c: c']);
  });

  test('nothing goes before its time', async () => {
    await enqueue([notice('later', { notBefore: at(60) })]);
    await dispatcher.runOnce(at(59));
    expect(seen()).toEqual([]);
    await dispatcher.runOnce(at(60));
    expect(seen()).toEqual(['post later: later']);
  });
});

describe('a subject that is kept up to date', () => {
  const about = (id: string, revision: number, more: Partial<Notice> = {}) =>
    notice(id, { subject: 'alert:ws_1:1', revision, ...more });

  test('posts once, then edits', async () => {
    await enqueue([about('r1', 1)]);
    await dispatcher.runOnce(at(0));
    await enqueue([about('r2', 2)]);
    await dispatcher.runOnce(at(2));
    expect(seen()).toEqual(['post r1: r1', 'update m1: r2']);
  });

  test('an older card never overwrites a newer one', async () => {
    await enqueue([about('r5', 5)]);
    await dispatcher.runOnce(at(0));
    await enqueue([about('r4', 4)]);
    await dispatcher.runOnce(at(2));
    expect(seen()).toEqual(['post r5: r5']);
    expect(await stateOf('r4')).toBe('sent');
  });

  test('goes out in order although written out of order', async () => {
    await enqueue([about('r2', 2), about('r1', 1)]);
    for (const seconds of [0, 2, 4]) await dispatcher.runOnce(at(seconds));
    expect(seen()).toEqual(['post r1: r1', 'update m1: r2']);
  });

  test('a message of its own where it says so; the earlier one says the same from then on', async () => {
    await enqueue([about('low', 1)]);
    await dispatcher.runOnce(at(0));
    await enqueue([about('empty', 2, { anew: true })]);
    await dispatcher.runOnce(at(2));
    await enqueue([about('clear', 3)]);
    await dispatcher.runOnce(at(4));
    expect(seen()).toEqual([
      'post low: low',
      'update m1: empty',
      'post empty: empty',
      'update m1: clear',
      'update m2: clear',
    ]);
  });

  test('is posted anew where somebody deleted the message', async () => {
    await enqueue([about('r1', 1)]);
    await dispatcher.runOnce(at(0));
    poster.script.push({ kind: 'rejected', why: 'messageGone' });
    await enqueue([about('r2', 2)]);
    await dispatcher.runOnce(at(2));
    await enqueue([about('r3', 3)]);
    await dispatcher.runOnce(at(4));
    expect(seen()).toEqual(['post r1: r1', 'post r2: r2', 'update m2: r3']);
  });

  test('an edit without an answer is simply repeated', async () => {
    await enqueue([about('r1', 1)]);
    await dispatcher.runOnce(at(0));
    poster.script.push('lost');
    await enqueue([about('r2', 2)]);
    await dispatcher.runOnce(at(2));
    await dispatcher.runOnce(at(10));
    expect(seen()).toEqual(['post r1: r1', 'update m1: r2', 'update m1: r2']);
    expect(await stateOf('r2')).toBe('sent');
  });

  test('two dispatchers never have two cards of one subject in flight', async () => {
    const other = scriptedPoster();
    const second = createDispatcher({ posters: [other], log });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => (entered = resolve));
    poster.script.push(async () => {
      entered();
      await held;
    });
    await enqueue([about('r1', 1)]);
    const first = dispatcher.runOnce(at(0));
    await inFlight;
    await enqueue([about('r2', 2)]);
    await second.runOnce(at(1));
    expect(other.sent).toEqual([]);
    release();
    await first;
    await second.runOnce(at(3));
    expect(other.sent.map((sent) => sent.did)).toEqual(['update']);
  });
});

describe('failures that are known', () => {
  // Without `pace.rateLimited` the team's other channels are written to meanwhile.
  test('are repeated after the platform’s own delay, never before, and the team waits with them', async () => {
    poster.script.push({ kind: 'rateLimited', retryAfterMs: 30_000 });
    await enqueue([notice('a')]);
    await dispatcher.runOnce(at(0));
    await enqueue([notice('b', { channel: 'C2' }), notice('elsewhere', { tenant: 'T2' })]);
    await dispatcher.runOnce(at(1));
    expect(seen()).toEqual(['post elsewhere: elsewhere']);
    await dispatcher.runOnce(at(29));
    expect(poster.sent).toHaveLength(1);
    await dispatcher.runOnce(at(31));
    expect(seen().toSorted()).toEqual(['post a: a', 'post b: b', 'post elsewhere: elsewhere']);
  });

  test('an outage of hours costs nothing but the delay, which stays short', async () => {
    await enqueue([notice('a')]);
    for (let hours = 0; hours < 5; hours++) {
      poster.script.push({ kind: 'unreachable' });
      await dispatcher.runOnce(at(hours * 3600));
    }
    await dispatcher.runOnce(at(4 * 3600 + 31));
    expect(seen()).toEqual(['post a: a']);
  });

  test('a notice that cannot be prepared is given up after five tries, and holds up nobody', async () => {
    const post = poster.post;
    poster.post = async (to, card, id) => {
      if (id === 'poison') throw new TypeError('a card no renderer knows');
      return post(to, card, id);
    };
    await enqueue([notice('poison'), notice('fine', { channel: 'C2' })]);
    await dispatcher.runOnce(at(0));
    expect(seen()).toEqual(['post fine: fine']);
    for (let seconds = 100; seconds < 700; seconds += 100) await dispatcher.runOnce(at(seconds));
    expect(await stateOf('poison')).toBe('dead');
    expect(seen()).toEqual(['post fine: fine']);
    expect(outcomes.filter((outcome) => outcome === 'retried')).toHaveLength(4);
  });

  test('a refusal is dead at once; the operator sends it again when it is mended', async () => {
    poster.script.push({ kind: 'rejected', why: 'botRemoved' });
    await enqueue([notice('a')]);
    await dispatcher.runOnce(at(0));
    expect(await listDead(10)).toEqual([
      expect.objectContaining({ id: 'a', account: 'acc_1', failure: 'rejected: botRemoved' }),
    ]);
    expect(await retryDead('a', at(10))).toBe(true);
    await dispatcher.runOnce(at(10));
    expect(seen()).toEqual(['post a: a']);
    expect(await listDead(10)).toEqual([]);
  });
});

describe('when nobody knows whether it arrived', () => {
  // Without `markedAsCopy` the second looks like news; without `doubtful` both of these are sent again blindly.
  test('an alert goes once more, marked, and not a third time', async () => {
    poster.script.push('lost', 'lost');
    await enqueue([notice('alert', { urgent: true })]);
    for (const seconds of [0, 5, 10, 15]) await dispatcher.runOnce(at(seconds));
    expect(seen()).toEqual([
      'post alert: alert',
      'post alert: alert\nPerhaps a copy: we could not tell whether this arrived the first time. alert',
    ]);
    expect(await stateOf('alert')).toBe('unknown');
  });

  test('anything else is never sent again by itself: the operator decides', async () => {
    poster.script.push('lost', 'lost');
    await enqueue([notice('summary'), notice('other', { channel: 'C2' })]);
    for (const seconds of [0, 5, 100]) await dispatcher.runOnce(at(seconds));
    expect(poster.sent).toHaveLength(2);
    expect((await listUnknown(10)).map(({ id }) => id).toSorted()).toEqual(['other', 'summary']);
    expect(await resolveUnknown('summary', 'arrived', at(101))).toBe(true);
    expect(await resolveUnknown('other', 'sendAgain', at(101))).toBe(true);
    await dispatcher.runOnce(at(102));
    expect(poster.sent).toHaveLength(3);
    expect(await listUnknown(10)).toEqual([]);
    const kept = await mongoose.connection
      .collection('outbox')
      .find({ expiresAt: { $exists: false } })
      .toArray();
    expect(kept).toEqual([]);
  });
});

describe('several dispatchers', () => {
  // Without the state and the fence that a claim asks for, each posts all of them. Rates would hide that.
  test('two on the same rows make one post of each', async () => {
    const unpaced = { post: { conversation: [], team: [] } };
    const other = { ...scriptedPoster(), rates: unpaced };
    const second = createDispatcher({ posters: [other], log });
    dispatcher = createDispatcher({ posters: [{ ...poster, rates: unpaced }], log });
    await enqueue(Array.from({ length: 40 }, (_, i) => notice(`n${i}`, { channel: `C${i}` })));
    await Promise.all([dispatcher.runOnce(at(0)), second.runOnce(at(0))]);
    const ids = [...poster.sent, ...other.sent].map((sent) => (sent.did === 'post' ? sent.id : ''));
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  // Without the look at the time before the send, it posts what another replica has posted by then.
  test('that froze between claim and send leaves the row to whoever recovers it', async () => {
    let frozenMs = 0;
    const { now } = performance;
    performance.now = () => now.call(performance) + frozenMs;
    try {
      const { rates, ...rest } = poster;
      const freezing = Object.defineProperty({ ...rest }, 'rates', {
        get() {
          frozenMs = 31_000;
          return rates;
        },
      }) as ScriptedPoster;
      await enqueue([notice('alert', { urgent: true })]);
      await createDispatcher({ posters: [freezing], log }).runOnce(at(0));
    } finally {
      performance.now = now;
    }
    expect(seen()).toEqual([]);
    await dispatcher.runOnce(at(61));
    expect(seen()).toEqual([expect.stringContaining('post alert: alert\nPerhaps a copy')]);
  });

  // Without the fence and the state in `holding` it says `sent`; without `recoverExpired` it says `sending`.
  test('what a dispatcher finishes after its lease is not written over what came after', async () => {
    let release: () => void = () => undefined;
    let entered: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => (entered = resolve));
    poster.script.push(() => {
      entered();
      return new Promise<void>((resolve) => (release = resolve));
    });
    await enqueue([notice('summary'), notice('alert', { urgent: true, channel: 'C2', notBefore: at(1000) })]);
    const frozen = dispatcher.runOnce(at(0));
    await inFlight;
    const second = createDispatcher({ posters: [scriptedPoster()], log });
    await second.runOnce(at(61));
    expect(await stateOf('summary')).toBe('unknown');
    release();
    await frozen;
    expect(await stateOf('summary')).toBe('unknown');
    expect(outcomes).toEqual(['lost']);
  });
});

describe('pacing', () => {
  // With the ranks the other way round the alert waits for a second.
  test('one message a second to a channel, alerts first, others not held back', async () => {
    await enqueue([
      notice('s1'),
      notice('s2'),
      notice('alert', { urgent: true }),
      notice('elsewhere', { channel: 'C2' }),
    ]);
    await dispatcher.runOnce(at(0));
    expect(seen().toSorted()).toEqual(['post alert: alert', 'post elsewhere: elsewhere']);
    await dispatcher.runOnce(at(0.5));
    expect(poster.sent).toHaveLength(2);
    await dispatcher.runOnce(at(1));
    await dispatcher.runOnce(at(2));
    expect(seen().slice(2)).toEqual(['post s1: s1', 'post s2: s2']);
  });

  // With as many hands for others as for alerts, the alert waits; without the share of a queue, the quick team does.
  test('a team that does not answer holds up no other, and no alert of its own platform', async () => {
    const { held, release } = holding();
    const post = poster.post;
    const arrived = new Map<string, () => void>();
    let inHand = 0;
    poster.post = async (to, card, id) => {
      arrived.get(id)?.();
      if (!id.startsWith('slow')) return post(to, card, id);
      inHand++;
      await held;
      return post(to, card, id);
    };
    const arrival = (id: string) => new Promise<void>((resolve) => arrived.set(id, resolve));
    const [slow, quick] = [arrival('slow 1'), arrival('quick 9')];
    await enqueue([
      ...Array.from({ length: 60 }, (_, i) => notice(`slow ${i}`, { channel: `S${i}`, tenant: 'SLOW' })),
      ...Array.from({ length: 10 }, (_, i) => notice(`quick ${i}`, { channel: `Q${i}`, tenant: 'QUICK' })),
    ]);
    dispatcher.nudge();
    await Promise.all([slow, quick]);
    const alert = arrival('alert');
    await enqueue([notice('alert', { urgent: true, tenant: 'SLOW' })]);
    dispatcher.nudge();
    await alert;
    expect(inHand).toBeLessThanOrEqual(8);
    release();
    await dispatcher.stop();
  });

  test('a stopped dispatcher finishes what is in hand and takes nothing more', async () => {
    await enqueue([notice('a')]);
    await dispatcher.stop();
    await dispatcher.runOnce(at(0));
    expect(seen()).toEqual([]);
    expect(await stateOf('a')).toBe('pending');
  });
});

function holding(): { held: Promise<void>; release: () => void } {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  return { held, release };
}

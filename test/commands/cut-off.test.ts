import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { MongoMemoryReplSet } from 'mongodb-memory-server';
import { expirySweep } from '../../src/jobs/expiry-sweep.js';
import { transferSweep } from '../../src/jobs/transfer-sweep.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { resumeApproved } from '../../src/commands/resume-approved.js';
import type { Request } from '../../src/workspace/entities.js';
import { changeRole } from '../../src/workspace/memberships.js';
import { requestsBy } from '../../src/workspace/requests.js';
import { approvedButNotRun } from '../../src/workspace/sweeping.js';
import { ADAM, addTo, MAX, MIA, OLIVIA } from '../support/acme.js';
import { startReplicaSet } from '../support/replica-set.js';
import { callOf, outbox, toldTo, useOffice } from './harness.js';

/** A mongod of its own: a fail point holds for the whole server. */
let replicaSet: MongoMemoryReplSet;
let observer: MongoClient;
const shared = process.env['TEST_MONGODB_URI'];

beforeAll(async () => {
  replicaSet = await startReplicaSet();
  observer = await MongoClient.connect(replicaSet.getUri());
  process.env['TEST_MONGODB_URI'] = `${replicaSet.getUri()}&appName=product`;
});
afterEach(() => mend());
const office = useOffice();
afterAll(async () => {
  process.env['TEST_MONGODB_URI'] = shared;
  await observer.close();
  await replicaSet.stop();
});

/** After so many writes none arrives any more, as if the process had ended there. */
async function cutOffAfter(writes: number): Promise<void> {
  const failCommands = ['insert', 'update', 'delete', 'findAndModify', 'commitTransaction'];
  const data = { appName: 'product', failCommands, errorCode: 8000 };
  await observer.db('admin').command({ configureFailPoint: 'failCommand', mode: { skip: writes }, data });
}

async function mend(): Promise<void> {
  await observer.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
}

async function request(): Promise<Request> {
  return (await requestsBy(office().acme.account.id, office().acme.mia.id))[0]!;
}

async function sweep(): Promise<void> {
  for (const cutOff of await approvedButNotRun(office().at, 10)) {
    await resumeApproved({ services: office().services, commands: COMMANDS }, cutOff, office().at);
  }
}

const WRITES = Array.from({ length: 18 }, (_, writes) => writes);

describe.each([
  { asks: 'to invite', ask: () => office().type(MIA, 'invite ', { person: MAX }), by: ADAM, yes: 'Approve' },
  { asks: 'for a workspace', ask: () => office().type(MIA, 'create Sales'), by: OLIVIA, yes: 'Approve' },
])('an approval cut off while Mia asks $asks', ({ ask, by, yes }) => {
  test.each(WRITES)('after %d writes is done once, and told as done', async (writes) => {
    await ask();
    const [card] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    await cutOffAfter(writes);
    await office()
      .press(by, callOf(card!.card, yes))
      .catch(() => undefined);
    await mend();
    await sweep();
    if ((await request()).state === 'pending') await office().press(by, callOf(card!.card, yes));

    expect(await request()).toMatchObject({ state: 'approved', result: { ok: true } });
    const told = await toldTo({ person: office().acme.mia.id });
    expect(told.filter((words) => words.includes('said yes'))).toHaveLength(1);
    expect(told.join()).not.toContain('did not work');
  });
});

/** Mia, an admin by now and in Support too, asks to move £50.00 there. */
async function miaAsksToMove(): Promise<void> {
  const { account, marketing, support, mia, olivia } = office().acme;
  const { at, services } = office();
  const where = { account: account.id, workspace: marketing.id, by: olivia.id, at };
  await changeRole({ ...where, person: mia.id, role: 'admin' });
  await addTo(account, support, olivia, mia, 'member', at);
  const posting = { wallet: marketing.id, key: 'topup:1', kind: 'topup', contra: 'provider', at } as const;
  await services.ledger.post({ ...posting, amountMinor: 12_000 });
  const offer = await office().type(MIA, 'move 50 to Support in:Marketing');
  await office().press(MIA, callOf(offer, 'Ask for £50.00'));
}

describe('a transfer that was said yes to, cut off', () => {
  test.each(Array.from({ length: 24 }, (_, writes) => writes))('after %d writes moves once', async (writes) => {
    await miaAsksToMove();
    const { marketing, support, mia } = office().acme;
    const { ledger } = office().services;
    const card = (await outbox()).find(({ subject }) => subject?.startsWith('request:'))!.card;
    await cutOffAfter(writes);
    await office()
      .press(OLIVIA, callOf(card, 'Move £50.00'))
      .catch(() => undefined);
    await mend();
    await sweep();
    const later = new Date(office().at.getTime() + 120_000);
    await transferSweep({ ledger, dispatcher: { nudge: () => undefined }, log: { error: () => undefined } }).run({
      at: later,
      timeIsUp: () => false,
    });
    if ((await request()).state === 'pending') await office().press(OLIVIA, callOf(card, 'Move £50.00'));

    expect(await request()).toMatchObject({ state: 'approved', result: { ok: true } });
    const heads = await ledger.heads([marketing.id, support.id]);
    expect([heads.get(marketing.id)?.balanceMinor, heads.get(support.id)?.balanceMinor]).toEqual([7_000, 5_000]);
    const told = await toldTo({ person: mia.id });
    expect(told.filter((words) => words.includes('said yes'))).toHaveLength(1);
    const channels = await toldTo({ person: office().acme.adam.id });
    expect(channels.filter((words) => words.includes('moved to another workspace of Acme'))).toHaveLength(1);
  });
});

describe('a request that nobody answered in time', () => {
  const later = () => new Date(office().at.getTime() + 8 * 86_400_000);
  const desk = () => ({ services: office().services, commands: COMMANDS });
  const log = { error: () => undefined };
  const sweepAt = (at: Date) =>
    expirySweep({ desk: desk(), dispatcher: { nudge: () => undefined }, log }).run({ at, timeIsUp: () => false });

  async function expectToldOnce(): Promise<void> {
    const { adam, mia } = office().acme;
    expect((await toldTo({ person: adam.id })).filter((words) => words.startsWith('Nobody answered'))).toHaveLength(1);
    expect((await toldTo({ person: mia.id })).filter((words) => words.startsWith('Nobody answered'))).toHaveLength(1);
  }

  test.each(WRITES.slice(0, 9))('and whose sweep is cut off after %d writes is told once', async (writes) => {
    await office().type(MIA, 'invite ', { person: MAX });
    await cutOffAfter(writes);
    await sweepAt(later()).catch(() => undefined);
    await mend();
    await sweepAt(later());
    await expectToldOnce();
  });

  test('is told too where it is asked again before the sweep comes', async () => {
    await office().type(MIA, 'invite ', { person: MAX });
    office().at = later();
    await office().type(MIA, 'invite ', { person: MAX });
    await sweepAt(office().at);
    await expectToldOnce();
    expect((await toldTo({ person: office().acme.adam.id })).at(-1)).toMatch(/^Mia asks to invite Max/);
  });
});

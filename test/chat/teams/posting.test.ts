import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryFailure, type DeliveryOutcome } from '../../../src/chat/port.js';
import { failureOfSilence } from '../../../src/chat/teams/delivery-failure.js';
import { TeamsConversation } from '../../../src/chat/teams/models.js';
import type { Fault } from '../../fakes/connector/world.js';
import { useDatabase } from '../../support/database.js';
import { ADAM, Bench, GUS, MARKETING, MIA, OLIVIA, say, wordsOf } from './harness.js';

useDatabase();

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.start();
  await bench.teams.say(OLIVIA, 'hello', { conversation: MARKETING });
  bench.teams.world.requests.length = 0;
});
afterEach(() => bench.stop());

const channel = () => ({
  kind: 'channel' as const,
  platform: 'teams' as const,
  tenant: bench.teams.world.tenant,
  channel: MARKETING,
});
const identity = (user: string) => ({ platform: 'teams' as const, tenant: bench.teams.world.tenant, user });
const post = () => bench.edge.poster.post(channel(), say('Low'), 'n1');

async function outcomeOf(work: Promise<unknown>): Promise<DeliveryOutcome | 'delivered'> {
  try {
    await work;
    return 'delivered';
  } catch (error) {
    if (error instanceof DeliveryFailure) return error.outcome;
    throw error;
  }
}

describe('posting', () => {
  test('to a channel begins a thread, and is edited in place', async () => {
    const ref = await post();
    expect(ref.channel).toBe(`${MARKETING};messageid=${ref.message}`);
    await bench.edge.poster.update(ref, say('All clear'));
    const shown = bench.teams.seen(OLIVIA, ref.channel);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ edits: 1 });
    expect(wordsOf(shown[0])).toContain('All clear');
  });

  test('to a person who never wrote opens the personal chat', async () => {
    const ref = await bench.edge.poster.post({ kind: 'direct', identity: identity(ADAM) }, say('Join?'), 'n1');
    expect(bench.teams.seen(ADAM).map(wordsOf)).toEqual([expect.stringContaining('Join?')]);
    await bench.edge.poster.update(ref, say('Joined.'));
    expect(bench.teams.seen(ADAM).map(wordsOf)).toEqual([expect.stringContaining('Joined.')]);
  });

  test('over the address that Teams named last, and to no other', async () => {
    const { tenant } = bench.teams.world;
    await TeamsConversation.updateOne({ tenant, conversation: MARKETING }, { serviceUrl: 'http://127.0.0.1:9/' });
    expect(await outcomeOf(post())).toEqual({ kind: 'rejected', why: 'other' });
    await bench.teams.say(OLIVIA, 'hello', { conversation: MARKETING });
    expect(await outcomeOf(post())).toBe('delivered');
  });

  const faults: [string, Fault, DeliveryOutcome][] = [
    ['429', { status: 429, retryAfter: 7 }, { kind: 'rateLimited', retryAfterMs: 7_000 }],
    ['412', { status: 412 }, { kind: 'unreachable' }],
    ['503', { status: 503 }, { kind: 'unreachable' }],
    ['502', { status: 502 }, { kind: 'unknown' }],
    ['504', { status: 504 }, { kind: 'unknown' }],
    ['a cut before the answer', { cut: 'before' }, { kind: 'unknown' }],
    ['a cut after the message was taken', { cut: 'after' }, { kind: 'unknown' }],
    [
      '403 BotNotInConversationRoster',
      { status: 403, code: 'BotNotInConversationRoster' },
      { kind: 'rejected', why: 'botNotInChannel' },
    ],
    ['403 BotDisabledByAdmin', { status: 403, code: 'BotDisabledByAdmin' }, { kind: 'rejected', why: 'botRemoved' }],
    ['404', { status: 404, code: 'ConversationNotFound' }, { kind: 'rejected', why: 'channelGone' }],
    ['413', { status: 413 }, { kind: 'rejected', why: 'tooLarge' }],
    ['400', { status: 400, code: 'BadSyntax' }, { kind: 'rejected', why: 'other' }],
  ];
  test.each(faults)('%s is told as what it means, and tried only once', async (_name, fault, outcome) => {
    bench.teams.fail(/^POST \/v3\/conversations/, fault);
    expect(await outcomeOf(post())).toEqual(outcome);
    expect(bench.teams.world.requests).toHaveLength(1);
  });

  test('where nobody listens nothing was delivered', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const silence = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    expect(failureOfSilence(silence).outcome).toEqual({ kind: 'unreachable' });
  });

  test('to a channel where the bot never was is rejected without a request', async () => {
    const elsewhere = { ...channel(), channel: '19:other@thread.tacv2' };
    expect(await outcomeOf(bench.edge.poster.post(elsewhere, say('x'), 'n1'))).toEqual({
      kind: 'rejected',
      why: 'botNotInChannel',
    });
    expect(bench.teams.world.requests).toEqual([]);
  });

  test('an edit of a message that is gone says so', async () => {
    const ref = await post();
    bench.teams.world.messages.length = 0;
    expect(await outcomeOf(bench.edge.poster.update(ref, say('x')))).toEqual({ kind: 'rejected', why: 'messageGone' });
  });
});

describe('people', () => {
  test('a full member has a verified address', async () => {
    expect(await bench.edge.poster.profile(identity(OLIVIA))).toEqual({
      name: 'Olivia Park',
      email: 'olivia@acme.example',
      emailVerified: true,
      standing: 'full',
    });
  });

  test('a guest is known as one, and their address is not vouched for', async () => {
    expect(await bench.edge.poster.profile(identity(GUS))).toMatchObject({ standing: 'guest', emailVerified: false });
  });

  test('nobody is found under an unknown id or address', async () => {
    expect(await bench.edge.poster.profile(identity('00000000-0000-4000-8000-00000000dead'))).toBeUndefined();
    expect(await bench.edge.poster.findByEmail(bench.teams.world.tenant, 'who@acme.example')).toBeUndefined();
  });

  test('an address is found in the rosters, in any case', async () => {
    expect(await bench.edge.poster.findByEmail(bench.teams.world.tenant, 'Mia@Acme.example')).toEqual(identity(MIA));
  });
});

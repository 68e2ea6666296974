import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Rates } from '../../../src/chat/port.js';
import { RATES as SLACK_RATES } from '../../../src/chat/slack/rates.js';
import { RATES as TEAMS_RATES } from '../../../src/chat/teams/rates.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { enqueue, type Notice } from '../../../src/notices/outbox/outbox.js';
import { spacingOf } from '../../../src/notices/outbox/spacing.js';
import { useDatabase } from '../../support/database.js';
import { type Call, channelsOf, type FiftyTeams, startFiftyTeams } from './fifty-teams.js';

useDatabase();

const START = new Date('2026-11-22T12:00:00Z').getTime();

describe('what is made of documented rates', () => {
  const cases = [
    ...[SLACK_RATES.post, SLACK_RATES.edit!, TEAMS_RATES.post].flatMap(({ conversation, team }) => [
      conversation,
      team,
    ]),
    [{ most: 24, inMs: 60_000 }],
  ].filter((rates) => rates.length > 0);

  test.each(cases)('no window ever holds more, and nine tenths of the slowest are used: %j', (...rates) => {
    const { burst, everyMs } = spacingOf(rates)!;
    const lastMs = Math.max(...rates.map(({ inMs }) => inMs)) * 3;
    const sentAt = [...Array.from({ length: burst }, () => 0)];
    for (let at = everyMs; at < lastMs; at += everyMs) sentAt.push(at);
    for (const { most, inMs } of rates) {
      for (const from of sentAt.slice(0, 200)) {
        expect(sentAt.filter((at) => at >= from && at < from + inMs).length).toBeLessThanOrEqual(most);
      }
    }
    const slowest = Math.min(...rates.map(({ most, inMs }) => most / inMs));
    expect(1 / everyMs).toBeGreaterThanOrEqual(0.9 * slowest);
  });
});

/** Of a team, as the test configures it: less than the platforms take, so that a minute is short. */
const MOST = 24;
const RATES: Rates = {
  post: { conversation: [{ most: 1, inMs: 1_000 }], team: [{ most: MOST, inMs: 60_000 }] },
};
const TICKS = Array.from({ length: 60 }, (_, second) => second * 1_000);
const RETRY_AFTER = 9;
const ALERTS_AT = 20_000;

type Seen = Call & { ms: number };

describe('a thousand channels in fifty teams, by two replicas', () => {
  let fifty: FiftyTeams;

  beforeAll(async () => {
    fifty = await startFiftyTeams(RATES);
  });

  afterAll(() => fifty.stop());

  // Without the team's gate in `gatesOf`, or without `closeGate` where a replica was refused, it fails.
  test('every rate and every Retry-After is kept, nine tenths of each budget are used, alerts go first', async () => {
    const { posters, teams } = fifty;
    const log = { warn: () => undefined, error: () => undefined };
    const replicas = [createDispatcher({ posters, log }), createDispatcher({ posters, log })];
    await enqueue(
      teams.flatMap((team) =>
        channelsOf(team).flatMap((to) => [1, 2].map((n) => notice(team, to, `summary ${to} ${n}`))),
      ),
    );
    const calls: Seen[] = [];
    for (const ms of TICKS) {
      if (ms === ALERTS_AT)
        await enqueue(teams.map((team) => ({ ...notice(team, channelsOf(team)[7]!, `alert ${team}`), urgent: true })));
      if (ms === 5_000 || ms === 35_000) fifty.refuseNext(RETRY_AFTER);
      await Promise.all(replicas.map((replica) => replica.runOnce(new Date(START + ms))));
      calls.push(...fifty.look().map((call) => ({ ms, ...call })));
    }
    expect(calls.filter(({ limited }) => limited).length).toBe(40);
    for (const team of teams) expectKept(calls.filter((call) => call.team === team));
    for (const channel of teams.flatMap(channelsOf)) {
      const times = calls.filter((call) => call.channel === channel && !call.limited).map(({ ms }) => ms);
      expect(times.filter((ms, i) => i > 0 && ms - times[i - 1]! < 1_000)).toEqual([]);
    }
  }, 120_000);
});

/** All calls to one team in the minute. What is sent at the moment of a refusal was on its way. */
function expectKept(calls: readonly Seen[]): void {
  const refusedAt = calls.filter(({ limited }) => limited).map(({ ms }) => ms);
  const isClosed = (ms: number) => refusedAt.some((from) => ms > from && ms < from + RETRY_AFTER * 1_000);
  expect(calls.filter(({ ms }) => isClosed(ms))).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(MOST);
  const openSeconds = TICKS.filter((ms) => !isClosed(ms)).length;
  expect(calls.length / ((MOST * openSeconds) / 60)).toBeGreaterThanOrEqual(0.9);
  const alert = calls.find(({ id }) => id?.startsWith('alert'));
  expect(alert).toBeDefined();
  // Of two replicas that ask for the team's turn in the same moment either may be first.
  expect(calls.filter(({ ms, limited }) => ms > ALERTS_AT && ms < alert!.ms && !limited).length).toBeLessThanOrEqual(1);
}

function notice(team: string, channel: string, id: string): Notice {
  const [platform, tenant = ''] = team.split(':');
  return {
    id,
    account: 'acc_1',
    to: { channel: { platform: platform === 'slack' ? 'slack' : 'teams', tenant, channel } },
    card: { name: 'test', parts: [{ part: 'text', text: [id] }] },
  };
}

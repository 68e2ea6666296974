import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChannelChange } from '../../src/chat/channel-change.js';
import { slackManifest } from '../../manifests/slack-manifest.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { useDatabase } from '../support/database.js';
import { Bench as SlackBench } from './slack/harness.js';
import { Bench as TeamsBench, MARKETING, OLIVIA } from './teams/harness.js';

useDatabase();

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** What an edge told, without when. */
const told = (changes: readonly ChannelChange[]) =>
  changes.map(({ at, ...change }) => {
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
    return change;
  });

describe('Slack tells of its channels', () => {
  async function openSlack(onChannelChange: (change: ChannelChange) => Promise<void>) {
    const bench = await SlackBench.start({}, () => ({ onChannelChange }));
    stop = () => bench.stop();
    return bench;
  }

  const C0MARK = { platform: 'slack', tenant: 'T02', channel: 'C0MARK' };

  test.each<[string, { [field: string]: string | { id: string; name: string } }, object]>([
    ['channel_rename', { channel: { id: 'C0MARK', name: 'growth' } }, { what: 'renamed', name: 'growth' }],
    ['group_rename', { channel: { id: 'C0MARK', name: 'deals' } }, { what: 'renamed', name: 'deals' }],
    ['channel_archive', { channel: 'C0MARK', user: 'U0OLIVIA' }, { what: 'gone' }],
    ['group_archive', { channel: 'C0MARK', user: 'U0OLIVIA' }, { what: 'gone' }],
    ['channel_deleted', { channel: 'C0MARK' }, { what: 'gone' }],
    ['channel_left', { channel: 'C0MARK' }, { what: 'botRemoved' }],
    ['group_left', { channel: 'C0MARK' }, { what: 'botRemoved' }],
  ])('%s', async (type, event, what) => {
    const changes: ChannelChange[] = [];
    const { slack, edge } = await openSlack(async (change) => void changes.push(change));
    expect(await slack.event({ type, ...event })).toMatchObject({ status: 200 });
    await edge.stop();
    expect(told(changes)).toEqual([{ ...C0MARK, ...what }]);
    const { bot_events: subscribed } = slackManifest('https://workspaces.test', COMMANDS).settings.event_subscriptions;
    expect(subscribed).toContain(type);
  });

  test('who comes in is told of the bot alone', async () => {
    const changes: ChannelChange[] = [];
    const { slack, edge } = await openSlack(async (change) => void changes.push(change));
    for (const user of ['U0OLIVIA', slack.world.bot]) {
      await slack.event({ type: 'member_joined_channel', channel: 'C0MARK', user });
    }
    await edge.stop();
    expect(told(changes)).toEqual([{ ...C0MARK, what: 'botAdded' }]);
  });

  test('what cannot be followed is acknowledged and logged', async () => {
    const bench = await openSlack(() => Promise.reject(new Error('no database')));
    expect(await bench.slack.event({ type: 'channel_archive', channel: 'C0MARK' })).toMatchObject({ status: 200 });
    await bench.edge.stop();
    expect(bench.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: "a channel's change could not be followed" }),
    );
  });
});

describe('Teams tells of its channels', () => {
  const TEAM = '19:team@thread.tacv2';
  const SALES = '19:sales@thread.tacv2';

  async function openTeams() {
    const bench = await TeamsBench.start();
    stop = () => bench.stop();
    const { tenant } = bench.teams.world;
    const where = (channel: string) => ({ platform: 'teams', tenant, channel });
    const update = (eventType: string, channel?: { id: string; name?: string }) =>
      bench.teams.send({
        ...bench.teams.envelope('conversationUpdate', OLIVIA, TEAM),
        conversation: { id: TEAM, conversationType: 'channel', tenantId: tenant },
        channelData: { tenant: { id: tenant }, team: { id: TEAM }, eventType, ...(channel && { channel }) },
      });
    return { bench, where, update };
  }

  test('renamed and deleted', async () => {
    const { bench, where, update } = await openTeams();
    expect(await update('channelRenamed', { id: SALES, name: 'Sales UK' })).toMatchObject({ status: 200 });
    await update('channelDeleted', { id: SALES, name: 'Sales UK' });
    await update('teamRenamed');
    expect(told(bench.changes)).toEqual([
      { ...where(SALES), what: 'renamed', name: 'Sales UK' },
      { ...where(SALES), what: 'gone' },
    ]);
  });

  test('an archived team: all of its channels are gone', async () => {
    const { bench, where, update } = await openTeams();
    await bench.teams.say(OLIVIA, 'help', { conversation: MARKETING });
    await update('teamArchived');
    expect(told(bench.changes)).toEqual([TEAM, MARKETING].map((id) => ({ ...where(id), what: 'gone' })));
  });

  test('the app is added to a channel, and taken out of a team with all of its channels', async () => {
    const { bench, where } = await openTeams();
    await bench.teams.install(OLIVIA, MARKETING);
    await bench.teams.install(OLIVIA, MARKETING, 'remove');
    const { tenant } = bench.teams.world;
    expect(told(bench.changes)).toEqual([
      { ...where(MARKETING), what: 'botAdded' },
      { ...where(MARKETING), what: 'botRemoved' },
      { ...where(TEAM), what: 'botRemoved' },
    ]);
    expect(await bench.edge.poster.botInChannel(tenant, MARKETING)).toBe(false);
  });
});

import { once as event } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setPolicy } from '../../../src/workspace/policies.js';
import { suspendMember } from '../../../src/workspace/suspension.js';
import { useOffice } from '../../commands/harness.js';
import { readCard } from '../../e2e/teams-card.js';
import type { Json } from '../../fakes/slack/world.js';
import { MIA as MIA_IN_SLACK, TEAM } from '../../support/acme.js';
import { insertTeams } from '../../support/many-workspaces.js';
import { ADAM, Bench, GUS, MARKETING, MIA, OLIVIA, onTeamsToo } from './harness.js';

/** The home card and the message extension, as activities with Microsoft's token, answered by the real commands. */

const office = useOffice();
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start();
  bench.answer = (invocation) => office().dispatch({ ...invocation, at: office().at });
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.teams.world.messages.length = 0;
  const { account, adam, mia } = office().acme;
  await onTeamsToo(bench.teams, account, OLIVIA, { [adam.id]: ADAM, [mia.id]: MIA });
});

const wordsOf = (card: unknown) => readCard(JSON.parse(JSON.stringify(card)) as Json).lines.join('\n');
const seen = (user: string, conversation?: string) =>
  bench.teams.seen(user, conversation).map((shown) => wordsOf(shown.card));

/** The card, in the personal chat where no other is named, once it says so, which may be after the click was answered. */
async function once(user: string, words: RegExp, conversation?: string): Promise<string> {
  for (;;) {
    const found = seen(user, conversation).find((card) => words.test(card));
    if (found) return found;
    await event(bench.teams.world.changes, 'shown');
  }
}

describe('a balance that was asked for in a channel', () => {
  test('is shared there, though its private card stands in the personal chat', async () => {
    await bench.teams.say(MIA, 'balance', { conversation: MARKETING });
    expect(await once(MIA, /Marketing has £0\.00\./)).toContain('[Share]');
    await bench.teams.click(MIA, 'Share');
    expect(await once(MIA, /Shared by Mia\./, MARKETING)).toMatch(/Marketing has £0\.00\./);
    expect(seen(MIA).join('\n')).not.toContain('Shared by');
  });

  test('is shared nowhere that the person is not in, nor offered where only they would see it', async () => {
    await bench.teams.say(MIA, 'balance');
    expect(seen(MIA).join('\n')).not.toContain('[Share]');
    const before = bench.teams.world.messages.length;
    const { answer } = bench;
    bench.answer = async () => ({ kind: 'open', card: { name: 'x', parts: [] }, where: '19:elsewhere@thread.tacv2' });
    await bench.teams.say(MIA, 'balance');
    bench.answer = answer;
    expect(bench.teams.world.messages.slice(before)).toHaveLength(1);
    expect(seen(MIA).at(-1)).toMatch(/^Nothing was shared/);
  });
});

test('a channel for notices is chosen among those that the person and the bot are in', async () => {
  const { acme } = office();
  acme.chat.channels = async (person) => (await bench.edge.poster.channels?.(person)) ?? [];
  acme.chat.channelName = async (tenant, channel) => bench.edge.poster.channelName?.(tenant, channel);
  await bench.teams.say(OLIVIA, 'balance', { conversation: MARKETING });
  await bench.teams.say(OLIVIA, 'channel');
  await bench.teams.click(OLIVIA, 'Choose a channel');
  await once(OLIVIA, /I have to be in it\./);
  expect(JSON.stringify(bench.teams.seen(OLIVIA).at(-1)?.card)).toContain(
    `{"title":"#marketing","value":"${MARKETING}"}`,
  );
  await bench.teams.submit(OLIVIA, 'Choose', { channel: MARKETING });
  expect(await once(OLIVIA, /go to #marketing now/)).toContain('I told the channel.');
  expect(acme.chat.posts.at(-1)).toMatchObject({ to: { platform: 'teams', channel: MARKETING } });
});

describe('the home card', () => {
  test.each([
    ['when the app is added', (user: string) => bench.teams.install(user, bench.teams.world.directOf(user).id)],
    ['on help', (user: string) => bench.teams.say(user, 'help')],
  ])('stands in the personal chat %s, and takes a decision there', async (_when, arrive) => {
    await office().type(MIA_IN_SLACK, 'invite nina@acme.com');
    await arrive(ADAM);
    expect(seen(ADAM)).toEqual([
      expect.stringMatching(/Marketing is active[^]*1 request waits for you\.[^]*Mia asks to invite nina@acme\.com/),
    ]);
    await bench.teams.click(ADAM, 'Approve');
    expect(await once(ADAM, /Approved\. The person who asked is told\./)).not.toContain('nina');
    expect(seen(ADAM)).toHaveLength(1);
  });

  test('says what somebody asked, who takes it back there', async () => {
    await office().type(MIA_IN_SLACK, 'invite nina@acme.com');
    await bench.teams.say(MIA, 'help');
    expect(seen(MIA)[0]).toMatch(/1 request of yours waits for an answer\.[^]*You asked to invite nina@acme\.com/);
    await bench.teams.click(MIA, 'Take back');
    expect(await once(MIA, /Taken back\./)).not.toContain('nina');
    expect(seen(MIA)).toHaveLength(1);
  });
});

interface Result {
  type: string;
  text?: string;
  attachments?: { content: unknown; preview: { content: { title: string; text: string } } }[];
}

describe('the message extension', () => {
  async function search(user: string, typed = '', where: { conversation?: string; skip?: number } = {}) {
    const { status, json } = await bench.teams.search(user, typed, where);
    expect(status).toBe(200);
    return json?.composeExtension as Result;
  }
  const titles = ({ attachments }: Result) => attachments?.map(({ preview }) => preview.content.title);

  test('lists the workspaces of who opens it, wherever that is, with cards that need no bot', async () => {
    const found = await search(OLIVIA, '', { conversation: '19:elsewhere@thread.v2' });
    expect(found).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    expect(titles(found)).toEqual(['Marketing', 'Support']);
    const [marketing] = found.attachments ?? [];
    expect(marketing?.preview.content.text).toMatch(/^£0\.00 · .*primary owner$/i);
    expect(wordsOf(marketing?.content)).toMatch(/Marketing has £0\.00\.[^]*Shared by Olivia\./);
    expect(readCard(JSON.parse(JSON.stringify(marketing?.content)) as Json).buttons).toEqual([]);
  });

  test.each([
    ['a part of the name', OLIVIA, 'supp', {}, ['Support']],
    ['the second page', OLIVIA, '', { skip: 1 }, ['Support']],
    ['only what the person is in', MIA, '', {}, ['Marketing']],
  ])('finds by %s', async (_what, user, typed, where, names) => {
    expect(titles(await search(user, typed, where))).toEqual(names);
  });

  test.each([
    ['a workspace of others', MIA, 'Support', /You are in no workspace called “Support”/],
    ['a near miss', OLIVIA, 'Marketting', /Did you mean Marketing\?/],
    ['a guest', GUS, '', /full member of Acme/],
  ])('says why it finds nothing: %s', async (_what, user, typed, words) => {
    const told = await search(user, typed);
    expect(told).toEqual({ type: 'message', text: expect.stringMatching(words) });
    expect(told.text).not.toContain('[');
  });

  test('leaves out where somebody is suspended, and what a policy keeps to another chat', async () => {
    const { account, marketing, support, olivia, mia } = office().acme;
    const change = { account: account.id, by: olivia.id, at: office().at };
    await suspendMember({ ...change, workspace: marketing.id, person: mia.id });
    expect(await search(MIA)).toMatchObject({ type: 'message' });
    await setPolicy({ ...change, account, workspace: support.id, key: 'allowedTenants', value: [`slack:${TEAM}`] });
    expect(titles(await search(OLIVIA))).toEqual(['Marketing']);
  });

  test('posts nothing, and does not make the bot believe it is where it was used', async () => {
    await search(MIA, '', { conversation: MARKETING });
    expect(bench.teams.seen(MIA, MARKETING)).toEqual([]);
    expect(await bench.edge.poster.botInChannel(bench.teams.world.tenant, MARKETING)).toBe(false);
  });

  test('is refused what is no search of ours, and what has no genuine token', async () => {
    const envelope = bench.teams.envelope('invoke', MIA, MARKETING);
    const activity = { ...envelope, name: 'composeExtension/query', value: { commandId: 'other' } };
    expect((await bench.teams.send(activity)).status).toBe(400);
    const forged = { ...activity, value: { commandId: 'workspaces' } };
    expect((await bench.teams.send(forged, 'Bearer forged')).status).toBe(401);
  });
});

describe('a form for more than a picker can offer', () => {
  test('searches, in what its reader may choose', async () => {
    const { account, olivia, marketing } = office().acme;
    await insertTeams(account.id, olivia.id, 20);
    await bench.teams.say(OLIVIA, 'move');
    const [, dataset = ''] = /"dataset":"([^"]+)"/.exec(JSON.stringify(bench.teams.seen(OLIVIA).at(-1)?.card)) ?? [];
    expect(dataset).toBe(`choices/transfer/to/${marketing.id}`);
    const found = async (user: string, of: string, typed?: string) => {
      const { status, json } = await bench.teams.choices(user, of, typed);
      expect(status).toBe(200);
      return (json!.value as { results: { title: string }[] }).results.map(({ title }) => title);
    };
    expect(await found(OLIVIA, dataset)).toHaveLength(15);
    expect(await found(OLIVIA, dataset, 'team 0019')).toEqual(['Team 0019']);
    expect(await found(MIA, dataset, 'team')).toEqual([]);
    expect(await found(OLIVIA, `choices/transfer/nothing/${marketing.id}x`)).toEqual([]);
    expect((await bench.teams.choices(OLIVIA, 'graph.microsoft.com/users', 'a')).status).toBe(400);
  });
});

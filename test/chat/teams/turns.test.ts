import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Form } from '../../../src/cards/card.js';
import { useDatabase } from '../../support/database.js';
import { ADAM, Bench, CREW, MARKETING, MIA, OLIVIA, say, wordsOf } from './harness.js';

useDatabase();

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.start();
});
afterEach(() => bench.stop());

const inviteForm = (error?: string): Form => ({
  name: 'invite',
  title: 'Invite',
  submit: 'Send',
  intro: ['Who joins?'],
  call: { command: 'invite', args: { role: 'member' } },
  fields: [
    { name: 'who', label: 'Who', input: 'person', ...(error ? { error } : {}) },
    { name: 'note', label: 'Note', input: 'line', optional: true, initial: 'hello' },
  ],
});

const button = (label: string, command = 'again') => ({
  part: 'buttons' as const,
  buttons: [{ label, call: { command, args: { n: 1 }, workspace: 'ws_1', key: 'k1' } }],
});

describe('typed words', () => {
  test.each(['@Workspace', 'group'])(
    'in a channel or group the mention of the bot and /workspace are left out (%s)',
    async (kind) => {
      const conversation = kind === 'group' ? CREW : MARKETING;
      await bench.teams.say(OLIVIA, '/workspace invite @Mia as &quot;admin&quot;', { conversation });
      expect(bench.invocations[0]?.ask).toEqual({
        typed: [
          'invite ',
          { person: { platform: 'teams', tenant: bench.teams.world.tenant, user: MIA }, name: 'Mia Chen' },
          ' as "admin"',
        ],
      });
      expect(bench.invocations[0]?.place).toMatchObject({
        kind: kind === 'group' ? 'group' : 'channel',
        channel: conversation,
      });
    },
  );

  test('in a thread the place is the channel itself', async () => {
    await bench.teams.say(OLIVIA, 'help', { conversation: `${MARKETING};messageid=1700` });
    expect(bench.invocations[0]?.place.channel).toBe(MARKETING);
  });

  test('a private answer to a channel goes to the personal chat, with a pointer in the thread', async () => {
    await bench.teams.say(OLIVIA, 'balance', { conversation: MARKETING });
    expect(bench.teams.seen(OLIVIA).map(wordsOf)).toEqual([expect.stringContaining('Hello.')]);
    const [pointer] = bench.teams.seen(OLIVIA, MARKETING);
    expect(wordsOf(pointer)).toContain("Olivia Park: I've answered you privately.");
    expect(wordsOf(pointer)).not.toContain('Hello.');
  });

  test('whoever has no personal chat with the bot is told in the thread how to get one', async () => {
    bench.teams.world.users.set(OLIVIA, { user: OLIVIA, name: 'Olivia Park', unreachable: true });
    await bench.teams.say(OLIVIA, 'balance', { conversation: MARKETING });
    expect(wordsOf(bench.teams.seen(OLIVIA, MARKETING)[0])).toContain('press Add, then ask me again');
  });

  test('an open answer stays in the thread where it was asked', async () => {
    bench.answer = async () => ({ kind: 'open', card: say('Bound.') });
    const thread = `${MARKETING};messageid=1700`;
    await bench.teams.say(OLIVIA, 'channel bind', { conversation: thread });
    expect(bench.teams.seen(OLIVIA, thread).map(wordsOf)).toEqual([expect.stringContaining('Bound.')]);
  });

  test('the same delivery twice, also at once, is one turn', async () => {
    const again = { id: 'same-activity' };
    await Promise.all([bench.teams.say(OLIVIA, 'topup 10', again), bench.teams.say(OLIVIA, 'topup 10', again)]);
    await bench.teams.say(OLIVIA, 'topup 10', again);
    expect(bench.invocations).toHaveLength(1);
  });

  test('two people who write in the same millisecond are both heard', async () => {
    const same = { id: '1763300000000' };
    await bench.teams.say(OLIVIA, 'balance', same);
    await bench.teams.say(ADAM, 'balance', same);
    expect(bench.invocations).toHaveLength(2);
    expect(new Set(bench.invocations.map(({ delivery }) => delivery)).size).toBe(2);
  });

  test('an outage gets an apology with the reference that the log has', async () => {
    bench.answer = async () => {
      throw new Error('secret detail');
    };
    const answered = await bench.teams.say(OLIVIA, 'balance');
    const reference = bench.invocations[0]!.reference;
    expect(answered).toMatchObject({ status: 200, text: '' });
    expect(wordsOf(bench.teams.seen(OLIVIA)[0])).toContain(reference);
    expect(wordsOf(bench.teams.seen(OLIVIA)[0])).not.toContain('secret detail');
    expect(bench.logged.join()).toContain(reference);
  });
});

describe('buttons', () => {
  test('a click carries its call, and a replacing answer edits the clicked card', async () => {
    bench.answer = async ({ ask }) =>
      'clicked' in ask
        ? { kind: 'private', card: say('Switched.'), replace: true }
        : { kind: 'private', card: say('Pick', { parts: [button('Switch')] }) };
    await bench.teams.say(OLIVIA, 'list');
    const answered = await bench.teams.click(OLIVIA, 'Switch');
    expect(bench.invocations[1]?.ask).toEqual({
      clicked: { command: 'again', args: { n: 1 }, workspace: 'ws_1', key: 'k1' },
    });
    expect(bench.teams.seen(OLIVIA)).toHaveLength(1);
    expect(bench.teams.seen(OLIVIA)[0]).toMatchObject({ edits: 1 });
    expect(wordsOf(bench.teams.seen(OLIVIA)[0])).toContain('Switched.');
    expect(answered.json).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(JSON.stringify(answered.json)).not.toContain('refresh');
  });

  test('a private answer to a click in a channel points there without another post', async () => {
    await bench.teams.say(MIA, 'hello', { conversation: MARKETING });
    await bench.edge.poster.post(
      { kind: 'channel', platform: 'teams', tenant: bench.teams.world.tenant, channel: MARKETING },
      say('Low', { parts: [button('Top up')] }),
      'n1',
    );
    const before = bench.teams.seen(ADAM, MARKETING).length;
    const answered = await bench.teams.click(ADAM, 'Top up', { conversation: MARKETING });
    expect(answered.json).toMatchObject({ statusCode: 200, value: "I've answered you privately." });
    expect(bench.teams.seen(ADAM, MARKETING)).toHaveLength(before);
    expect(bench.teams.seen(ADAM).map(wordsOf)).toEqual([expect.stringContaining('Hello.')]);
  });

  test('data that no button of ours carries is 400', async () => {
    const activity = {
      ...bench.teams.envelope('invoke', OLIVIA, bench.teams.world.directOf(OLIVIA).id),
      name: 'adaptiveCard/action',
      value: { action: { data: { call: { command: 'x', args: { $where: () => 1 } }, evil: true } } },
    };
    expect((await bench.teams.send({ ...activity, value: { action: { data: { nothing: 1 } } } })).status).toBe(400);
    expect(bench.invocations).toEqual([]);
  });
});

describe('forms', () => {
  beforeEach(() => {
    bench.answer = async ({ ask }) => {
      if (!('submitted' in ask)) return { kind: 'form', form: inviteForm() };
      if (ask.fields['who'] === 'nobody') return { kind: 'form', form: inviteForm('Nobody is called so.') };
      return { kind: 'private', card: say('Invited.') };
    };
  });

  test('in the personal chat the form is a card, and becomes the answer', async () => {
    await bench.teams.say(OLIVIA, 'invite');
    await bench.teams.submit(OLIVIA, 'Send', { who: 'nobody' });
    expect(wordsOf(bench.teams.seen(OLIVIA)[0])).toContain('Nobody is called so.');
    await bench.teams.submit(OLIVIA, 'Send', { who: MIA });
    expect(bench.invocations[2]?.ask).toEqual({
      submitted: { command: 'invite', args: { role: 'member' } },
      fields: { who: `teams:${bench.teams.world.tenant}:${MIA}`, note: 'hello' },
    });
    expect(bench.teams.seen(OLIVIA).map(wordsOf)).toEqual([expect.stringContaining('Invited.')]);
  });

  test.each([
    ['an e-mail address', 'MIA@acme.example'],
    ['a name', 'mia chen'],
  ])('%s of somebody in the roster stands for the person', async (_name, who) => {
    await bench.teams.say(OLIVIA, 'invite');
    await bench.teams.submit(OLIVIA, 'Send', { who });
    expect(bench.invocations[1]?.ask).toMatchObject({ fields: { who: `teams:${bench.teams.world.tenant}:${MIA}` } });
  });

  test('in a channel a button opens it as a dialog, for the one who asked', async () => {
    await bench.teams.say(OLIVIA, 'invite', { conversation: MARKETING });
    const notHers = await bench.teams.openDialog(ADAM, 'Open the form', MARKETING);
    expect(notHers.json?.task).toMatchObject({ type: 'message' });
    const opened = await bench.teams.openDialog(OLIVIA, 'Open the form', MARKETING);
    expect(opened.json?.task).toMatchObject({ type: 'continue', value: { title: 'Invite' } });
    const again = await bench.teams.submitDialog(OLIVIA, opened, { who: 'nobody' }, MARKETING);
    expect(JSON.stringify(again.json)).toContain('Nobody is called so.');
    const done = await bench.teams.submitDialog(OLIVIA, again, { who: MIA }, MARKETING);
    expect(JSON.stringify(done.json)).toContain('Invited.');
    expect(bench.teams.seen(OLIVIA)).toEqual([]);
  });
});

describe('a form for several colleagues', () => {
  const several: Form = {
    ...inviteForm(),
    fields: [
      { name: 'colleagues', label: 'Colleagues', input: 'people' },
      { name: 'to', label: 'To', input: 'choice', options: [{ value: 'ws_1', label: 'Sales' }], searched: true },
    ],
  };
  const person = (user: string) => `teams:${bench.teams.world.tenant}:${user}`;

  test("takes the directory's picks, names and addresses, and keeps what nobody is called", async () => {
    bench.answer = async () => ({ kind: 'form', form: several });
    await bench.teams.say(OLIVIA, 'invite');
    await bench.teams.submit(OLIVIA, 'Send', { colleagues: `${MIA},${ADAM}` });
    await bench.teams.submit(OLIVIA, 'Send', { colleagues: 'Mia Chen, ADAM@acme.example; Zed' });
    expect(bench.invocations.slice(1).map(({ ask }) => ask)).toMatchObject([
      { fields: { colleagues: `${person(MIA)},${person(ADAM)}` } },
      { fields: { colleagues: `${person(MIA)},${person(ADAM)},Zed` } },
    ]);
  });

  test('is the same as a dialog, where pickers search too', async () => {
    bench.answer = async () => ({ kind: 'form', form: several });
    await bench.teams.say(OLIVIA, 'invite', { conversation: MARKETING });
    const opened = await bench.teams.openDialog(OLIVIA, 'Open the form', MARKETING);
    const drawn = JSON.stringify(opened.json);
    expect(drawn).toContain('"isMultiSelect":true');
    expect(drawn).toContain('"dataset":"choices/invite/to"');
    await bench.teams.submitDialog(OLIVIA, opened, { colleagues: `${MIA},${ADAM}` }, MARKETING);
    expect(bench.invocations[1]?.ask).toMatchObject({ fields: { colleagues: `${person(MIA)},${person(ADAM)}` } });
  });
});

describe('installing', () => {
  test('a person is greeted with their home card', async () => {
    await bench.teams.install(OLIVIA, bench.teams.world.directOf(OLIVIA).id);
    expect(bench.invocations.map(({ ask }) => ask)).toEqual([{ home: true }]);
  });

  test('a channel is told what the bot is for; removed from it, the bot no longer posts there', async () => {
    const { tenant } = bench.teams.world;
    await bench.teams.install(OLIVIA, MARKETING);
    expect(wordsOf(bench.teams.seen(OLIVIA, MARKETING)[0])).toContain('channel bind');
    expect(await bench.edge.poster.botInChannel(tenant, MARKETING)).toBe(true);
    await bench.teams.install(OLIVIA, MARKETING, 'remove');
    expect(await bench.edge.poster.botInChannel(tenant, MARKETING)).toBe(false);
  });
});

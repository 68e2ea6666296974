import { expect, test } from '@jest/globals';
import type { Form } from '../../../src/cards/card.js';
import { words } from '../../fakes/slack/words.js';
import { useDatabase } from '../../support/database.js';
import { type Bench, say, useBench } from './harness.js';

useDatabase();
const bench = useBench();

const INVITE: Form = {
  name: 'invite',
  title: 'Invite somebody',
  submit: 'Invite',
  call: { command: 'invite', args: { licence: 'standard' }, workspace: 'ws_1', key: 'k_1' },
  fields: [
    { name: 'who', label: 'Who', input: 'person' },
    {
      name: 'role',
      label: 'Role',
      input: 'choice',
      initial: 'member',
      options: [
        { value: 'member', label: 'Member' },
        { value: 'admin', label: 'Admin' },
      ],
    },
    { name: 'note', label: 'Note', input: 'lines', optional: true, maxLength: 200 },
  ],
};

/** Opens the form; what is submitted gets this answer. */
async function openInvite(of: Bench, submitted: Bench['answer']): Promise<void> {
  of.answer = async (invocation) =>
    'submitted' in invocation.ask ? submitted(invocation) : { kind: 'form', form: INVITE };
  await of.slack.command('U0OLIVIA', 'invite', { channel: 'C0MARK' });
  expect((await of.slack.privateTo('U0OLIVIA')).kind).toBe('modal');
}

test('a submitted form brings its call, its values and where it was opened', async () => {
  await openInvite(bench.current, async () => say('Invited.'));
  await bench.current.slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(bench.current.invocations[1]).toMatchObject({
    ask: { submitted: INVITE.call, fields: { who: 'slack:T02:U0ADAM', role: 'member', note: '' } },
    place: { channel: 'C0MARK', kind: 'channel' },
    sender: { user: 'U0OLIVIA' },
  });
});

test('several colleagues are picked at once, and those who were stay picked in a form that is drawn anew', async () => {
  const several = (initial?: string): Form => ({
    ...INVITE,
    fields: [{ name: 'colleagues', label: 'Colleagues', input: 'people', ...(initial && { initial }) }],
  });
  const { slack, invocations } = bench.current;
  const picked = 'slack:T02:U0ADAM,slack:T02:U0GUEST';
  bench.current.answer = async () => ({ kind: 'form', form: several(picked) });
  await slack.command('U0OLIVIA', 'invite', { channel: 'C0MARK' });
  await slack.privateTo('U0OLIVIA');
  await slack.submit('U0OLIVIA', {});
  await slack.submit('U0OLIVIA', { colleagues: 'U0GUEST' });
  expect(invocations.slice(1).map(({ ask }) => ask)).toEqual([
    { submitted: INVITE.call, fields: { colleagues: picked } },
    { submitted: INVITE.call, fields: { colleagues: 'slack:T02:U0GUEST' } },
  ]);
});

test('a quick answer stands in the place of the form', async () => {
  await openInvite(bench.current, async () => say('Invited.'));
  const ack = await bench.current.slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(ack.body).toMatchObject({ response_action: 'update' });
  expect(words(await bench.current.slack.privateTo('U0OLIVIA'))).toBe('Invited.');
});

test('what is wrong with a field stands beside it, and the modal stays', async () => {
  const wrong: Form = {
    ...INVITE,
    fields: INVITE.fields.map((field) =>
      field.name === 'who' ? { ...field, error: 'Adam is a member already.' } : field,
    ),
  };
  await openInvite(bench.current, async () => ({ kind: 'form', form: wrong }));
  const ack = await bench.current.slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(ack.body).toEqual({ response_action: 'errors', errors: { who: 'Adam is a member already.' } });
  expect(bench.current.slack.modalOf('U0OLIVIA')).toBeDefined();
});

test('a slow answer is awaited in the modal, and then stands there', async () => {
  let finish: (() => void) | undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  await openInvite(bench.current, async () => {
    await finished;
    return say('Invited at last.');
  });
  const { slack } = bench.current;
  const ack = await slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(ack.body).toMatchObject({ response_action: 'update' });
  expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Working on it');
  finish?.();
  expect(words(await slack.privateTo('U0OLIVIA'))).toBe('Invited at last.');
});

test('a slow answer reaches the person where they asked, if they closed the modal', async () => {
  const { slack } = bench.current;
  await openInvite(bench.current, async () => {
    await slack.world.until(() => (slack.modalOf('U0OLIVIA') ? undefined : true), 'closed modal');
    return say('Invited at last.');
  });
  await slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  slack.closeModal('U0OLIVIA');
  const answer = await slack.privateTo('U0OLIVIA');
  expect(answer).toMatchObject({ kind: 'ephemeral', channel: 'C0MARK' });
});

test('an open answer closes the modal and is seen by the channel', async () => {
  const { slack } = bench.current;
  await openInvite(bench.current, async () => ({
    kind: 'open',
    card: { name: 'open', parts: [{ part: 'text', text: ['For all.'] }] },
  }));
  const ack = await slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(ack.body).toEqual({ response_action: 'clear' });
  expect(words(await slack.inChannel('C0MARK'))).toBe('For all.');
});

test('a failing command leaves an apology with its reference in the modal', async () => {
  await openInvite(bench.current, async () => {
    throw new Error('away');
  });
  await bench.current.slack.submit('U0OLIVIA', { who: 'U0ADAM' });
  expect(words(await bench.current.slack.privateTo('U0OLIVIA'))).toContain(bench.current.invocations[1]?.reference);
});

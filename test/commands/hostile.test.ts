import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Call } from '../../src/cards/card.js';
import type { Answer } from '../../src/chat/invocation.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { MIA, OLIVIA, slackUser } from '../support/acme.js';
import { callOf, firstLine, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const HOSTILE = [
  '<!channel> <@U0ADAM> @everyone',
  '*bold* _it_ `code` [link](https://evil.test)',
  '<https://evil.test|Approve>',
  '=HYPERLINK("https://evil.test")',
  '‮gnitekraM‬',
  'إدارة التسويق',
  '👩‍👩‍👧‍👦🇬🇧✅',
  'a\u0000b\u0007c\u200Bd',
  '{"$ne": null}',
  '__proto__',
  'constructor',
  "'; DROP TABLE; --",
  'x'.repeat(2_000),
];

function harmless(answer: Answer): void {
  const words = said(answer);
  expect(words).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u200b]/);
  expect(words.length).toBeLessThan(1_500);
  expect(JSON.stringify(answer)).not.toContain('"mention"');
}

describe.each(HOSTILE)('hostile text %#', (text) => {
  test('as a command, an amount, a search, a workspace, a person', async () => {
    for (const typed of [
      text,
      `topup ${text}`,
      `members ${text}`,
      `balance in:"${text}"`,
      `role ${text} admin`,
      `alerts at ${text}`,
      `help ${text}`,
    ]) {
      harmless(await office().type(OLIVIA, typed));
    }
    expect(office().topUps).toEqual([]);
  });

  test('as a name and a reason it stays text', async () => {
    const form = await office().type(OLIVIA, 'create');
    harmless(await office().submit(OLIVIA, form, { name: text }));
    await office().type(MIA, 'create Sales');
    const denied = await office().submit(OLIVIA, await office().type(OLIVIA, 'deny'), { note: text });
    harmless(denied);
    expect((await toldTo({ person: office().acme.mia.id })).every((told) => !/\u202e|\u0000/.test(told))).toBe(true);
  });
});

test("somebody's own name stays a name, of a length to read, wherever it is told", async () => {
  const who = slackUser('U0NAME');
  const name = '<!channel> *Bold* \u202etxeT\u0007\n'.repeat(40);
  office().acme.chat.add(who, { name, email: 'name@acme.com', emailVerified: true, standing: 'full' });
  harmless(await office().type(OLIVIA, 'invite ', { person: who }));
  harmless(await office().type(who, 'join'));
  harmless(await office().type(who, 'me'));
  harmless(await office().type(OLIVIA, 'members'));
  await office().type(who, 'invite nina@acme.com');
  const [told] = await toldTo({ person: office().acme.adam.id });
  expect(told).toMatch(/^<!channel> \*Bold\* txeT <!channel> .{1,60}… asks to invite nina@acme\.com\./);
});

test('a near miss offers what was typed, ready to press', async () => {
  const answer = await office().type(OLIVIA, 'tpoup 100');
  expect(firstLine(answer)).toBe("I don't know “tpoup 100”. Did you mean topup?");
  expect(said(await office().press(OLIVIA, callOf(answer, 'topup')))).toContain('[Pay £100.00]');
});

test('a button of ours with altered arguments is refused or answered, never an outage', async () => {
  const json = fc.jsonValue({ maxDepth: 2 });
  const args = fc.dictionary(
    fc.constantFrom(
      'request',
      'version',
      'amount',
      'person',
      'people',
      'role',
      'name',
      'note',
      'offset',
      'what',
      'key',
      'sure',
      '$where',
      'at',
      'to',
      'undo',
      'policy',
      'value',
      'by',
      'ask',
      'change',
      'retyped',
    ),
    json,
  );
  const names = fc.constantFrom(...COMMANDS.map((command) => command.name));
  await fc.assert(
    fc.asyncProperty(names, args, async (command, given) => {
      const answer = await office().press(OLIVIA, {
        command,
        args: given as Call['args'],
        workspace: office().acme.marketing.id,
      });
      expect(['private', 'open', 'form', 'done']).toContain(answer.kind);
    }),
    { numRuns: 150 },
  );
});

test('a near miss of a long line still fits into its button', async () => {
  const answer = await office().type(OLIVIA, `invte ${'nina@acme.com '.repeat(200)} because ${'x'.repeat(600)}`);
  expect(JSON.stringify(callOf(answer, 'invite')).length).toBeLessThan(2_000);
});

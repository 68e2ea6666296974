import { word } from '../../fakes/slack/json.js';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Card, Chart, Form, Inline, Part } from '../../../src/cards/card.js';
import { DeliveryFailure } from '../../../src/chat/port.js';
import { drawMessage } from '../../../src/chat/slack/draw/card.js';
import { drawForm } from '../../../src/chat/slack/draw/form.js';
import { shorten } from '../../../src/chat/slack/draw/limits.js';
import { literal, mrkdwn } from '../../../src/chat/slack/draw/text.js';
import { blocksOf, faultsOf, viewFaults } from '../../fakes/slack/block-kit.js';
import type { Json } from '../../fakes/slack/world.js';

const plainJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

test('a request reads as the story tells it', () => {
  const card: Card = {
    name: 'request-pending',
    heading: { text: 'Mia asks to invite nina@acme.com.', mood: 'info' },
    parts: [
      { part: 'text', text: ['2 seats free.'] },
      {
        part: 'text',
        text: [
          'By ',
          { mention: { platform: 'slack', tenant: 'T02', user: 'U0MIA' }, name: 'Mia' },
          ', ',
          { time: '2026-11-22T10:00:00Z', show: 'date', zone: 'UTC' },
        ],
        subtle: true,
      },
      {
        part: 'buttons',
        buttons: [{ label: 'Approve', style: 'primary', call: { command: 'approve', args: { id: 'req_1' } } }],
      },
    ],
    foot: { workspace: 'Marketing', balance: '£100.00' },
  };
  expect(drawMessage(card, 'slack')).toEqual({
    text: 'Mia asks to invite nina@acme.com.\n2 seats free.\nBy Mia, 22 Nov 2026\n[Approve]\nMarketing · £100.00',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'ℹ️ Mia asks to invite nina@acme.com.', emoji: false } },
      { type: 'section', text: { type: 'plain_text', text: '2 seats free.', emoji: false } },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'By <@U0MIA>, <!date^1795341600^{date_short}|22 Nov 2026>', verbatim: true },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Approve', emoji: true },
            action_id: 'call:0',
            style: 'primary',
            value: '{"command":"approve","args":{"id":"req_1"}}',
          },
        ],
      },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Marketing · £100.00', emoji: false }] },
    ],
  });
});

test('tables and bars stand in columns', () => {
  const card: Card = {
    name: 'columns',
    parts: [
      {
        part: 'table',
        columns: [{ heading: 'Item' }, { heading: 'Spent', align: 'right' }],
        rows: [
          ['SMS', '£7.00'],
          ['Meetings', '£12.50'],
        ],
      },
      {
        part: 'bars',
        finding: 'Meetings cost most.',
        bars: [
          { label: 'SMS', value: 7, shown: '£7.00' },
          { label: 'Meetings', value: 14, shown: '£14.00' },
          { label: 'Nothing', value: 0, shown: '£0.00' },
        ],
      },
    ],
  };
  const texts = drawMessage(card, 'slack').blocks.map((block) => (block.type === 'section' ? block.text?.text : ''));
  expect(texts).toEqual([
    '```Item       Spent\nSMS        £7.00\nMeetings  £12.50```',
    'Meetings cost most.',
    `\`\`\`SMS       ${'█'.repeat(8)}           £7.00\nMeetings  ${'█'.repeat(16)}  £14.00\nNothing                      £0.00\`\`\``,
  ]);
});

describe('charts', () => {
  const charts: Chart[] = [
    {
      kind: 'columns',
      title: 'Spent each day',
      finding: 'Most on the 3rd.',
      points: [1, 0, 8].map((value, day) => ({ label: `${day + 1}`, value, shown: `£${value}.00` })),
    },
    { kind: 'bars', title: 'By item', finding: 'All to SMS.', points: [{ label: 'SMS', value: 9, shown: '£9.00' }] },
  ];
  const drawn = (picture?: string) =>
    drawMessage({ name: 'c', parts: [{ part: 'chart', charts, ...(picture && { picture }) }] }, 'slack').blocks;

  test('are one picture, whose text says what it shows', () => {
    const picture = 'https://bot.test/picture/x.png';
    expect(drawn(picture)).toEqual([{ type: 'image', image_url: picture, alt_text: 'Most on the 3rd. All to SMS.' }]);
  });

  test.each([undefined, 'http://bot.test/picture/x.png', `https://bot.test/${'x'.repeat(3_000)}`])(
    'are drawn in text where there is no picture to be had: %#',
    (picture) => {
      const texts = drawn(picture).map((block) => (block.type === 'section' ? block.text?.text : block.type));
      expect(texts).toEqual(['Most on the 3rd.', '```▁ █```', 'All to SMS.', expect.stringContaining('SMS')]);
    },
  );
});

test('only https leads anywhere', () => {
  const drawn = (link: string): string => mrkdwn([{ link, label: 'here' }], 3_000, 'slack').text;
  expect(drawn('https://pay.test/a?b=c|d')).toBe('<https://pay.test/a?b=c%7Cd|here>');
  for (const bad of ['javascript:alert(1)', 'http://pay.test/', 'file:///etc/passwd', 'nonsense'])
    expect(drawn(bad)).toBe('here');
});

test('a call that does not fit in a button is refused, never cut', () => {
  const card: Card = {
    name: 'big',
    parts: [
      { part: 'buttons', buttons: [{ label: 'Ask', call: { command: 'ask', args: { text: 'x'.repeat(2_000) } } }] },
    ],
  };
  expect(() => drawMessage(card, 'slack')).toThrow(DeliveryFailure);
});

test('a shortened text keeps whole characters and whole words', () => {
  expect(shorten('short', 10)).toBe('short');
  expect(shorten('some words that go on', 12)).toBe('some words…');
  expect(shorten('Usage: Donaudampfschifffahrt', 24)).toBe('Usage: Donaudampfschiff…');
  expect(shorten('😀😀😀', 4)).toBe('😀…');
});

const text = fc.string({
  unit: fc.constantFrom(...'ab <>&|*_~`@!#^:/.\n\t->😀é"\\', 'https://', '<!channel>', '```', '‮'),
  maxLength: 120,
});
const inline: fc.Arbitrary<Inline> = fc.oneof(
  text,
  text.map((strong) => ({ strong })),
  text.map((code) => ({ code })),
  text.map((label) => ({ link: label, label })),
);
const long = fc.array(inline, { maxLength: 200 });
const part: fc.Arbitrary<Part> = fc.oneof(
  long.map((of): Part => ({ part: 'text', text: of })),
  fc
    .array(
      long.map((value) => ({ label: 'Fact', value })),
      { maxLength: 30 },
    )
    .map((facts): Part => ({ part: 'facts', facts })),
  fc
    .array(
      long.map((title) => ({ title })),
      { maxLength: 60 },
    )
    .map((items): Part => ({ part: 'list', items })),
  fc
    .array(fc.array(text, { maxLength: 4 }), { maxLength: 300 })
    .map((rows): Part => ({ part: 'table', columns: [{ heading: 'A' }, { heading: 'B' }], rows })),
  fc.array(text, { maxLength: 30 }).map(
    (labels): Part => ({
      part: 'buttons',
      buttons: labels.map((label) => ({ label, call: { command: 'list', args: {} } })),
    }),
  ),
);

test('whatever a card says, Slack takes it, and its text mentions nobody and links nowhere', () => {
  fc.assert(
    fc.property(text, fc.array(part, { maxLength: 12 }), (heading, parts) => {
      const drawn = drawMessage(
        { name: 'any', heading: { text: heading }, parts, foot: { workspace: heading } },
        'slack',
      );
      expect(faultsOf(blocksOf(plainJson(drawn.blocks)), 'message')).toEqual([]);
      expect(JSON.stringify(drawn.blocks).length).toBeLessThan(13_000);
      expect(drawn.text.length).toBeLessThanOrEqual(3_000);
      expect(drawn.text).not.toMatch(/[<>]/);
      for (const words of marked(plainJson(drawn.blocks)))
        expect(words.replace(/<https:[^|<>]*\|[^<>]*>/g, '')).not.toMatch(/[<>]/);
    }),
    { numRuns: 200 },
  );
});

test('literal text cannot be made bold, struck, code or a quotation', () => {
  fc.assert(
    fc.property(text, (of) => {
      expect(literal(of)).not.toMatch(/[*~`]|(^|[^\p{L}\p{N}])_|_([^\p{L}\p{N}]|$)|^\s*&gt;/mu);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever a form says, Slack takes it', () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 150 }), (words, labels) => {
      const form: Form = {
        name: 'any',
        title: words,
        submit: words,
        intro: [words],
        call: { command: 'ask', args: { words } },
        fields: [
          { name: 'a', label: words, hint: words, error: words, input: 'line', initial: words, maxLength: 10 },
          {
            name: 'b',
            label: words,
            input: 'choice',
            initial: '1',
            options: labels.map((label, at) => ({ value: String(at), label })),
          },
          { name: 'c', label: words, input: 'choice', options: [] },
          { name: 'd', label: words, input: 'amount', currency: 'GBP' },
          { name: 'e', label: words, input: 'person', initial: 'slack:T02:U0ADAM' },
        ],
      };
      const view = plainJson(drawForm(form, '{}', 'slack'));
      expect(
        typeof view === 'object' && view !== null && !Array.isArray(view) ? viewFaults(view) : ['no view'],
      ).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

function marked(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (typeof value !== 'object' || value === null) return [];
  if (value['type'] === 'mrkdwn') return [word(value['text'])];
  return Object.values(value).flatMap(marked);
}

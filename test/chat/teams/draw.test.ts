import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Button, Card, Form, Part } from '../../../src/cards/card.js';
import { comparedAmount } from '../../../src/cards/parts.js';
import { drawCard, summaryOf } from '../../../src/chat/teams/draw/draw-card.js';
import { drawForm, fieldValues } from '../../../src/chat/teams/draw/draw-form.js';
import { writtenFor } from '../../../src/readers-money.js';
import { faultsOf } from '../../fakes/connector/adaptive-card-rules.js';

const ADAM = { platform: 'teams', tenant: 't', user: 'aad-adam' } as const;
const body = (card: Card) => drawCard(card, 'teams').body;
const of = (...parts: Part[]): Card => ({ name: 'test', parts });

describe('what people wrote', () => {
  test('stands in text runs as it is', () => {
    const [block] = body(of({ part: 'text', text: ['*bold* [x](http://evil) <at>Boss</at>'] }));
    expect(block).toMatchObject({
      type: 'RichTextBlock',
      inlines: [{ text: '*bold* [x](http://evil) <at>Boss</at>' }],
    });
  });

  test('is escaped where Teams reads markdown', () => {
    const [facts] = body(
      of({ part: 'facts', facts: [{ label: 'Name', value: ['*a_b* [x](http://evil) <at>Boss</at>'] }] }),
    );
    expect(facts).toMatchObject({ facts: [{ value: String.raw`\*a\_b\* \[x\](http://evil) <⁠at>Boss<⁠/at>` }] });
  });

  test('is no date function, and turns no text around', () => {
    const drawn = JSON.stringify(body(of({ part: 'text', text: ['{{DATE(2020-01-01T00:00:00Z)}} \u202eevil'] })));
    expect(drawn).not.toContain('{{');
    expect(drawn).not.toContain('\u202e');
  });

  test('turns no text around on a button either', () => {
    const button = { label: 'Ask \u202eaiM{{TIME(x)}}', call: { command: 'ask', args: {} } };
    const drawn = JSON.stringify(body(of({ part: 'buttons', buttons: [button] })));
    expect(drawn).not.toMatch(/\{\{|\u202e/);
  });

  test('opens only web addresses', () => {
    const buttons: Button[] = ['https://pay.example/x', 'javascript:alert(1)', 'http://evil.example'].map((open) => ({
      label: 'Go',
      open,
    }));
    expect(body(of({ part: 'buttons', buttons }))).toMatchObject([{ actions: [{ url: 'https://pay.example/x' }] }]);
  });
});

describe('mentions', () => {
  const card = of({
    part: 'text',
    text: [{ mention: ADAM, name: 'Adam *Reid*' }, ' asks ', { mention: { ...ADAM, platform: 'slack' }, name: 'Mia' }],
  });

  test('ping people of Teams, and name the others', () => {
    const drawn = drawCard(card, 'teams');
    expect(drawn.body).toMatchObject([{ type: 'TextBlock', text: '<at>Adam Reid</at> asks Mia' }]);
    expect(drawn.msteams?.entities).toEqual([
      { type: 'mention', text: '<at>Adam Reid</at>', mentioned: { id: 'aad-adam', name: 'Adam Reid' } },
    ]);
  });

  test('tell two people of one name apart', () => {
    const two = of({
      part: 'text',
      text: [
        { mention: ADAM, name: 'Adam' },
        { mention: { ...ADAM, user: 'aad-other' }, name: 'Adam' },
      ],
    });
    const texts = drawCard(two, 'teams').msteams?.entities?.map(({ text }) => text);
    expect(new Set(texts).size).toBe(2);
  });

  test('are names in the Playground, which knows none', () => {
    const drawn = drawCard(card, 'playground');
    expect(JSON.stringify(drawn)).not.toContain('<at>');
    expect(drawn.msteams).toBeUndefined();
  });
});

describe('limits', () => {
  test('a table that is too long is cut, and says by how much', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [`row ${index}`, 'x'.repeat(40), '£1.00']);
    const drawn = drawCard(
      of({ part: 'table', columns: [{ heading: 'A' }, { heading: 'B' }, { heading: 'C', align: 'right' }], rows }),
      'teams',
    );
    expect(Buffer.byteLength(JSON.stringify(drawn))).toBeLessThan(28 * 1024);
    expect(JSON.stringify(drawn)).toMatch(/… and 4\d\d more\./);
  });

  test('of bars Teams writes the amounts themselves, however their reader writes money', () => {
    const bars = [comparedAmount('Spring sale', 123_450, 'GBP'), comparedAmount('Newsletter', 75, 'GBP')];
    const card = writtenFor(of({ part: 'bars', finding: 'Most.', bars }), 'de-DE');
    const [, drawn] = body(card);
    expect(drawn).toMatchObject({
      data: [
        { x: 'Spring sale · 1.234,50\u00a0£', y: 1_234.5 },
        { x: 'Newsletter · 0,75\u00a0£', y: 0.75 },
      ],
    });
  });

  test('a label that is wider than a card on a phone ends in an ellipsis', () => {
    const call = { command: 'ask', args: {} };
    const drawn = body(of({ part: 'buttons', buttons: [{ label: `Ask ${'M'.repeat(60)}`, call }] }));
    expect(drawn).toMatchObject([{ actions: [{ title: `Ask ${'M'.repeat(35)}…` }] }]);
  });

  test("a row's only button stands beside it", () => {
    const open = { label: 'Open', call: { command: 'members', args: {} } };
    const [one, two] = body(
      of({
        part: 'list',
        items: [
          { title: ['Mia'], buttons: [open] },
          { title: ['Max'], buttons: [open, open] },
        ],
      }),
    );
    expect(one).toMatchObject({
      items: [
        { type: 'ColumnSet', columns: [{ width: 'stretch' }, { width: 'auto', items: [{ type: 'ActionSet' }] }] },
      ],
    });
    expect(two).toMatchObject({ items: [{ type: 'RichTextBlock' }, { type: 'ActionSet', actions: [{}, {}] }] });
  });

  test('columns of a table have room for their longest word', () => {
    const columns = [{ heading: 'When' }, { heading: 'Amount', align: 'right' as const }];
    const [table] = body(of({ part: 'table', columns, rows: [['16 Nov 2026, 09:00', '-£1,081.60']] }));
    expect(table).toMatchObject({ columns: [{ width: 11 }, { width: 12 }] });
  });

  test('more than six buttons stand in several rows', () => {
    const buttons: Button[] = Array.from({ length: 8 }, (_, index) => ({
      label: `B${index}`,
      call: { command: 'x', args: {} },
    }));
    expect(body(of({ part: 'buttons', buttons }))).toHaveLength(2);
  });

  test('any card is one that Teams takes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3_000 }),
      fc.constant('𝔘'.repeat(2_000)),
      fc.constant('‮*_{{DATE('),
    );
    const inline = fc.oneof(
      text,
      text.map((strong) => ({ strong })),
      fc.record({ mention: fc.constant(ADAM), name: text }),
      fc.record({ link: fc.webUrl(), label: text }),
    );
    const inlines = fc.array(inline, { maxLength: 6 });
    const part: fc.Arbitrary<Part> = fc.oneof(
      fc.record({ part: fc.constant('text' as const), text: inlines }),
      fc.record({
        part: fc.constant('facts' as const),
        facts: fc.array(fc.record({ label: text, value: inlines }), { minLength: 1, maxLength: 30 }),
      }),
      fc.record({
        part: fc.constant('list' as const),
        items: fc.array(fc.record({ title: inlines, detail: inlines }), { maxLength: 30 }),
      }),
      fc.record({
        part: fc.constant('table' as const),
        columns: fc.constant([{ heading: 'A' }, { heading: 'B' }]),
        rows: fc.array(fc.tuple(text, text), { maxLength: 60 }),
      }),
      fc.record({
        part: fc.constant('bars' as const),
        finding: text.map((each) => `${each}.`),
        bars: fc.array(fc.record({ label: text, value: fc.nat(), shown: text }), { maxLength: 20 }),
      }),
      fc.record({
        part: fc.constant('chart' as const),
        charts: fc.array(
          fc.record({
            kind: fc.constantFrom('columns' as const, 'bars' as const),
            title: text,
            finding: text.map((each) => `${each}.`),
            points: fc.array(fc.record({ label: text, value: fc.nat(), shown: text }), { minLength: 1, maxLength: 31 }),
          }),
          { maxLength: 2 },
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), text, (parts, heading) => {
        const card: Card = { name: 'any', heading: { text: `${heading}.`, mood: 'info' }, parts };
        const drawn = drawCard(card, 'teams');
        expect(faultsOf(drawn)).toEqual([]);
        expect(Buffer.byteLength(JSON.stringify(drawn))).toBeLessThanOrEqual(27 * 1024);
        expect(summaryOf(card).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 60 },
    );
  });
});

test('a form keeps what was typed, shows errors under their fields, and comes back as text', () => {
  const form: Form = {
    name: 'topup',
    title: 'Add balance',
    submit: 'Pay',
    call: { command: 'topup', args: {} },
    fields: [
      { name: 'amount', label: 'Amount', input: 'amount', currency: 'GBP', initial: '1e9', error: 'Not an amount.' },
      { name: 'who', label: 'Who', input: 'person' },
    ],
  };
  const drawn = drawForm(form, 'inline', 'teams');
  expect(faultsOf(drawn)).toEqual([]);
  expect(drawn.body).toMatchObject([
    { text: 'Add balance' },
    { type: 'Input.Text', id: 'field:amount', value: '1e9' },
    { text: 'Not an amount.', color: 'Attention' },
    { type: 'Input.ChoiceSet', 'choices.data': { dataset: 'graph.microsoft.com/users' } },
    { actions: [{ type: 'Action.Execute', data: { form: 'topup', people: ['who'] } }] },
  ]);
  expect(fieldValues({ 'field:amount': '12', call: {}, 'field:n': 3 })).toEqual({ amount: '12' });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { plainText } from '../../src/cards/plain-text.js';
import { refusalCard } from '../../src/cards/refusals/refusal-card.js';
import { ALL_REASONS } from './refusal-variants.js';
import { numbered, SAMPLES } from './samples.js';

const firstLines = SAMPLES.map((card) => plainText(card).split('\n')[0]);

describe("the story's words", () => {
  test.each([
    'Acme is ready. Name your first workspace.',
    'Marketing is active. £0.00.',
    "Marketing's alerts and requests come here. Set by Olivia.",
    'Olivia invites you to Marketing as admin.',
    'Welcome! Here you can invite people and approve requests.',
    'Owners and admins invite, so I asked them for you.',
    'Mia asks to invite nina@acme.com. 2 seats free.',
    'Approved by Adam.',
    'Adam said yes.',
    '£100.00 added. Balance £100.00.',
    'Owners top up. Ask Olivia?',
    'Mia asks for £100.00 for Marketing.',
  ])('%s', (line) => {
    expect(firstLines).toContain(line);
  });
});

/** The golden words: a changed wording shows in the review as what people will read. */
describe('every card, as plain text', () => {
  test.each(numbered(SAMPLES))('%s', (_name, card) => {
    expect(`\n${plainText(card)}\n`).toMatchSnapshot();
  });

  test('is plain JSON, as the outbox stores it, and names no id', () => {
    for (const card of SAMPLES) {
      expect(JSON.parse(JSON.stringify(card))).toEqual(card);
      expect(plainText(card)).not.toMatch(/\b(ws|p|req|acc|inv)_\w/);
    }
  });
});

test.each(ALL_REASONS)('refusal $kind', (reason) => {
  expect(`\n${plainText(refusalCard(reason))}\n`).toMatchSnapshot();
});

describe('every card and form of src/cards', () => {
  /** Texts and parts that others are made of. */
  const NO_SAMPLES = ['refusalCard', 'saidCard', 'wordsOfCard'];
  const files = (folder: string, of: RegExp) =>
    readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => of.test(file))
      .map((file) => readFileSync(join(import.meta.dirname, folder, file), 'utf8'));
  const drawn = files('../../src/cards', /\.ts$/).flatMap((source) =>
    [...source.matchAll(/^export function (\w+(?:Card|Form))\(/gm)].map(([, name]) => name!),
  );
  const samples = files('.', /-?samples\.ts$/).join('\n');

  test('has a sample, so that its words are read', () => {
    expect(drawn.length).toBeGreaterThan(150);
    const missing = drawn.filter((name) => !NO_SAMPLES.includes(name) && !samples.includes(`${name}(`));
    expect(missing).toEqual([]);
  });
});

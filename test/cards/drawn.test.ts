import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Card } from '../../src/cards/card.js';
import { refusalCard } from '../../src/cards/refusals/refusal-card.js';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { drawForm as drawSlackForm } from '../../src/chat/slack/draw/form.js';
import { drawCard } from '../../src/chat/teams/draw/draw-card.js';
import { drawForm as drawTeamsForm } from '../../src/chat/teams/draw/draw-form.js';
import { faultsOf as teamsFaults, tooLarge } from '../fakes/connector/adaptive-card-rules.js';
import { blocksOf, faultsOf as slackFaults, viewFaults } from '../fakes/slack/block-kit.js';
import { FORM_SAMPLES } from './form-samples.js';
import { expectGolden, goldenFile } from './golden.js';
import { ALL_REASONS } from './refusal-variants.js';
import { numbered, SAMPLES_BY_SUBJECT } from './samples.js';

/** What each platform is sent of every card, refusal and form: within its rules, and as its golden file has it. */

const plain = (drawn: object) => JSON.parse(JSON.stringify(drawn));

const CARDS: Readonly<Record<string, readonly Card[]>> = {
  ...SAMPLES_BY_SUBJECT,
  refusals: ALL_REASONS.map((reason) => refusalCard(reason)),
};

describe.each(Object.entries(CARDS))('%s', (subject, all) => {
  const cards = numbered(all);

  test('are within the rules of Slack, as its golden file has them', () => {
    const drawn = cards.map(([name, card]) => [name, blocksOf(plain(drawMessage(card, 'slack').blocks))] as const);
    const faults = drawn.flatMap(([name, blocks]) =>
      slackFaults(blocks, 'message').map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(drawn.filter(([, blocks]) => blocks.length === 0)).toEqual([]);
    expectGolden(`slack/${subject}`, Object.fromEntries(drawn));
  });

  test('are within the rules of Teams, as its golden file has them', () => {
    const drawn = cards.map(([name, card]) => [name, plain(drawCard(card, 'teams'))] as const);
    const faults = drawn.flatMap(([name, card]) => teamsFaults(card).map((fault) => `${name}: ${fault}`));
    expect(faults).toEqual([]);
    expect(drawn.filter(([, card]) => tooLarge(card)).map(([name]) => name)).toEqual([]);
    expectGolden(`teams/${subject}`, Object.fromEntries(drawn.map(([name, { body }]) => [name, body])));
  });
});

describe('forms', () => {
  const forms = numbered(FORM_SAMPLES);

  test('are within the rules of Slack, as its golden file has them', () => {
    const drawn = forms.map(([name, form]) => [name, plain(drawSlackForm(form, '{}', 'slack'))] as const);
    expect(drawn.flatMap(([name, view]) => viewFaults(view).map((fault) => `${name}: ${fault}`))).toEqual([]);
    expectGolden('slack/forms', Object.fromEntries(drawn));
  });

  test('are within the rules of Teams, as its golden file has them', () => {
    const drawn = forms.map(([name, form]) => [name, form, plain(drawTeamsForm(form, 'dialog', 'teams'))] as const);
    expect(drawn.flatMap(([name, , card]) => teamsFaults(card).map((fault) => `${name}: ${fault}`))).toEqual([]);
    for (const [, form, card] of drawn) expect(JSON.stringify(card)).toContain(form.call.command);
    expectGolden('teams/forms', Object.fromEntries(drawn.map(([name, , card]) => [name, card])));
  });
});

test.each(['slack', 'teams'])('no golden file of %s is left over', (platform) => {
  const wanted = [...Object.keys(CARDS), 'forms'].map((subject) => `${subject}.golden.json`);
  expect(readdirSync(dirname(goldenFile(`${platform}/forms`))).toSorted()).toEqual(wanted.toSorted());
});

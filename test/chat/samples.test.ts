import { expect, test } from '@jest/globals';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { drawForm as drawSlackForm } from '../../src/chat/slack/draw/form.js';
import { drawCard } from '../../src/chat/teams/draw/draw-card.js';
import { drawForm as drawTeamsForm } from '../../src/chat/teams/draw/draw-form.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { SAMPLES } from '../cards/samples.js';
import { faultsOf as teamsFaults, tooLarge } from '../fakes/connector/adaptive-card-rules.js';
import { blocksOf, faultsOf as slackFaults, viewFaults } from '../fakes/slack/block-kit.js';

const samples = SAMPLES.map((card, index) => [`${index} ${card.name}`, card] as const);

test.each(samples)('Slack takes %s', (_name, card) => {
  const blocks = blocksOf(JSON.parse(JSON.stringify(drawMessage(card, 'slack').blocks)));
  expect(blocks.length).toBeGreaterThan(0);
  expect(slackFaults(blocks, 'message')).toEqual([]);
});

test.each(samples)('Teams takes %s', (_name, card) => {
  const drawn = JSON.parse(JSON.stringify(drawCard(card, 'teams')));
  expect(teamsFaults(drawn)).toEqual([]);
  expect(tooLarge(drawn)).toBe(false);
});

test.each(FORM_SAMPLES.map((form, index) => [`${index} ${form.name}`, form] as const))(
  'both take the form %s',
  (_name, form) => {
    expect(viewFaults(JSON.parse(JSON.stringify(drawSlackForm(form, '{}', 'slack'))))).toEqual([]);
    const drawn = JSON.parse(JSON.stringify(drawTeamsForm(form, 'dialog', 'teams')));
    expect(teamsFaults(drawn)).toEqual([]);
    expect(JSON.stringify(drawn)).toContain(form.call.command);
  },
);

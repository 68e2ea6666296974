import { expect, test } from '@jest/globals';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { drawCard } from '../../src/chat/teams/draw/draw-card.js';
import { SAMPLES } from '../cards/samples.js';
import { faultsOf as teamsFaults, tooLarge } from '../fakes/connector/adaptive-card-rules.js';
import { blocksOf, faultsOf as slackFaults } from '../fakes/slack/block-kit.js';

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

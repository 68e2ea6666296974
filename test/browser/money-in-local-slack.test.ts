import { describe } from '@jest/globals';
import { inLocalSlack } from '../e2e/in-local-slack.js';
import { moneyStory } from '../e2e/money-story.js';

describe('money in local-slack', () => {
  moneyStory(inLocalSlack);
});

import { describe } from '@jest/globals';
import { inSlack } from './strict-slack.js';
import { moneyStory } from './money-story.js';

describe('money in a Slack that keeps its rules', () => {
  moneyStory(inSlack);
});

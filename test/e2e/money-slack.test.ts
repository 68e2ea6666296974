import { describe } from '@jest/globals';
import { inSlack } from './either-chat.js';
import { moneyStory } from './money-story.js';

describe('money in a Slack that keeps its rules', () => {
  moneyStory(inSlack);
});

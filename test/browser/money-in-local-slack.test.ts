import { describe } from '@jest/globals';
import { moneyStory } from '../e2e/money-story.js';
import { useSlackPage } from './in-slack-page.js';

describe("money in local-slack's page", () => {
  moneyStory(useSlackPage());
});

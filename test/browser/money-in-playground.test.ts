import { describe } from '@jest/globals';
import { inPlayground } from '../e2e/in-teams.js';
import { moneyStory } from '../e2e/money-story.js';

describe("money in Microsoft's Agents Playground", () => {
  moneyStory(inPlayground);
});

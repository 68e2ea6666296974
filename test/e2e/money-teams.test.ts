import { describe } from '@jest/globals';
import { inTeams } from './in-teams.js';
import { moneyStory } from './money-story.js';

describe('money in a Teams that keeps its rules', () => {
  moneyStory(inTeams);
});

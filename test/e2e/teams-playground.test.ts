import { describe } from '@jest/globals';
import { Playground } from './playground.js';
import { firstDayInTeams } from './teams-story.js';

describe('the first day in the Agents Playground', () => {
  firstDayInTeams((messages) => Playground.start(messages));
});

import { describe } from '@jest/globals';
import { FakeTeams } from './fake-teams.js';
import { firstDayInTeams } from './teams-story.js';

describe('the first day in a Teams that keeps its rules', () => {
  firstDayInTeams((messages) => FakeTeams.start(messages));
});

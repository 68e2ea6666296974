import { describe } from '@jest/globals';
import { inTeams } from './either-chat.js';
import { workspaceStory } from './workspace-story.js';

describe('a workspace in a Teams that keeps its rules', () => {
  workspaceStory(inTeams);
});

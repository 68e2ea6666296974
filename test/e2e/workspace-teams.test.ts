import { describe } from '@jest/globals';
import type { StrictChat } from './either-chat.js';
import { inTeams } from './in-teams.js';
import { strictSteps } from './strict-steps.js';
import { workspaceStory } from './workspace-story.js';

describe('a workspace in a Teams that keeps its rules', () => {
  let teams: StrictChat;
  const acme = workspaceStory(async () => {
    teams = await inTeams();
    return teams;
  });
  strictSteps(acme, () => teams);
});

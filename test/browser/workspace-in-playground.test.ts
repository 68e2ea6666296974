import { describe } from '@jest/globals';
import { inPlayground } from '../e2e/in-teams.js';
import { workspaceStory } from '../e2e/workspace-story.js';

/*
 * Without a page: it shows Adam's personal chat and the channel alone, while most of the story is others' (ARCHITECTURE.md says
 * what it cannot do). What Adam does in its page is in teams-story.test.ts.
 */
describe("a workspace in Microsoft's Agents Playground", () => {
  workspaceStory(inPlayground);
});

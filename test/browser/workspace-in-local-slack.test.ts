import { describe } from '@jest/globals';
import { workspaceStory } from '../e2e/workspace-story.js';
import { useSlackPage } from './in-slack-page.js';

describe("a workspace in local-slack's page", () => {
  workspaceStory(useSlackPage());
});

import { describe } from '@jest/globals';
import { inSlack } from './either-chat.js';
import { workspaceStory } from './workspace-story.js';

describe('a workspace in a Slack that keeps its rules', () => {
  workspaceStory(inSlack);
});

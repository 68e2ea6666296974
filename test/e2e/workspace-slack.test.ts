import { describe } from '@jest/globals';
import { inSlack, type SlackChat } from './either-chat.js';
import { slackOnlySteps } from './slack-only-steps.js';
import { workspaceStory } from './workspace-story.js';

describe('a workspace in a Slack that keeps its rules', () => {
  let slack: SlackChat;
  const acme = workspaceStory(async () => {
    slack = await inSlack();
    return slack;
  });
  slackOnlySteps(acme, () => slack);
});

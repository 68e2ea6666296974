import { describe } from '@jest/globals';
import { slackOnlySteps } from './slack-only-steps.js';
import { strictSteps } from './strict-steps.js';
import { inSlack, type StrictSlack } from './strict-slack.js';
import { workspaceStory } from './workspace-story.js';

describe('a workspace in a Slack that keeps its rules', () => {
  let slack: StrictSlack;
  const acme = workspaceStory(async () => {
    slack = await inSlack();
    return slack;
  });
  slackOnlySteps(acme, () => slack);
  strictSteps(acme, () => slack);
});

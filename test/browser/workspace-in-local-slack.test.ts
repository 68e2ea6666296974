import { afterAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { inLocalSlack } from '../e2e/in-local-slack.js';
import { workspaceStory } from '../e2e/workspace-story.js';
import { openBrowser } from './chromium.js';
import { handsOnPage } from './slack-hands.js';
import { SlackPage } from './slack-page.js';

describe("a workspace in local-slack's page", () => {
  let browser: Browser | undefined;
  workspaceStory(() =>
    inLocalSlack(async (slack) => {
      browser = await openBrowser();
      const context = await browser.newContext({ viewport: { width: 900, height: 1_200 } });
      context.setDefaultTimeout(10_000);
      const page = new SlackPage(await context.newPage());
      await page.open(slack.address);
      return handsOnPage(page, slack);
    }),
  );
  afterAll(() => browser?.close());
});

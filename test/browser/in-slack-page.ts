import { afterAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { EitherChat } from '../e2e/either-chat.js';
import { inLocalSlack } from '../e2e/in-local-slack.js';
import { openBrowser } from './chromium.js';
import { handsOnPage } from './slack-hands.js';
import { SlackPage } from './slack-page.js';

/** local-slack with a Chromium in which everybody acts; what they see is read as its page reads it. */
export function useSlackPage(): () => Promise<EitherChat> {
  let browser: Browser | undefined;
  afterAll(() => browser?.close());
  return () =>
    inLocalSlack(async (slack) => {
      browser = await openBrowser();
      const context = await browser.newContext({ viewport: { width: 900, height: 1_200 } });
      context.setDefaultTimeout(10_000);
      const page = new SlackPage(await context.newPage());
      await page.open(slack.address);
      return handsOnPage(page, slack);
    });
}

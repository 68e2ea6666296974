import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Card } from '../../src/cards/card.js';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { localSlackProgram, startLocalSlack } from '../../src/local/local-slack.js';
import { MARKETING_CHANNEL } from '../../src/local/demo-people.js';
import { freePort } from '../../src/local/ports.js';
import { SlackPage } from '../browser/slack-page.js';
import { type Picture, takePicture } from './picture.js';

const FIRST_PORT = 3_400;
const SECRETS = { signingSecret: 'gallery', botToken: 'xoxb-gallery' };

/** Posts the cards into local-slack's #marketing and takes a picture of each as its page shows it. */
export async function picturesInSlack(
  browser: Browser,
  cards: readonly Card[],
  toFile: (index: number) => string,
): Promise<readonly Picture[]> {
  const program = localSlackProgram();
  if (!program) throw new Error(`there is no local-slack for ${process.platform} ${process.arch}`);
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  const port = await freePort(FIRST_PORT);
  // Nobody presses a button here, so nothing is sent to this address.
  const child = await startLocalSlack({ program, port, folder, requestUrl: 'http://127.0.0.1:9', ...SECRETS });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1_200 } });
    const slack = new SlackPage(page);
    await slack.open(`http://127.0.0.1:${port}`);
    await slack.goTo(MARKETING_CHANNEL.name);
    const pictures: Picture[] = [];
    for (const [index, card] of cards.entries()) {
      await post(port, card);
      pictures.push(await takePicture(page.locator('.msg').nth(index), toFile(index)));
    }
    return pictures;
  } finally {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function post(port: number, card: Card): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` },
    body: JSON.stringify({ channel: MARKETING_CHANNEL.id, ...drawMessage(card, 'local-slack') }),
  });
  const answer = await response.text();
  if (!answer.includes('"ok":true')) throw new Error(`local-slack did not take ${card.name}: ${answer}`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { drawCard } from '../../src/chat/teams/draw/draw-card.js';
import { drawForm } from '../../src/chat/teams/draw/draw-form.js';
import { playgroundProgram, startPlayground } from '../../src/local/playground.js';
import { freePort } from '../../src/local/ports.js';
import { TeamsPage } from '../browser/teams-page.js';
import type { Exhibit } from './exhibit.js';
import { type Picture, takePicture } from './picture.js';

const FIRST_PORT = 56_400;
const ADAMS_CHAT = 'personal-chat-id';

/** The page draws its whole chat anew with each message: hundreds in one chat take minutes. */
const IN_ONE_CHAT = 40;

/** Posts the cards and forms into Adam's chat in the Agents Playground and takes a picture of each as its page shows it. */
export async function picturesInTeams(
  browser: Browser,
  exhibits: readonly Exhibit[],
  toFile: (index: number) => string,
): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (let first = 0; first < exhibits.length; first += IN_ONE_CHAT) {
    const some = exhibits.slice(first, first + IN_ONE_CHAT);
    pictures.push(...(await picturesInOneChat(browser, some, (index) => toFile(first + index))));
  }
  return pictures;
}

async function picturesInOneChat(
  browser: Browser,
  exhibits: readonly Exhibit[],
  toFile: (index: number) => string,
): Promise<readonly Picture[]> {
  const program = playgroundProgram();
  if (!program) throw new Error('the Agents Playground is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  const bot = await silentBot();
  const options = { program, folder, endpoint: `http://127.0.0.1:${bot.port}/api/messages` };
  const { port, child } = await startPlayground({ ...options, port: await freePort(FIRST_PORT) });
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 2_000 } });
    const teams = new TeamsPage(page);
    await teams.open(`http://127.0.0.1:${port}`);
    const pictures: Picture[] = [];
    for (const [index, exhibit] of exhibits.entries()) {
      await post(port, exhibit);
      pictures.push(await takePicture(page.locator('.ac-adaptiveCard').nth(index), toFile(index)));
    }
    await page.close();
    return pictures;
  } finally {
    await child.stop();
    bot.server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The Playground's page shows nothing of a bot that does not take what it is sent. */
async function silentBot(): Promise<{ server: Server; port: number }> {
  const port = await freePort(FIRST_PORT);
  const server = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port };
}

async function post(port: number, exhibit: Exhibit): Promise<void> {
  const content =
    'card' in exhibit ? drawCard(exhibit.card, 'playground') : drawForm(exhibit.form, 'inline', 'playground');
  const response = await fetch(`http://127.0.0.1:${port}/_connector/v3/conversations/${ADAMS_CHAT}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    }),
  });
  if (!response.ok) throw new Error(`the Playground did not take ${exhibit.name}: ${await response.text()}`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Form } from '../../src/cards/card.js';
import { drawMessage } from '../../src/chat/slack/draw/card.js';
import { localSlackProgram, startLocalSlack } from '../../src/local/local-slack.js';
import { MARKETING_CHANNEL } from '../../src/local/demo-people.js';
import { freePort } from '../../src/local/ports.js';
import { SlackPage } from '../browser/slack-page.js';
import type { Exhibit } from './exhibit.js';
import { type Picture, takePicture } from './picture.js';
import { type PictureServer, startPictureServer } from './picture-server.js';
import { type SlackApi, startFormOpener } from './slack-form-opener.js';

const FIRST_PORT = 3_400;
const SECRETS = { signingSecret: 'gallery', botToken: 'xoxb-gallery' };
const OPEN = 'Open the form';

/** Posts the cards into local-slack's #marketing, opens the forms there, and takes a picture of each. */
export async function picturesInSlack(
  browser: Browser,
  exhibits: readonly Exhibit[],
  toFile: (index: number) => string,
): Promise<readonly Picture[]> {
  const program = localSlackProgram();
  if (!program) throw new Error(`there is no local-slack for ${process.platform} ${process.arch}`);
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  const port = await freePort(FIRST_PORT);
  const api = slackApi(port);
  const opener = await startFormOpener(await freePort(port + 1), api);
  const drawn = await startPictureServer(await freePort(port + 2));
  const child = await startLocalSlack({ program, port, folder, requestUrl: opener.url, ...SECRETS });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1_200 } });
    const slack = new SlackPage(page);
    await slack.open(`http://127.0.0.1:${port}`);
    await slack.goTo(MARKETING_CHANNEL.name);
    const message = (index: number) => page.locator('.msg').nth(index);
    const open = async (form: Form, index: number) => {
      opener.next(form);
      await slack.press(message(index), OPEN);
      return slack.modal(form.title);
    };
    const pictures: Picture[] = [];
    for (const [index, exhibit] of exhibits.entries()) {
      await api('chat.postMessage', { channel: MARKETING_CHANNEL.id, ...messageOf(exhibit, drawn) });
      if ('card' in exhibit) {
        pictures.push(await takePicture(message(index), toFile(index)));
        continue;
      }
      const modal = await open(exhibit.form, index);
      pictures.push(await takePicture(modal, toFile(index)));
      await slack.press(modal, 'Cancel');
      await modal.waitFor({ state: 'detached' });
    }
    return pictures;
  } finally {
    await child.stop();
    opener.close();
    drawn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A form needs a button to be opened by. */
function messageOf(exhibit: Exhibit, { withPictures }: PictureServer) {
  if ('card' in exhibit) return drawMessage(withPictures(exhibit.card), 'local-slack');
  const { form } = exhibit;
  const buttons = [{ label: OPEN, call: form.call }];
  return drawMessage({ name: exhibit.name, parts: [{ part: 'buttons', buttons }] }, 'local-slack');
}

function slackApi(port: number): SlackApi {
  return async (method, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` },
      body: JSON.stringify(body),
    });
    const answer = await response.text();
    if (!answer.includes('"ok":true')) throw new Error(`local-slack did not take ${JSON.stringify(body)}: ${answer}`);
  };
}

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../browser/chromium.js';
import { EXHIBITS } from './exhibit.js';
import { type Column, indexPage } from './index-page.js';
import { picturesOfReceipts } from './receipt-pictures.js';
import { picturesInSlack } from './slack-pictures.js';
import { picturesInTeams } from './teams-pictures.js';

const FOLDER = join(import.meta.dirname, '../../dist/gallery');

const wanted = process.argv.slice(2);
const exhibits = EXHIBITS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (exhibits.length === 0) throw new Error(`no card or form is named like ${wanted.join(' or ')}`);

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const columns: Column[] = [];
for (const look of ['light', 'dark'] as const) {
  const browser = await openBrowser({ dark: look === 'dark' });
  const fileIn = (client: string) => (index: number) =>
    join(FOLDER, `${index}-${exhibits[index]!.name}-${client}-${look}.png`);
  const [inSlack, inTeams] = await Promise.all([
    picturesInSlack(browser, exhibits, fileIn('slack')),
    picturesInTeams(browser, exhibits, fileIn('teams')),
  ]);
  columns.push(
    { title: `Slack (local-slack), ${look}`, pictures: inSlack },
    { title: `Teams (Agents Playground), ${look}`, pictures: inTeams },
  );
  await browser.close();
}

const page = join(FOLDER, 'index.html');
const receipts = wanted.length === 0 ? await picturesOfReceipts((name) => join(FOLDER, `${name}.png`)) : [];
await writeFile(page, indexPage(exhibits, columns, receipts));
const cut = columns.flatMap(({ pictures }) => pictures.filter(({ overflowing }) => overflowing));
for (const { file } of cut) console.log(`wider than its place: ${file}`);
console.log(`${exhibits.length} cards and forms in ${columns.length} looks, ${receipts.length} pages of receipts:`);
console.log(pathToFileURL(page).href);

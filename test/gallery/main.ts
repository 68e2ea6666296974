import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../browser/chromium.js';
import { SAMPLES } from '../cards/samples.js';
import { indexPage } from './index-page.js';
import { picturesInSlack } from './slack-pictures.js';
import { picturesInTeams } from './teams-pictures.js';

const FOLDER = join(import.meta.dirname, '../../dist/gallery');

const wanted = process.argv.slice(2);
const cards = wanted.length === 0 ? SAMPLES : SAMPLES.filter(({ name }) => wanted.some((part) => name.includes(part)));
if (cards.length === 0) throw new Error(`no card is named like ${wanted.join(' or ')}`);

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const browser = await openBrowser();
const fileIn = (client: string) => (index: number) => join(FOLDER, `${index}-${cards[index]!.name}-${client}.png`);
const columns = [
  { title: 'Slack (local-slack)', pictures: await picturesInSlack(browser, cards, fileIn('slack')) },
  { title: 'Teams (Agents Playground)', pictures: await picturesInTeams(browser, cards, fileIn('teams')) },
];
await browser.close();

const page = join(FOLDER, 'index.html');
await writeFile(page, indexPage(cards, columns));
const cut = columns.flatMap(({ pictures }) => pictures.filter(({ overflowing }) => overflowing));
for (const { file } of cut) console.log(`wider than its place: ${file}`);
console.log(`${cards.length} cards in ${columns.length} clients: ${pathToFileURL(page).href}`);

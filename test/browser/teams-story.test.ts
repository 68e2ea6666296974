import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { demoPerson } from '../../src/local/demo-people.js';
import { linkOf, revealKey, spend } from '../e2e/outside.js';
import { Playground } from '../e2e/playground.js';
import { Product, toNextMonthMs } from '../e2e/product.js';
import { openBrowser, picture } from './chromium.js';
import { TeamsPage } from './teams-page.js';

/** Adam's first day as the owner of Acme, in the Playground's page; Mia acts beside him. Each step stands on the one before. */
let product: Product;
let others: Playground;
let browser: Browser;
let adam: TeamsPage;
beforeAll(async () => {
  product = await Product.start({ TEAMS_PLAYGROUND: '1' });
  others = await Playground.start(`${product.url}/api/messages`);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1_280, height: 1_200 } });
  context.setDefaultTimeout(20_000);
  adam = new TeamsPage(await context.newPage());
  await adam.open(others.address);
});
afterAll(async () => {
  await browser?.close();
  await others?.stop();
  await product?.stop();
});

async function shown(words: string, name: string): Promise<Locator> {
  const card = await adam.card(words);
  await picture(card, `teams-${name}`);
  return card;
}

/** Adam looks at the channel before something comes: its page shows only by chance what came while it showed another room. */
async function lookAtChannel(): Promise<void> {
  await adam.goTo('Acme - Marketing');
  await adam.card("Marketing's alerts and requests come here. Set by Adam.");
}

async function pay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay £100.00' }).click();
  await page.getByRole('heading', { name: '£100.00 added to Marketing' }).waitFor();
  await page.close();
}

test('before the company is enabled, help says what to send to support', async () => {
  await adam.type('help');
  const card = await shown("Workspaces aren't on for your company yet.", 'not-enabled');
  expect(await card.innerText()).toContain(`teams:${others.tenant} ${demoPerson('Adam').aad}`);
});

test('Adam creates a workspace by the form in the chat, which becomes the answer', async () => {
  await product.operator('enable', `teams:${others.tenant}`, '--name', 'Acme', '--owner', demoPerson('Adam').aad);
  await adam.press(await shown('Acme is ready. Name your first workspace.', 'ready'), 'Create');
  const form = await shown('New workspace', 'create-form');
  await form.getByRole('textbox').fill('Marketing');
  await adam.press(form, 'Create');
  await shown('Marketing is active. £0.00.', 'created');
  expect(await adam.page.locator('.ac-adaptiveCard', { hasText: 'New workspace' }).count()).toBe(0);
});

test('Adam binds the channel by a post that mentions the bot', async () => {
  await adam.goTo('Acme - Marketing');
  await adam.post('channel bind');
  await shown("Marketing's alerts and requests come here. Set by Adam.", 'bound');
});

test('Adam invites Mia by the form, and she joins', async () => {
  await adam.goTo('Personal Chat');
  await adam.type('invite');
  const form = await shown('Invite people', 'invite-form');
  await form.getByLabel('Colleagues').fill('Mia');
  await adam.press(form, 'Invite');
  await shown('Mia is invited to Marketing as member', 'invited');
  await others.click('Mia', await others.privateTo('Mia', 'Adam invites you to Marketing as member.'), 'Join');
  await others.privateTo('Mia', 'Welcome!');
});

test('Mia asks, and the request becomes its outcome where Adam approves it', async () => {
  await lookAtChannel();
  // From her personal chat: the Playground's page loses one of two messages of the same moment, as a pointer would be.
  await others.type('Mia', 'invite nina@acme.com because she writes the newsletter');
  const request = await shown('Mia asks to invite nina@acme.com. 3 seats free.', 'request');
  await adam.press(request, 'Approve');
  const decided = await shown('Approved by Adam.', 'request-approved');
  expect(await decided.getByRole('button').count()).toBe(0);
  expect(await adam.page.locator('.ac-adaptiveCard', { hasText: 'nina@acme.com' }).count()).toBe(1);
  await others.privateTo('Mia', 'Adam said yes.');
});

test('Adam pays on the page behind the card, and the channel sees it', async () => {
  await adam.goTo('Personal Chat');
  await adam.type('topup 100');
  const checkout = await adam.follow(await shown('Pay £100.00', 'topup'), 'Pay £100.00');
  await lookAtChannel();
  await pay(checkout);
  await shown('£100.00 added. Balance £100.00.', 'added');
});

test('the warning in the channel becomes the all-clear once there is balance again', async () => {
  await others.type('Adam', 'dev create Engine');
  const key = await revealKey(linkOf(await others.privateTo('Adam', '[Open the page]'), 'Open the page'));
  await spend(product, key, [50_00, 31_60]);
  const alert = await shown('Low: Marketing has £18.40, under 20 %. Too new to guess days.', 'alert');
  await adam.press(alert, 'Top up');
  await adam.goTo('Personal Chat');
  await adam.press(await shown('You pay on the next page.', 'topup-form'), 'Go on');
  const second = adam.page.locator('.ac-adaptiveCard', { hasText: 'Pay £100.00' }).nth(1);
  await second.waitFor();
  const checkout = await adam.follow(second, 'Pay £100.00');
  await lookAtChannel();
  await pay(checkout);
  await shown('All clear. Adam added £100.00. Balance £118.40.', 'all-clear');
  expect(await adam.page.locator('.ac-adaptiveCard', { hasText: 'Low: Marketing' }).count()).toBe(0);
});

test("the month's end brings the summary with its chart", async () => {
  await product.restart(toNextMonthMs());
  const summary = await adam.card('£0.00 + £200.00 - £81.60 = £118.40.');
  await summary.getByRole('img', { name: 'Autumn · £81.60' }).waitFor();
  await picture(summary, 'teams-summary');
});

test.each(['help', 'help all', 'balance', 'members', 'history', 'usage', 'list', 'me', 'requests', 'dev', 'blance'])(
  '%s is answered by a card',
  async (words) => {
    await adam.goTo('Personal Chat');
    const before = await adam.page.locator('.ac-adaptiveCard').count();
    await adam.type(words);
    const card = adam.page.locator('.ac-adaptiveCard').nth(before);
    await card.waitFor();
    await picture(card, `teams-${words.replace(' ', '-')}`);
    expect((await card.innerText()).length).toBeGreaterThan(10);
  },
);

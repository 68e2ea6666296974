import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { toNextMonthMs } from '../e2e/product.js';
import { openBrowser, picture } from './chromium.js';
import { LocalMode } from './local-mode.js';
import { SlackPage } from './slack-page.js';

/** The story's main steps in the demo account, by what a person sees and clicks. Each step stands on the one before. */
let local: LocalMode;
let browser: Browser;
let slack: SlackPage;

beforeAll(async () => {
  local = await LocalMode.start();
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 900, height: 1_200 } });
  context.setDefaultTimeout(10_000);
  slack = new SlackPage(await context.newPage());
  await slack.open(local.slack);
  await slack.goTo('marketing');
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

async function shown(words: string, name: string): Promise<Locator> {
  const message = await slack.message(words);
  await picture(message, `slack-${name}`);
  return message;
}

test('Olivia sees where she stands', async () => {
  await slack.actAs('Olivia');
  await slack.type('/workspace');
  await shown('Marketing is active', 'home');
  await slack.goTo('Workspace');
  await slack.page.locator('.main', { hasText: 'Marketing is active' }).waitFor();
  await picture(slack.page.locator('.main'), 'slack-home-tab');
  await slack.goTo('marketing');
});

test('Olivia creates a workspace by its form, which says what is wrong beside the field', async () => {
  await slack.type('/workspace create');
  const form = await slack.modal('New workspace');
  await form.getByRole('textbox').fill('marketing');
  await slack.press(form, 'Create');
  await form.getByText('There is already a workspace called marketing.').waitFor();
  await picture(form, 'slack-create-form');
  await form.getByRole('textbox').fill('Events');
  await slack.press(form, 'Create');
  await slack.page.locator('.modal').waitFor({ state: 'detached' });
  await slack.goTo('Olivia');
  await shown('Events is active. £0.00.', 'created');
  await slack.goTo('marketing');
  await slack.type('/workspace switch Marketing');
  await slack.message('Marketing is active now.');
});

test('Mia asks, Adam approves, and the mail to Nina leads to a page', async () => {
  await slack.actAs('Mia');
  await slack.type('/workspace invite nina@acme.com');
  await shown('Owners and admins invite, so I asked them for you.', 'asked');
  const request = await shown('Mia asks to invite nina@acme.com.', 'request');

  await slack.actAs('Adam');
  await slack.press(request, 'Approve');
  const decided = await shown('Approved by Adam.', 'request-approved');
  expect(await decided.getByRole('button', { name: 'Approve' }).count()).toBe(0);

  const mails = await slack.page.context().newPage();
  await mails.goto(`${local.product}/mails`);
  await mails.getByRole('link').first().click();
  await mails.getByRole('heading', { name: 'invites you to Marketing' }).waitFor();
  await picture(mails.locator('main'), 'page-invite');
  await mails.close();
});

test('Olivia invites Zoe by the form, and Zoe joins', async () => {
  await slack.actAs('Olivia');
  await slack.type('/workspace invite');
  const form = await slack.modal('Invite people');
  await form.getByLabel('Zoe').check();
  await picture(form, 'slack-invite-form');
  await slack.press(form, 'Invite');
  const sent = await slack.modal('Zoe is invited to Marketing as member, in chat.');
  await picture(sent, 'slack-invited');
  await slack.press(sent, 'Close');

  await slack.actAs('Zoe');
  await slack.goTo('Zoe');
  const invitation = await shown('Olivia invites you to Marketing as member.', 'invitation');
  await slack.press(invitation, 'Join');
  await shown('Welcome!', 'welcome');
  await slack.actAs('Olivia');
  await slack.goTo('marketing');
});

test('Olivia tops up; a card is declined, another pays', async () => {
  await slack.type('/workspace topup 100');
  const offer = await shown('£100.00 for Marketing.', 'topup');
  const pay = await slack.follow(offer, 'Pay £100.00');
  await picture(pay.locator('main'), 'page-pay');
  await pay.getByRole('button', { name: 'Declined' }).click();
  await pay.getByText('Your card was declined.').waitFor();
  await picture(pay.locator('main'), 'page-declined');
  await pay.getByRole('button', { name: 'Pay £100.00' }).click();
  await pay.waitForURL(/\/payments\/return/);
  await pay.getByText('£100.00', { exact: false }).first().waitFor();
  await picture(pay.locator('main'), 'page-paid');
  await pay.close();
  await shown('£100.00 added. Balance £220.00.', 'topup-done');
});

test('an API key is shown once, on a page of its own', async () => {
  await slack.type('/workspace dev create Engine');
  const made = await shown('The key Engine is made.', 'key-made');
  const page = await slack.follow(made, 'Open the page');
  await picture(page.locator('main'), 'page-secret');
  await page.getByRole('button', { name: 'Show it once' }).click();
  await page.getByText(/^wsk_\w+$/).waitFor();
  await picture(page.locator('main'), 'page-secret-shown');
  await page.goto(page.url());
  await page.getByText('Nothing to show here any more').waitFor();
  await page.close();
});

test('spending brings the warning; Mia asks, Olivia pays, and the warning clears', async () => {
  const key = (await readFile(join(local.folder, '.data/demo-key'), 'utf8')).trim();
  const events = [
    { id: 'e1', item: 'sms', amountMinor: 120_00, resource: 'Autumn sale' },
    { id: 'e2', item: 'email', amountMinor: 60_00, resource: 'Newsletter' },
    { id: 'e3', item: 'sms', amountMinor: 21_60, resource: 'Reminders' },
  ];
  const spent = await fetch(`${local.product}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(spent.status).toBe(200);
  const alert = await shown('Marketing has £18.40', 'alert');
  await picture(slack.page.locator('.main'), 'slack-channel');

  await slack.actAs('Mia');
  await slack.press(alert, 'Top up');
  const offer = await shown('Owners top up. Ask Olivia?', 'offer-to-ask');
  await slack.press(offer, 'Ask for £100.00');

  await slack.actAs('Olivia');
  await slack.goTo('Olivia');
  const asked = await shown('Mia asks for £100.00 for Marketing.', 'money-request');
  await slack.press(asked, 'Pay £100.00');
  const pay = await slack.follow(await slack.message('£100.00 for Marketing. You pay'), 'Pay £100.00');
  await pay.getByRole('button', { name: 'Pay £100.00' }).click();
  await pay.waitForURL(/\/payments\/return/);
  await pay.close();
  await slack.goTo('marketing');
  await shown('All clear. Olivia added £100.00. Balance £118.40.', 'all-clear');
});

test('everything else that Olivia may type', async () => {
  for (const [typed, answer, name] of [
    ['balance', 'Marketing has £118.40.', 'balance'],
    ['history', "Marketing's entries", 'history'],
    ['usage', 'so far', 'usage'],
    ['members', 'Marketing: ', 'members'],
    ['help all', 'What you can type', 'help'],
    ['requests', 'Nothing waits for you', 'requests'],
    ['blance', 'Did you mean balance?', 'near-miss'],
  ] as const) {
    await slack.type(`/workspace ${typed}`);
    await shown(answer, name);
  }
});

test('a meeting that Mia shares is posted where its channel is bound, and opened there', async () => {
  await slack.type('/workspace channel create Fair');
  await shown('Fair is there, and you manage it.', 'channel');
  await slack.type('/workspace channel bind Fair');
  await slack.message('meetings of Fair come here.');
  await slack.actAs('Mia');
  await slack.type('/workspace meeting create Fair plans');
  await shown('Written down. You alone can read it', 'meeting');
  await slack.type('/workspace meeting share Fair plans with Fair');
  await shown('Fair can read it now', 'meeting-access');
  const post = await shown('Mia shared a meeting with Fair', 'meeting-posted');
  await slack.actAs('Adam');
  await slack.press(post, 'Open');
  await shown('Host', 'meeting-opened');
  await slack.actAs('Olivia');
});

test("the month's end brings the summary", async () => {
  await local.restart(toNextMonthMs());
  await slack.open(local.slack);
  await slack.goTo('marketing');
  await shown('£0.00 + £320.00 - £201.60 = £118.40.', 'summary');
});

import { expect, test } from '@jest/globals';
import { useOffice } from './office.js';
import { toNextMonthMs } from './product.js';
import { linkOf, pay, spend } from './outside.js';
import { apiKey, MARKETING, payOnPage } from './slack-people.js';
import type { Seen } from './seen.js';

const office = useOffice();

/** The first day, in the order of the story: each step stands on the one before. */
test('workspaces are not on for Acme yet', async () => {
  const { slack } = office();
  await slack.type('Olivia', '', MARKETING);
  expect((await slack.privateTo('Olivia')).lines).toEqual([
    "Workspaces aren't on for Acme yet. Send support this: `slack:T02 U0OLIVIA` You reach support at help@workspaces.test.",
  ]);
});

test('the operator enables Acme, and Olivia names her first workspace', async () => {
  const { product, slack } = office();
  const enable = ['enable', 'slack:T02', '--name', 'Acme', '--owner', 'U0OLIVIA'];
  expect(await product.operator(...enable)).toContain('is enabled now for slack:T02');
  const ready = await slack.privateTo('Olivia');
  expect(ready.lines).toEqual(['Acme is ready. Name your first workspace.', '[Create]']);

  await slack.click('Olivia', ready, 'Create');
  const form = await slack.openModal();
  expect(form.inputs).toEqual(['name']);
  slack.submit('Olivia', form, { name: 'Marketing' });
  expect((await slack.privateTo('Olivia')).lines).toEqual([
    'Marketing is active. £0.00.',
    '[Add balance] [Invite]',
    'Marketing · £0.00',
  ]);

  expect(await product.operator(...enable)).toContain('was enabled already for slack:T02');
});

test('Olivia binds #marketing', async () => {
  const { slack } = office();
  await slack.type('Olivia', 'channel bind', MARKETING);
  expect((await slack.inChannel(MARKETING)).lines[0]).toBe("Marketing's alerts and requests come here. Set by Olivia.");
});

test('Adam and Mia are invited and join', async () => {
  const { slack } = office();
  await slack.type('Olivia', 'invite @adam as admin');
  expect((await slack.privateTo('Olivia')).lines[0]).toBe('Adam is invited to Marketing as admin, in chat.');
  const toAdam = await slack.privateTo('Adam');
  expect(toAdam.lines.slice(0, 2)).toEqual(['Olivia invites you to Marketing as admin.', '[Join]']);
  await slack.click('Adam', toAdam, 'Join');
  expect((await slack.privateTo('Adam')).lines[0]).toBe('Welcome! Here you can invite people and approve requests.');

  await slack.type('Olivia', 'invite @mia');
  await slack.privateTo('Olivia');
  const toMia = await slack.privateTo('Mia');
  expect(toMia.lines[0]).toBe('Olivia invites you to Marketing as member.');
  await slack.click('Mia', toMia, 'Join');
  expect((await slack.privateTo('Mia')).lines[0]).toMatch(/^Welcome!/);
});

test('Olivia tops up on the payment page', async () => {
  const { slack } = office();
  await slack.type('Olivia', 'topup 100', MARKETING);
  const card = await slack.privateTo('Olivia');
  expect(await pay(linkOf(card, 'Pay £100.00'))).toContain('£100.00');
  expect((await slack.inChannel(MARKETING)).lines[0]).toBe('£100.00 added. Balance £100.00.');
});

test('Olivia gets the receipt, as PDF, and finds in it where she asked', async () => {
  const { slack } = office();
  const notice = await slack.receiptTo('Olivia');
  expect(notice.lines[0]).toMatch(/^Receipt \w{6}-000001 of Marketing, for £100\.00, is ready\.$/);
  await slack.click('Olivia', notice, 'Get the PDF');
  const receipt = await slack.privateTo('Olivia');
  const url = linkOf(receipt, 'Download PDF');
  expect(await (await fetch(url)).text()).toContain('Your file is ready');
  const pdf = Buffer.from(await (await fetch(url, { method: 'POST' })).arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await slack.click('Olivia', receipt, 'Entry');
  expect((await slack.privateTo('Olivia')).lines.join('\n')).toMatch(/#marketing in Slack, reference R-\w{6}/);
});

test('Mia asks to invite Nina, Adam approves, and Nina gets her mail', async () => {
  const { product, slack } = office();
  await slack.type('Mia', 'invite nina@acme.com', MARKETING);
  expect((await slack.privateTo('Mia')).lines[0]).toBe('Owners and admins invite, so I asked them for you.');
  const request = await slack.inChannel(MARKETING);
  expect(request.lines[0]).toBe('Mia asks to invite nina@acme.com. 2 seats free.');
  expect(request.lines[1]).toMatch(/^\[Approve\] \[Deny\]/);

  await slack.click('Adam', request, 'Approve');
  const decided = await slack.inChannel(MARKETING);
  expect(decided).toMatchObject({ ts: request.ts, buttons: [] });
  expect(decided.lines[0]).toContain('Approved by Adam.');
  expect((await slack.privateTo('Mia')).lines[0]).toBe('Adam said yes.');

  const mails = await (await fetch(`${product.url}/mails`)).text();
  expect(mails).toContain('To nina@acme.com');
  const link = /href="([^"]+\/invite\/[^"]+)"/.exec(mails)![1]!;
  expect(await (await fetch(link)).text()).toContain('invites you to Marketing');
});

test('the engine spends until the balance is low, and #marketing is warned', async () => {
  const { slack } = office();
  expect(await spend(office().product, await apiKey(slack), [50_00, 31_60])).toBe(18_40);
  const alert = await slack.inChannel(MARKETING);
  expect(alert.lines[0]).toContain('Low: Marketing has £18.40, under 20 %. Too new to guess days.');
  expect(alert.lines).toContain('[Top up] [Ask an owner]');

  await slack.click('Mia', alert, 'Top up');
  const offer = await slack.privateTo('Mia');
  expect(offer.lines.slice(0, 2)).toEqual(['Owners top up. Ask Olivia?', '[Ask for £100.00]']);
  await slack.click('Mia', offer, 'Ask for £100.00');
  await slack.privateTo('Mia');

  const asked = await slack.privateTo('Olivia');
  expect(asked.lines[0]).toBe('Mia asks for £100.00 for Marketing.');
  expect(asked.lines).toContain('[Pay £100.00] [Deny]');
  await slack.click('Olivia', asked, 'Pay £100.00');
  await payOnPage(slack);

  const news = async (): Promise<Seen> => {
    const seen = await slack.inChannel(MARKETING);
    const goesOn = seen.ts === alert.ts && seen.lines[0]?.includes('Low: ');
    return goesOn ? news() : seen;
  };
  const [first, second] = [await news(), await news()];
  const [clear, added] = first.ts === alert.ts ? [first, second] : [second, first];
  expect(clear).toMatchObject({ ts: alert.ts, buttons: [] });
  expect(clear.lines[0]).toContain('All clear. Olivia added £100.00. Balance £118.40.');
  expect(added.lines[0]).toBe('£100.00 added. Balance £118.40.');
});

test("the month's end brings the summary", async () => {
  const { product, slack } = office();
  const month = new Date().toLocaleString('en-GB', { month: 'long', timeZone: 'Europe/London' });
  await product.restart(toNextMonthMs());

  const summary = await slack.inChannel(MARKETING);
  expect(summary.lines[0]).toContain(`Marketing in ${month}: £0.00 + £200.00 - £81.60 = £118.40.`);
  expect(summary.lines.join('\n')).toContain('(picture: Most was spent on ');
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoPerson } from '../../src/local/demo-people.js';
import { linkOf, pay, revealKey, spend } from './outside.js';
import { Product, toNextMonthMs } from './product.js';
import type { TeamsClient } from './teams-client.js';

/** The first day by people of a Teams alone, in the order of the story: each step stands on the one before. */
export function firstDayInTeams(startTeams: (messages: string) => Promise<TeamsClient>): void {
  let product: Product;
  let teams: TeamsClient;
  const { aad: olivia } = demoPerson('Olivia');
  beforeAll(async () => {
    product = await Product.start({ TEAMS_PLAYGROUND: '1' });
    teams = await startTeams(`${product.url}/api/messages`);
  }, 60_000);
  afterAll(async () => {
    await teams?.stop();
    await product?.stop();
  });
  const inChannel = () => ({ channel: teams.channel });

  test('workspaces are not on for the company yet', async () => {
    await teams.type('Olivia', 'help');
    const { lines } = await teams.privateTo('Olivia', "Workspaces aren't on for your company yet.");
    expect(lines[0]).toContain(`Send support this: teams:${teams.tenant} ${olivia}`);
    expect(lines[0]).toContain('help@workspaces.test');
  });

  test('the operator enables Acme, and Olivia names her first workspace', async () => {
    const enable = ['enable', `teams:${teams.tenant}`, '--name', 'Acme', '--owner', olivia];
    expect(await product.operator(...enable)).toContain(`is enabled now for teams:${teams.tenant}`);
    const ready = await teams.privateTo('Olivia', 'Acme is ready. Name your first workspace.');
    await teams.click('Olivia', ready, 'Create');
    const form = await teams.privateTo('Olivia', 'Name');
    expect(form.inputs).toEqual({ 'field:name': '' });
    await teams.click('Olivia', form, 'Create', { name: 'Marketing' });
    const active = await teams.privateTo('Olivia', 'Marketing is active. £0.00.');
    expect(active.lines).toEqual(['Marketing is active. £0.00.', '[Add balance] [Invite]', 'Marketing · £0.00']);
    expect(active.id).toBe(form.id);
  });

  test('Olivia binds the channel', async () => {
    await teams.type('Olivia', 'channel bind', inChannel());
    await teams.inChannel("Marketing's alerts and requests come here. Set by Olivia.");
  });

  test('Adam and Mia are invited and join', async () => {
    await teams.type('Olivia', 'invite @Adam as admin', inChannel());
    await teams.privateTo('Olivia', 'Adam is invited to Marketing as admin');
    const toAdam = await teams.privateTo('Adam', 'Olivia invites you to Marketing as admin.');
    await teams.click('Adam', toAdam, 'Join');
    const welcome = await teams.privateTo('Adam', 'Welcome! Here you can invite people and approve requests.');
    expect(welcome.id).toBe(toAdam.id);

    await teams.type('Olivia', '/workspace invite @Mia');
    const toMia = await teams.privateTo('Mia', 'Olivia invites you to Marketing as member.');
    await teams.click('Mia', toMia, 'Join');
    await teams.privateTo('Mia', 'Welcome!');
  });

  test('Olivia tops up on the payment page', async () => {
    await teams.type('Olivia', 'topup 100', inChannel());
    const card = await teams.privateTo('Olivia', '[Pay £100.00]');
    expect(await pay(linkOf(card, 'Pay £100.00'))).toContain('£100.00');
    await teams.inChannel('£100.00 added. Balance £100.00.');
  });

  test('Mia asks to invite Nina, Adam approves, and Nina gets her mail', async () => {
    await teams.type('Mia', 'invite nina@acme.com', inChannel());
    await teams.privateTo('Mia', 'Owners and admins invite, so I asked them for you.');
    const request = await teams.inChannel('Mia asks to invite nina@acme.com. 2 seats free.');
    expect(request.lines[1]).toMatch(/^\[Approve\] \[Deny\]/);
    await teams.click('Adam', request, 'Approve');
    const decided = await teams.inChannel('Approved by Adam.');
    expect(decided).toMatchObject({ id: request.id, conversation: request.conversation, buttons: [] });
    await teams.privateTo('Mia', 'Adam said yes.');

    const mails = await (await fetch(`${product.url}/mails`)).text();
    expect(mails).toContain('To nina@acme.com');
    const link = /href="([^"]+\/invite\/[^"]+)"/.exec(mails)?.[1] ?? '';
    expect(await (await fetch(link)).text()).toContain('invites you to Marketing');
  });

  test('the engine spends until the balance is low, the channel is warned, and Olivia pays', async () => {
    await teams.type('Olivia', 'dev create Engine');
    const page = linkOf(await teams.privateTo('Olivia', '[Open the page]'), 'Open the page');
    expect(await spend(product, await revealKey(page), [50_00, 31_60])).toBe(18_40);
    const alert = await teams.inChannel('Low: Marketing has £18.40, under 20 %. Too new to guess days.');
    expect(alert.lines).toContain('[Top up] [Ask an owner]');

    await teams.click('Mia', alert, 'Top up');
    const offer = await teams.privateTo('Mia', 'Owners top up. Ask Olivia?');
    await teams.click('Mia', offer, 'Ask for £100.00');
    const asked = await teams.privateTo('Olivia', 'Mia asks for £100.00 for Marketing.');
    expect(asked.lines).toContain('[Pay £100.00] [Deny]');
    await teams.click('Olivia', asked, 'Pay £100.00');
    await pay(linkOf(await teams.privateTo('Olivia', '[Pay £100.00]'), 'Pay £100.00'));
    await teams.privateTo('Mia', 'Olivia said yes.');

    const clear = await teams.inChannel('All clear. Olivia added £100.00. Balance £118.40.');
    expect(clear).toMatchObject({ id: alert.id, conversation: alert.conversation, buttons: [] });
    await teams.inChannel('£100.00 added. Balance £118.40.');
  });

  test("the month's end brings the summary", async () => {
    const month = new Date().toLocaleString('en-GB', { month: 'long', timeZone: 'Europe/London' });
    await product.restart(toNextMonthMs());
    const summary = await teams.inChannel(`Marketing in ${month}: £0.00 + £200.00 - £81.60 = £118.40.`);
    expect(summary.lines.join('\n')).toContain('Autumn · £81.60');
  }, 40_000);
}

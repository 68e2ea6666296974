import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { SHORTCUTS } from '../../../src/chat/slack/shortcuts.js';
import { useOffice } from '../../commands/harness.js';
import { buttons, words } from '../../fakes/slack/words.js';
import type { Shown } from '../../fakes/slack/world.js';
import { ADAM, MIA, TEAM } from '../../support/acme.js';
import { insertTeams } from '../../support/many-workspaces.js';
import { Bench } from './harness.js';

/** The Home tab and the shortcuts, as signed requests that Bolt receives and the real commands answer. */

const office = useOffice();
let bench: Bench;
beforeAll(async () => {
  const users = ['U0OLIVIA', 'U0ADAM', 'U0MIA', 'U0MAX', 'U0NOBODY'].map((id) => ({ id, name: id.slice(2) }));
  bench = await Bench.start({ team: TEAM, users, channels: [{ id: 'C0MARK', name: 'marketing' }] });
  bench.answer = (invocation) => office().dispatch({ ...invocation, at: office().at });
});
afterAll(() => bench.stop());
afterEach(() => {
  for (const { id } of bench.slack.world.users.values()) bench.slack.closeModal(id);
});

/** What the person gets next of that kind; what is shown or edited beside it is passed over. */
async function next(user: string, kind: Shown['kind']): Promise<Shown> {
  for (;;) {
    const shown = await bench.slack.privateTo(user);
    if (shown.kind === kind) return shown;
  }
}

async function openHome(user: string): Promise<Shown> {
  await bench.slack.openHome(user);
  return next(user, 'home');
}

/** The modal that stands open. */
function modalOf(user: string): string {
  const modal = bench.slack.modalOf(user);
  return modal ? `${modal.text}\n${words(modal)}` : '';
}

const labels = (shown: Shown) => buttons(shown).map(({ label }) => label);

/** Mia asks Marketing's admins to invite somebody, as a member must. */
async function miaAsks(name = 'nina'): Promise<void> {
  await office().type(MIA, `invite ${name}@acme.com`);
}

test('the Home tab shows where somebody stands, what waits for them, and what they asked', async () => {
  await miaAsks();
  await office().type(ADAM, 'topup 50');
  await office().press(ADAM, { command: 'topup', args: { amount: '50.00', ask: true } });
  const home = await openHome('U0ADAM');
  expect(home.kind).toBe('home');
  expect(words(home)).toMatch(/Marketing is active[^]*1 request waits for you\.[^]*Mia asks to invite nina@acme\.com/);
  expect(words(home)).toMatch(/1 request of yours waits for an answer\.[^]*You asked for £50\.00 for Marketing/);
  expect(labels(home)).toEqual(expect.arrayContaining(['Approve', 'Deny', 'Ask Mia', 'Take back', 'Requests']));
  expect(words(await openHome('U0MAX'))).not.toMatch(/Mia|Marketing/);
});

test('a yes on the Home tab is done there, and the tab shows what is left', async () => {
  await miaAsks();
  await miaAsks('bob');
  const home = await openHome('U0ADAM');
  await bench.slack.click('U0ADAM', home, 'Approve');
  const after = await next('U0ADAM', 'home');
  expect(after.ts).toBe(home.ts);
  expect(words(after)).toMatch(/Approved\. The person who asked is told\.[^]*1 request waits for you\./);
  expect(words(after).match(/Mia asks to invite/g)).toHaveLength(1);
});

test('a no asks for its reason in a modal, and the tab behind it is drawn anew', async () => {
  await miaAsks();
  await bench.slack.click('U0ADAM', await openHome('U0ADAM'), 'Deny');
  await next('U0ADAM', 'modal');
  expect(modalOf('U0ADAM')).toContain('Say no');
  await bench.slack.submit('U0ADAM', { note: 'Not this month' });
  expect(words(await next('U0ADAM', 'home'))).not.toContain('nina');
  expect(modalOf('U0ADAM')).toContain('Denied. The person who asked is told why.');
});

test('what somebody asked is taken back on the Home tab', async () => {
  await miaAsks();
  await bench.slack.click('U0MIA', await openHome('U0MIA'), 'Take back');
  const after = await next('U0MIA', 'home');
  expect(words(after)).toContain('Taken back.');
  expect(words(after)).not.toContain('nina');
});

test('a request that another decided meanwhile is refused in a modal, and leaves the tab', async () => {
  await miaAsks();
  const home = await openHome('U0ADAM');
  await bench.slack.click('U0OLIVIA', await openHome('U0OLIVIA'), 'Approve');
  await next('U0OLIVIA', 'home');
  await bench.slack.click('U0ADAM', home, 'Approve');
  const anew = await next('U0ADAM', 'home');
  expect(modalOf('U0ADAM')).toMatch(/Olivia/);
  expect(labels(anew)).not.toContain('Approve');
});

test('another workspace is switched to from the Home tab, which then shows it active', async () => {
  await bench.slack.click('U0OLIVIA', await openHome('U0OLIVIA'), 'Switch');
  expect(words(await next('U0OLIVIA', 'home'))).toContain('Support is active');
  expect(modalOf('U0OLIVIA')).toContain('Support');
});

test('somebody without a workspace finds there what they can do', async () => {
  office().acme.chat.add(
    { platform: 'slack', tenant: TEAM, user: 'U0NOBODY' },
    { name: 'Ned', email: 'ned@acme.com', emailVerified: true, standing: 'full' },
  );
  const home = await openHome('U0NOBODY');
  expect(words(home)).toContain('You are in no workspace yet.');
  expect(labels(home)).toContain('Create a workspace');
});

const SHOWN: Readonly<Record<string, RegExp>> = {
  workspaces: /Marketing is active/,
  requests: /Nothing waits for you/,
  add_balance: /Ask for balance/,
  invite_people: /Invite/,
  workspaces_here: /Marketing is active/,
  balance_here: /Marketing has /,
};

test.each(SHORTCUTS)('the shortcut $name ($type) is answered in a modal', async ({ callback_id, type }) => {
  const where = type === 'message' ? { channel: 'C0MARK', thread: '1.000001' } : {};
  await bench.slack.shortcut('U0ADAM', { ...where, name: callback_id });
  await next('U0ADAM', 'modal');
  expect(modalOf('U0ADAM')).toMatch(SHOWN[callback_id] ?? /nothing/);
});

test('a form for more than a picker can offer searches, in what its reader may choose', async () => {
  const { account, olivia, marketing } = office().acme;
  await insertTeams(account.id, olivia.id, 120);
  const { ledger } = office().services;
  const { id: wallet } = marketing;
  await ledger.post({ wallet, key: 'topup:t', kind: 'topup', amountMinor: 500, contra: 'provider', at: office().at });
  await bench.slack.command('U0OLIVIA', 'move 5');
  await next('U0OLIVIA', 'modal');
  const offered = await bench.slack.suggest('U0OLIVIA', 'to');
  expect(offered).toHaveLength(100);
  expect(offered.map(({ label }) => label)).not.toContain('Marketing');
  const found = await bench.slack.suggest('U0OLIVIA', 'to', 'TEAM 0119');
  expect(found.map(({ label }) => label)).toEqual(['Team 0119']);
  expect(await bench.slack.suggest('U0OLIVIA', 'to', 'nowhere')).toEqual([]);
  expect(await bench.slack.suggest('U0OLIVIA', 'to', '.*')).toEqual([]);
  await bench.slack.submit('U0OLIVIA', { to: found[0]!.value });
  expect(modalOf('U0OLIVIA')).toMatch(/Move £5\.00 from Marketing to Team 0119\?/);
});

test("a channel for notices is chosen with Slack's own picker", async () => {
  office().acme.chat.channelNames.set('C0MARK', 'marketing');
  await bench.slack.command('U0OLIVIA', 'health');
  await bench.slack.click('U0OLIVIA', await next('U0OLIVIA', 'ephemeral'), 'Choose a channel');
  await next('U0OLIVIA', 'modal');
  expect(JSON.stringify(bench.slack.modalOf('U0OLIVIA')?.blocks)).toContain('"conversations_select"');
  await bench.slack.submit('U0OLIVIA', { channel: 'C0MARK' });
  expect(office().acme.chat.posts.at(-1)).toMatchObject({ to: { platform: 'slack', channel: 'C0MARK' } });
  expect(modalOf('U0OLIVIA')).toContain("Marketing's alerts and requests go to #marketing now");
});

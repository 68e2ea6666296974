import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoPerson } from '../../src/local/demo-people.js';
import { CHANNEL, FakeTeams } from './fake-teams.js';
import { linkOf, pay, revealKey, spend } from './outside.js';
import { Product } from './product.js';
import type { TeamsSeen } from './teams-card.js';
import { mailsOn, mailsPage } from './mails.js';

const IN_CHANNEL = { channel: CHANNEL };
const ELSEWHERE = '19:elsewhere@thread.tacv2';

let product: Product;
let teams: FakeTeams;
beforeAll(async () => {
  product = await Product.start({ TEAMS_PLAYGROUND: '1' });
  teams = await FakeTeams.start(`${product.url}/api/messages`);
  const { world } = teams.fake;
  world.users.set('gus', { user: 'gus', name: 'Gus', email: 'gus@else.example', guest: true });
  world.conversations.set(ELSEWHERE, { id: ELSEWHERE, kind: 'channel', name: 'elsewhere', team: '19:t2', bot: true });
  await product.operator('enable', `teams:${teams.tenant}`, '--name', 'Acme', '--owner', demoPerson('Olivia').aad);
  await teams.type('Olivia', 'create Marketing');
  await teams.privateTo('Olivia', 'Marketing is active.');
  await teams.type('Olivia', 'channel bind', IN_CHANNEL);
  await teams.inChannel("Marketing's alerts and requests come here.");
  await bringIn('Adam', ' as admin');
  await bringIn('Mia');
}, 60_000);
afterAll(async () => {
  await teams?.stop();
  await product?.stop();
});

async function bringIn(name: 'Adam' | 'Mia', as = ''): Promise<void> {
  await teams.type('Olivia', `invite @${name}${as}`, IN_CHANNEL);
  await teams.click(name, await teams.privateTo(name, 'Olivia invites you to Marketing'), 'Join');
  await teams.privateTo(name, 'Welcome!');
}

async function askFor(email: string): Promise<TeamsSeen> {
  await teams.type('Mia', `invite ${email}`, IN_CHANNEL);
  await teams.privateTo('Mia', 'Owners and admins invite, so I asked them for you.');
  return teams.inChannel(`Mia asks to invite ${email}.`);
}

async function mailsTo(email: string, atLeast: number): Promise<number> {
  return mailsOn(await mailsPage(product, email, atLeast), email);
}

test('several people at once, pasted with their names; a group that Teams shows to no app is told how', async () => {
  await teams.type('Olivia', 'invite Nina Smith <nina@partner.com>; @Design, otto@partner.com as admin', IN_CHANNEL);
  const text = (await teams.privateTo('Olivia', '2 invited, 1 not')).lines.join('\n');
  expect(text).toContain('nina@partner.com is invited to Marketing as admin, by e-mail.');
  expect(text).toContain('otto@partner.com is invited to Marketing as admin, by e-mail.');
  expect(text).toContain("Teams lets no app look into its groups and tags: paste their people's addresses there.");
});

describe('buttons', () => {
  test('who sees the card in the channel, but may not decide, is told so, and nothing happens', async () => {
    const card = await askFor('one@acme.com');
    await teams.click('Max', card, 'Approve');
    await teams.privateTo('Max', 'This card belongs to a workspace that you are not in.');
    await teams.click('Mia', card, 'Approve');
    await teams.privateTo('Mia', 'This is your own request, so somebody else decides it.');
    expect(await mailsTo('one@acme.com', 0)).toBe(0);
  });

  test('a card that was decided meanwhile says who decided', async () => {
    const card = await askFor('two@acme.com');
    await teams.click('Adam', card, 'Approve');
    await teams.inChannel('Approved by Adam.');
    await teams.click('Olivia', card, 'Approve');
    await teams.privateTo('Olivia', 'Adam');
    expect(await mailsTo('two@acme.com', 1)).toBe(1);
  });

  test('whoever is suspended is told so by an old card, until they may come back', async () => {
    await teams.type('Mia', 'balance');
    const old = await teams.privateTo('Mia', 'Marketing has');
    await teams.type('Olivia', 'suspend @Mia because on leave', IN_CHANNEL);
    const form = await teams.privateTo('Olivia', 'Until they are reactivated');
    await teams.click('Olivia', form, 'Suspend', { reason: 'On leave' });
    const done = await teams.privateTo('Olivia', 'Mia is suspended in Marketing');
    await teams.privateTo('Mia', 'Olivia suspended you in Marketing for now: “On leave”.');
    await teams.click('Mia', old, 'Add balance');
    await teams.privateTo('Mia', 'You are suspended in Marketing');
    await teams.click('Olivia', done, 'Undo');
    await teams.privateTo('Mia', 'Olivia took that back');
    await teams.type('Mia', 'balance');
    await teams.privateTo('Mia', 'Marketing has');
  });

  test('the invitation card of somebody else lets nobody in', async () => {
    await teams.type('Olivia', 'invite @Zoe', IN_CHANNEL);
    const toZoe = await teams.privateTo('Zoe', 'Olivia invites you to Marketing');
    const { fake } = teams;
    const join = toZoe.buttons.find(({ label }) => label === 'Join')!;
    const mine = { ...toZoe, conversation: fake.world.directOf(demoPerson('Theo').aad).id };
    await teams.press('Theo', mine, join, {});
    await teams.privateTo('Theo', 'invitation');
    await teams.type('Theo', 'list');
    await teams.privateTo('Theo', 'You are in no workspace yet.');
  });

  test('a delivery that comes twice, also at once, counts once', async () => {
    const again = ['Mia', 'invite three@acme.com', IN_CHANNEL, 'the-same-activity'] as const;
    await Promise.all([teams.type(...again), teams.type(...again)]);
    await teams.type(...again);
    const card = await teams.inChannel('Mia asks to invite three@acme.com.');
    const approve = card.buttons.find(({ label }) => label === 'Approve')!;
    const press = () => teams.press('Adam', card, approve, {}, 'the-same-click');
    await Promise.all([press(), press()]);
    await teams.inChannel('Approved by Adam.');
    expect(teams.unseen().filter(({ lines }) => lines[0]?.includes('three@acme.com'))).toEqual([]);
    expect(await mailsTo('three@acme.com', 1)).toBe(1);
  });
});

describe('strangers', () => {
  test('a company that nobody enabled learns its own id, and nothing of Acme', async () => {
    const said = teams.fake.message('gus', 'help', 'a:gus');
    teams.fake.world.directOf('gus');
    const tenant = 'ffffffff-0000-4000-8000-000000000000';
    const conversation = { id: 'a:gus', conversationType: 'personal', tenantId: tenant };
    await teams.fake.send({ ...said, conversation, channelData: { tenant: { id: tenant } } });
    const answer = teams.fake
      .seen('gus')
      .map(({ card }) => JSON.stringify(card))
      .join();
    expect(answer).toContain(`teams:${tenant} gus`);
    expect(answer).not.toContain('Acme');
  });

  test('two tenants in one activity, or a serviceUrl elsewhere, are refused', async () => {
    const said = teams.fake.message('gus', 'help', 'a:gus');
    const twice = await teams.fake.send({ ...said, channelData: { tenant: { id: 'another' } } });
    expect(twice.status).toBe(403);
    const astray = await teams.fake.send({ ...said, serviceUrl: 'https://evil.example/' });
    expect(astray.status).toBe(403);
  });

  test('a guest is refused kindly', async () => {
    await teams.fake.say('gus', 'balance');
    const [last] = teams.fake.seen('gus').slice(-1);
    expect(JSON.stringify(last?.card)).toContain('This needs a full member of Acme; ask Olivia.');
  });
});

describe('where the bot cannot speak', () => {
  test('a channel without the app is not bound, and Olivia learns the way round', async () => {
    teams.fake.world.conversation(ELSEWHERE)!.bot = false;
    await teams.type('Olivia', 'channel bind', { channel: ELSEWHERE });
    const told = await teams.privateTo('Olivia', "I am not in #elsewhere, so I can't post there.");
    expect(told.lines[0]).toContain('Add the Workspace app to that team');
    await teams.type('Olivia', 'channel');
    const bound = await teams.privateTo('Olivia', 'alerts and requests');
    expect(bound.lines.join()).not.toContain('elsewhere');
  });

  test('a person without a personal chat is told in the channel how to get one', async () => {
    const { aad } = demoPerson('Max');
    const { world } = teams.fake;
    world.users.set(aad, { user: aad, name: 'Max', unreachable: true });
    world.conversation(`a:${aad}`)!.bot = false;
    await teams.type('Max', 'help', IN_CHANNEL);
    await teams.inChannel('Open Apps, find Workspace, press Add, then ask me again.');
  });

  test('taken out of the bound channel, the alert is told to those who can mend it', async () => {
    await teams.type('Olivia', 'topup 100');
    await pay(linkOf(await teams.privateTo('Olivia', '[Pay £100.00]'), 'Pay £100.00'));
    await teams.inChannel('£100.00 added.');
    await teams.type('Olivia', 'dev create Engine');
    const key = await revealKey(linkOf(await teams.privateTo('Olivia', '[Open the page]'), 'Open the page'));
    teams.fake.world.conversation(CHANNEL)!.bot = false;
    await spend(product, key, [81_60]);
    const told = await teams.privateTo('Olivia', 'A notice did not arrive');
    expect(told.lines.join('\n')).toContain('Low: Marketing has £18.40, under 20 %.');
    await teams.privateTo('Adam', 'A notice did not arrive');
    teams.fake.world.conversation(CHANNEL)!.bot = true;
  });
});

describe('hostile text', () => {
  const HOSTILE =
    '**Ops** <at>Olivia</at> [x](https://evil.example) {{DATE(2026-01-01T00:00:00Z)}} =1+1 \u202egnp\u202c 🎉';

  test('a name made of markup is shown as it was typed, and does nothing', async () => {
    await teams.type('Olivia', `create "${HOSTILE.slice(0, 60)}"`);
    const [said] = (await teams.privateTo('Olivia', 'is active. £0.00.')).lines;
    expect(said).toContain('**Ops** Olivia [x](https://evil.example)');
    expect(said).not.toContain('{{');
  });

  test('two thousand characters are answered, and a reason full of markup stays text', async () => {
    await teams.type('Mia', 'x'.repeat(2_000));
    await teams.privateTo('Mia', "I don't know");
    await teams.type('Mia', `invite four@acme.com because ${HOSTILE} ${'🎉 '.repeat(100)}`, IN_CHANNEL);
    const card = await teams.inChannel('Mia asks to invite four@acme.com.');
    expect(card.lines[1]).toContain('“**Ops** Olivia [x](https://evil.example) {\u2060{DATE');
    expect(card.lines[1]).not.toContain('\u202e');
  });
});

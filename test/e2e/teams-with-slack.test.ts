import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoEmail, demoPerson } from '../../src/local/demo-people.js';
import { FakeSlack } from '../fakes/slack/slack.js';
import { words } from '../fakes/slack/words.js';
import type { Shown } from '../fakes/slack/world.js';
import { FakeTeams } from './fake-teams.js';
import { Product } from './product.js';

const [OLIVIA, MIA] = [demoPerson('Olivia'), demoPerson('Mia')];
const SLACK_CHANNEL = 'C0MARKETING';

let product: Product;
let slack: FakeSlack;
let teams: FakeTeams;
beforeAll(async () => {
  slack = await FakeSlack.start({
    users: [OLIVIA, MIA].map((person) => ({ id: person.user, name: person.name, email: demoEmail(person) })),
    channels: [{ id: SLACK_CHANNEL, name: 'marketing' }],
  });
  product = await Product.start({
    TEAMS_PLAYGROUND: '1',
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  });
  slack.aim(`${product.url}/slack/events`);
  teams = await FakeTeams.start(`${product.url}/api/messages`);
}, 60_000);
afterAll(async () => {
  await teams?.stop();
  await slack?.stop();
  await product?.stop();
});

/** The next unseen thing that says this. */
async function inSlack(look: () => Promise<Shown>, says: string): Promise<Shown> {
  for (;;) {
    const shown = await look();
    if (words(shown).includes(says)) return shown;
  }
}
const toSlackUser = (user: string, says: string) => inSlack(() => slack.privateTo(user), says);
const inSlackChannel = (says: string) => inSlack(() => slack.inChannel(SLACK_CHANNEL), says);

test('an account on both platforms: Olivia is one person, Adam joins in Teams, Mia in Slack', async () => {
  const enabled = await product.operator('enable', 'slack:T02', '--name', 'Acme', '--owner', OLIVIA.user);
  const account = /acc_\w+/.exec(enabled)![0];
  const second = ['enable', `teams:${teams.tenant}`, '--name', 'Acme', '--owner', OLIVIA.aad, '--account', account];
  expect(await product.operator(...second)).toContain(`${account}) is enabled now for teams:`);

  await slack.command(OLIVIA.user, 'create Marketing');
  await toSlackUser(OLIVIA.user, 'Marketing is active. £0.00.');
  await slack.command(OLIVIA.user, 'channel bind', { channel: SLACK_CHANNEL });
  await inSlackChannel("Marketing's alerts and requests come here. Set by Olivia.");
  await slack.command(OLIVIA.user, 'invite @mia');
  const toMia = await toSlackUser(MIA.user, 'Olivia invites you to Marketing as member.');
  await slack.click(MIA.user, toMia, 'Join');
  await toSlackUser(MIA.user, 'Welcome!');

  await teams.type('Olivia', 'channel bind', { channel: teams.channel });
  await teams.inChannel("Marketing's alerts and requests come here. Set by Olivia.");
  await teams.type('Olivia', 'invite @Adam as admin', { channel: teams.channel });
  await teams.click('Adam', await teams.privateTo('Adam', 'Olivia invites you to Marketing'), 'Join');
  await teams.privateTo('Adam', 'Welcome! Here you can invite people and approve requests.');
}, 40_000);

test("a request shows on both, and Adam's click in Teams closes both", async () => {
  await slack.command(MIA.user, 'invite nina@acme.com', { channel: SLACK_CHANNEL });
  await toSlackUser(MIA.user, 'Owners and admins invite, so I asked them for you.');
  const onSlack = await inSlackChannel('Mia asks to invite nina@acme.com. 2 seats free.');
  const onTeams = await teams.inChannel('Mia asks to invite nina@acme.com. 2 seats free.');
  await teams.click('Adam', onTeams, 'Approve');

  const closed = await inSlackChannel('Approved by Adam.');
  expect(closed.ts).toBe(onSlack.ts);
  expect(words(closed)).not.toContain('Deny');
  expect(await teams.inChannel('Approved by Adam.')).toMatchObject({ id: onTeams.id, buttons: [] });
  await toSlackUser(MIA.user, 'Adam said yes.');
});

test('when Olivia in Slack and Adam in Teams click at once, the first decides, and the other is told', async () => {
  await slack.command(MIA.user, 'invite otto@acme.com', { channel: SLACK_CHANNEL });
  const onSlack = await inSlackChannel('Mia asks to invite otto@acme.com.');
  const onTeams = await teams.inChannel('Mia asks to invite otto@acme.com.');
  await Promise.all([slack.click(OLIVIA.user, onSlack, 'Approve'), teams.click('Adam', onTeams, 'Approve')]);

  const [outcome] = (await teams.inChannel('Approved by')).lines;
  expect(words(await inSlackChannel('Approved by'))).toContain(outcome!.replace(/^\W+/, ''));
  if (outcome!.includes('Adam')) await toSlackUser(OLIVIA.user, 'Adam');
  else await teams.privateTo('Adam', 'Olivia');
  await toSlackUser(MIA.user, `${outcome!.includes('Adam') ? 'Adam' : 'Olivia'} said yes.`);
  const mails = await (await fetch(`${product.url}/mails`)).text();
  expect(mails.split('To otto@acme.com')).toHaveLength(2);
});

test('nobody decides their own request from the other platform', async () => {
  await slack.command(MIA.user, 'invite pia@acme.com', { channel: SLACK_CHANNEL });
  const onTeams = await teams.inChannel('Mia asks to invite pia@acme.com.');
  await teams.click('Mia', onTeams, 'Approve');
  await teams.privateTo('Mia', 'This is your own request, so somebody else decides it.');
  expect(teams.unseen().filter(({ id }) => id === onTeams.id)).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FakeSlack } from '../fakes/slack/slack.js';
import { deliver, form } from '../fakes/slack/deliver.js';
import { isThing, word } from '../fakes/slack/json.js';
import type { Json } from '../fakes/slack/world.js';
import { words } from '../fakes/slack/words.js';
import { Product } from './product.js';

const MARKETING = 'C0MARKETING';
const PEOPLE = ['Olivia', 'Adam', 'Mia'].map((name) => ({
  id: `U0${name.toUpperCase()}`,
  name,
  email: `${name.toLowerCase()}@acme.com`,
}));
const STRANGERS = [
  { id: 'U0GUS', name: 'Gus', guest: true },
  { id: 'U0OSCAR', name: 'Oscar', team: 'T0OTHER', stranger: true },
  { id: 'U0GONE', name: 'Gwen', email: 'gwen@acme.com', deleted: true },
  { id: 'U0BOTTY', name: 'Botty', bot: true },
];

/** A Slack that keeps its documented limits, and the real process: what is too big or too late for Slack fails here. */
let slack: FakeSlack;
let product: Product;

beforeAll(async () => {
  slack = await FakeSlack.start({
    users: [...PEOPLE, ...STRANGERS],
    channels: [
      { id: MARKETING, name: 'marketing' },
      { id: 'C0AWAY', name: 'away', bot: false },
    ],
  });
  const { signingSecret, botToken, apiUrl } = slack;
  product = await Product.start({
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
  });
  slack.aim(`${product.url}/slack/events`);
  await product.operator('enable', 'slack:T02', '--name', 'Acme', '--owner', 'U0OLIVIA');
  await slack.click('U0OLIVIA', await slack.privateTo('U0OLIVIA'), 'Create');
  await slack.privateTo('U0OLIVIA');
  await slack.submit('U0OLIVIA', { name: 'Marketing' });
  await slack.privateTo('U0OLIVIA');
  for (const [name, as] of [
    ['Adam', ' as admin'],
    ['Mia', ''],
  ] as const) {
    await type('Olivia', `invite @${name}${as}`);
    const user = `U0${name.toUpperCase()}`;
    await slack.click(user, await slack.privateTo(user), 'Join');
    await slack.privateTo(user);
  }
  await slack.command('U0OLIVIA', 'channel bind', { channel: MARKETING });
  await slack.inChannel(MARKETING);
}, 60_000);

afterAll(async () => {
  await product?.stop();
  await slack?.stop();
});

async function type(name: string, text: string): Promise<string> {
  const user = `U0${name.toUpperCase()}`;
  await slack.command(user, text);
  return words(await slack.privateTo(user));
}

test('a user group shows who is in it, and each of them gets a line', async () => {
  slack.world.users.set('U0ANN', { id: 'U0ANN', name: 'Ann', email: 'ann@acme.com' });
  slack.world.groups.push({ id: 'S0DESIGN', handle: 'design', users: ['U0ANN', 'U0GUS', 'U0MIA'] });
  expect(await type('Olivia', 'invite @design')).toContain('3 people are in @design: Ann, Gus and Mia.');
  await slack.submit('U0OLIVIA', { role: 'member' });
  const results = words(await slack.privateTo('U0OLIVIA'));
  for (const line of [
    'Ann is invited to Marketing as member, in chat.',
    'Gus is a guest',
    'Mia is already in Marketing.',
  ]) {
    expect(results).toContain(line);
  }
  expect(words(await slack.privateTo('U0ANN'))).toContain('Olivia invites you to Marketing as member.');
});

describe('people who are no full members', () => {
  test.each([
    ['a guest', 'GUS'],
    ['somebody of another company', 'OSCAR'],
  ])('%s is refused kindly', async (_who, name) => {
    expect(await type(name, 'balance')).toContain('This needs a full member of Acme; ask Olivia.');
  });

  test.each(['@Gus', '@Gwen', '@Botty', '@nobody', 'nobody'])('%s cannot be invited', async (named) => {
    const answer = await type('Olivia', `invite ${named}`);
    expect(answer).not.toContain('is invited');
    expect(answer).not.toContain('Something broke');
  });
});

describe('what is repeated', () => {
  test('a command that Slack delivers twice runs once', async () => {
    const fields = slack.commandFields('U0OLIVIA', 'create Twice', slack.world.directOf('U0OLIVIA'));
    const send = () => slack.send('application/x-www-form-urlencoded', form(fields));
    const acks = await Promise.all([send(), send()]);
    expect(acks.map(({ status }) => status)).toEqual([200, 200]);
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Twice is active. £0.00.');
    expect(await type('Olivia', 'list')).toContain('2 workspaces');
  });

  test('an event that comes again with the headers of a retry is answered once', async () => {
    await slack.mention('U0MIA', MARKETING, 'balance', { event: 'EvAGAIN' });
    const first = await slack.privateTo('U0MIA');
    expect(words(first)).toContain('Marketing has £0.00.');
    await slack.mention('U0MIA', MARKETING, 'balance', { event: 'EvAGAIN', retry: 1 });
    expect(await type('Mia', 'me')).toContain('mia@acme.com');
  });

  test('a request that is six minutes late, or from the future, is turned away', async () => {
    const body = form(slack.commandFields('U0OLIVIA', 'create Late', MARKETING));
    const now = Math.floor(Date.now() / 1_000);
    for (const signedAt of [now - 360, now + 360]) {
      const url = `${product.url}/slack/events`;
      const type = 'application/x-www-form-urlencoded';
      const late = await deliver({ url, secret: slack.signingSecret, body, type, signedAt });
      expect(late.status).toBe(401);
    }
    expect(await type('Olivia', 'list')).not.toContain('Late');
  });
});

test('the wrong person presses Approve: told privately, nothing changes, and the right one still can', async () => {
  await type('Mia', 'invite nina@acme.com');
  const request = await slack.inChannel(MARKETING);
  await slack.click('U0MIA', request, 'Approve');
  expect(words(await slack.privateTo('U0MIA'))).toContain('your own request');
  await slack.click('U0OSCAR', request, 'Approve', { team: 'T0OTHER' });
  expect(words(await slack.privateTo('U0OSCAR'))).toContain('This needs a full member of Acme');
  expect(request.edits).toBe(0);
  await slack.click('U0ADAM', request, 'Approve');
  expect(words(await slack.inChannel(MARKETING))).toContain('Approved by Adam.');
  expect(words(await slack.privateTo('U0MIA'))).toContain('Adam said yes.');
});

test('a suspended person clicks an old card: told privately, nothing happens, until they may come back', async () => {
  await slack.command('U0MIA', 'balance');
  const old = await slack.privateTo('U0MIA');
  await slack.command('U0OLIVIA', 'suspend @Mia because on leave');
  expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Until they are reactivated');
  await slack.submit('U0OLIVIA', { reason: 'On leave' });
  const done = await slack.privateTo('U0OLIVIA');
  expect(words(done)).toContain('Mia is suspended in Marketing');
  expect(words(await slack.privateTo('U0MIA'))).toContain('Olivia suspended you in Marketing for now: “On leave”.');
  await slack.click('U0MIA', old, 'Add balance');
  expect(words(await slack.privateTo('U0MIA'))).toContain('You are suspended in Marketing');
  await slack.click('U0OLIVIA', done, 'Undo');
  expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Undone: Mia can use Marketing again.');
  expect(words(await slack.privateTo('U0MIA'))).toContain('Olivia took that back');
  expect(await type('Mia', 'balance')).toContain('Marketing has');
});

test('a channel that the bot is not in: nothing is bound, and the way in is said', async () => {
  await slack.command('U0OLIVIA', 'channel bind', { channel: 'C0AWAY' });
  const answer = words(await slack.privateTo('U0OLIVIA'));
  expect(answer).toContain("I am not in #away, so I can't post there.");
  expect(answer).toContain('/invite @Workspace');
  expect(await type('Olivia', 'channel')).not.toContain('away');
});

test.each([
  'frobnicate',
  'topup 1e9',
  'topup -5',
  'topup 0.001',
  'topup ٣',
  'topup 0',
  'topup 99999999999',
  'balance in:Nowhere',
  'switch',
  'approve req_none',
  'history 9999d',
])('%s is answered with what to do instead', async (typed) => {
  const answer = await type('Olivia', typed);
  expect(answer).not.toContain('Something broke');
  expect(answer).not.toContain('Pay £');
});

test('an amount with its sign and comma is echoed for confirmation', async () => {
  expect(await type('Olivia', 'topup £1,000.50')).toContain('Pay £1,000.50');
});

test('a name that is taken in another case is refused', async () => {
  expect(await type('Olivia', 'create MARKETING')).toContain('There is already a workspace called');
});

const HOSTILE = [
  '*bold* _it_ ~no~ `code` > quote',
  '<!channel> <!here> <@U0ADAM> <https://evil.test|Click>',
  '=HYPERLINK("https://evil.test","x")',
  '\u202egnitekraM\u202c מרקטינג',
  '👩‍👩‍👧‍👦🇬🇧✅ party',
  'x'.repeat(2_000),
];

/** What Slack would make a ping or a link of; plain_text it leaves alone. */
const LIVE = /<[!@#]|<https?:/;

function markedUp(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(markedUp);
  if (!isThing(value)) return [];
  if (value['type'] === 'mrkdwn') return [word(value['text'])];
  return Object.values(value).flatMap(markedUp);
}

describe.each(HOSTILE)('hostile text %#', (text) => {
  test('is taken by Slack as plain words wherever it is shown', async () => {
    for (const typed of [text, `create ${text}`, `balance in:"${text}"`, `members ${text}`, `ask ${text}`]) {
      await slack.command('U0MIA', typed);
      const shown = await slack.privateTo('U0MIA');
      expect(shown.text).not.toMatch(LIVE);
      expect(markedUp(shown.blocks).join('\n')).not.toMatch(LIVE);
      expect(words(shown)).not.toMatch(/\u202e|Something broke/);
    }
    const refused = slack.world.calls.filter(
      ({ outcome }) => outcome.startsWith('invalid') || outcome.includes('too_long'),
    );
    expect(refused).toEqual([]);
    slack.closeModal('U0MIA');
  });
});

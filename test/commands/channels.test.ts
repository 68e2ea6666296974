import { beforeEach, describe, expect, test } from '@jest/globals';
import { heldBy, handTo } from '../../src/channels/managed.js';
import { placeIn } from '../../src/channels/channel-members.js';
import { channelsSeen } from '../../src/channels/channels.js';
import { DeliveryFailure } from '../../src/chat/port.js';
import { inTransaction } from '../../src/mongo.js';
import { audienceOf } from '../../src/notices/audience.js';
import { followChannelChange } from '../../src/notices/channels/channel-changes.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel, bindingsOf } from '../../src/workspace/bindings.js';
import { membership, removeMember } from '../../src/workspace/memberships.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { ADAM, addTo, MAX, MIA, NOW, OLIVIA, slackUser, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const MARK = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK', channelName: 'marketing' } as const;
const where = () => ({ account: office().acme.account.id, workspace: office().acme.marketing.id });
const inMarketing = async (person: string) => (await membership(where().account, where().workspace, person))!;

async function rooms(): Promise<string[]> {
  const all = await channelsSeen({ ...where(), inside: [], all: true, offset: 0, limit: 50 });
  return all.channels.map(({ name, kind }) => `${name} ${kind}`);
}

async function roomId(name: string): Promise<string> {
  const all = await channelsSeen({ ...where(), inside: [], all: true, search: name, offset: 0, limit: 50 });
  return all.channels.find((channel) => channel.name === name)!.id;
}

describe('a channel of ours', () => {
  test('is made with a form that asks for what is missing, and tells a taken name beside its field', async () => {
    expect(said(await office().type(OLIVIA, 'channel'))).toContain('Marketing has no channel of its own yet.');
    const form = await office().type(OLIVIA, 'channel create');
    expect(said(form)).toBe('form: create-channel');
    const made = said(await office().submit(OLIVIA, form, { name: 'Sales', kind: 'public' }));
    expect(made).toContain('Sales is there, and you manage it. Everybody in Marketing reads it.');
    const again = await office().submit(OLIVIA, form, { name: 'sales', kind: 'private' });
    expect(again).toMatchObject({
      kind: 'form',
      form: { fields: [{ initial: 'sales', error: 'The name sales is taken. Please take another one.' }, {}] },
    });
    expect(await rooms()).toEqual(['Sales public']);
  });

  test('is asked for by a member, and made in their name once somebody says yes', async () => {
    expect(said(await office().type(MIA, 'channel create private Deal room'))).toContain(
      'Owners and admins create channels, so I asked them for you.',
    );
    expect(await rooms()).toEqual([]);
    const [card] = await toldTo({ person: office().acme.adam.id });
    expect(card).toMatch(/^Mia asks to create the private channel Deal room\. They would manage it\./);
    await office().type(ADAM, 'approve');
    expect(await rooms()).toEqual(['Deal room private']);
    expect(said(await office().type(MIA, 'channel Deal room'))).toContain('managed by Mia');
    expect((await toldTo({ person: office().acme.mia.id })).join('\n')).toContain(
      'Deal room is there, and you manage it.',
    );
  });

  test('is made by members themselves where the policy lets them', async () => {
    const { account, marketing, olivia } = office().acme;
    const policy = { account, workspace: marketing.id, key: 'whoMayCreateChannels', value: 'members' } as const;
    await setPolicy({ ...policy, by: olivia.id, at: NOW });
    expect(said(await office().type(MIA, 'channel create Ideas'))).toContain('Ideas is there, and you manage it.');
  });

  test('is renamed, archived and brought back by who manages it, and by no other member', async () => {
    await office().type(OLIVIA, 'channel create Sales');
    expect(firstLine(await office().type(MIA, 'channel rename Sales to Shop'))).toBe(
      "You can't manage that channel. Olivia or Adam can.",
    );
    expect(said(await office().type(ADAM, 'channel rename Sales to Shop'))).toContain('Sales is called Shop now.');
    expect(said(await office().type(ADAM, 'channel archive Shop'))).toContain('Shop is archived.');
    expect(await rooms()).toEqual([]);
    expect(said(await office().type(MIA, 'channel list archived'))).toContain('Shop');
    expect(firstLine(await office().type(MIA, 'channel join Shop'))).toMatch(
      /^Shop is archived, so nothing new goes there\./,
    );
    await office().type(OLIVIA, 'channel create Shop');
    expect(firstLine(await office().press(ADAM, await archivedButton('Bring back')))).toMatch(
      /^The name Shop is taken/,
    );
    const trail = await auditTrail({ ...where(), limit: 10 });
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['channel.created', 'channel.renamed', 'channel.archived']),
    );
  });

  async function archivedButton(label: string) {
    const list = await office().type(OLIVIA, 'channel list archived');
    return callOf(await office().press(OLIVIA, callOf(list, 'Open')), label);
  }

  test('lists page, and a search finds one by a part of its name', async () => {
    for (let i = 10; i < 22; i++) await office().type(OLIVIA, `channel create Room ${i}`);
    const first = await office().type(MIA, 'channels');
    expect(said(first)).toContain('1 to 10 of 12');
    expect(said(await office().press(MIA, callOf(first, 'More')))).toContain('Room 21');
    expect(said(await office().type(MIA, 'channel list 15'))).toContain('Room 15');
    const find = await office().press(MIA, callOf(first, 'Find'));
    expect(said(await office().submit(MIA, find, { search: 'room 2' }))).toContain('Marketing: 2 channels');
    expect(firstLine(await office().type(MIA, 'channel Rom 15'))).toBe(
      'I find no channel called “Rom 15”. Did you mean Room 15, Room 10 or Room 11?',
    );
  });
});

describe('a private channel', () => {
  beforeEach(async () => {
    await office().type(OLIVIA, 'channel create private Deal room');
  });

  test('is not there for whoever is not in it; those who manage channels see its people, not what is in it', async () => {
    expect(said(await office().type(MIA, 'channel'))).not.toContain('Deal room');
    expect(firstLine(await office().type(MIA, 'channel Deal room'))).toBe('I find no channel called “Deal room”.');
    const byId = {
      command: 'channel',
      args: { what: 'open', room: await roomId('Deal room') },
      workspace: where().workspace,
    };
    for (const who of [MIA, ADAM]) {
      expect(firstLine(await office().press(who, byId))).toBe('That channel is private. Olivia can add you.');
    }
    expect(firstLine(await office().press(MIA, { ...byId, args: { ...byId.args, what: 'people' } }))).toMatch(
      /^That channel is private/,
    );
    const people = said(await office().press(ADAM, callOf(await office().type(ADAM, 'channel'), 'People')));
    expect(people).toContain('You are not in it');
    expect(people).toContain('Olivia · manages it');
  });

  test('nobody adds themselves to, whatever their rank, nor as somebody else who is them', async () => {
    for (const typed of ['channel add Adam to Deal room', 'channel join Deal room']) {
      expect(firstLine(await office().type(ADAM, typed))).toMatch(/^Nobody adds themselves to a private channel/);
    }
    expect(await placeIn(await roomId('Deal room'), await inMarketing(office().acme.adam.id))).toBeUndefined();

    const { account, chat, marketing, olivia } = office().acme;
    const alsoAdam = slackUser('U0ADAM2');
    const profile = { name: 'Adam Two', email: 'adam@acme.com', emailVerified: true, standing: 'full' } as const;
    chat.add(alsoAdam, profile);
    await addTo(account, marketing, olivia, await ensurePerson(account, alsoAdam, profile, NOW), 'member');
    expect(firstLine(await office().type(ADAM, 'channel add ', { person: alsoAdam }, ' to Deal room'))).toMatch(
      /^Nobody adds themselves to a private channel/,
    );
  });

  test('those who are added are told, read it, and lose it when they are taken out, leave, or leave the workspace', async () => {
    const { mia, olivia } = office().acme;
    await office().type(ADAM, 'channel add ', { person: MIA }, ' to Deal room');
    expect((await toldTo({ person: mia.id })).join()).toContain('Adam added you to Deal room.');
    expect(said(await office().type(MIA, 'channel Deal room'))).toContain('2, managed by Olivia');
    expect(firstLine(await office().type(MIA, 'channel remove Olivia from Deal room'))).toMatch(/^You can't manage/);
    await office().type(OLIVIA, 'channel remove Mia from Deal room');
    expect(firstLine(await office().type(MIA, 'channel Deal room'))).toMatch(/^I find no channel/);

    await office().type(OLIVIA, 'channel add Mia to Deal room');
    const { account, marketing } = office().acme;
    await removeMember({ ...where(), person: mia.id, by: olivia.id, at: NOW });
    await addTo(account, marketing, olivia, mia, 'member', new Date(NOW.getTime() + 60_000));
    expect(firstLine(await office().type(MIA, 'channel Deal room'))).toMatch(/^I find no channel/);
    expect(said(await office().type(OLIVIA, 'channel people Deal room'))).toContain('Deal room: 1 person');
  });

  test('people of other workspaces are not added, and outsiders are nobody', async () => {
    expect(firstLine(await office().type(OLIVIA, 'channel add ', { person: MAX }, ' to Deal room'))).toBe(
      'Max is not in Marketing.',
    );
    expect(firstLine(await office().type(MAX, 'channel Deal room in:Marketing'))).toMatch(
      /^I find no workspace|^You are/,
    );
  });

  test('is handed over with its only manager', async () => {
    const { mia, olivia, adam } = office().acme;
    expect(await heldBy({ ...where(), person: olivia.id })).toMatchObject([{ name: 'Deal room' }]);
    expect(await heldBy({ ...where(), person: adam.id })).toEqual([]);
    const handing = { ...where(), from: olivia.id, to: mia.id, by: adam.id, at: NOW };
    expect(await inTransaction(() => handTo(handing))).toBe(1);
    expect(said(await office().type(MIA, 'channel Deal room'))).toContain('managed by Mia and Olivia');
    expect(await heldBy({ ...where(), person: olivia.id })).toEqual([]);
    expect(await handTo(handing)).toBe(0);
  });
});

test('who manages one channel manages that one alone', async () => {
  await office().type(OLIVIA, 'channel create Sales');
  await office().type(OLIVIA, 'channel create Ideas');
  expect(firstLine(await office().type(OLIVIA, 'channel manager Mia of Sales'))).toBe(
    'Mia is not in Sales. Please add them first.',
  );
  await office().type(MIA, 'channel join Sales');
  expect(said(await office().type(OLIVIA, 'channel manager Mia of Sales'))).toContain('Mia manages Sales now.');
  expect(said(await office().type(MIA, 'channel rename Sales to Shop'))).toContain('Sales is called Shop now.');
  expect(firstLine(await office().type(MIA, 'channel archive Ideas'))).toMatch(/^You can't manage that channel/);
  expect(said(await office().type(MIA, 'channel leave Shop'))).toContain('You left Shop.');
  expect(firstLine(await office().type(MIA, 'channel archive Shop'))).toMatch(/^You can't manage that channel/);
});

describe('what a chat channel gets', () => {
  const purposes = async () =>
    (await bindingsOf(where().account, where().workspace)).map((one) => one.purposes.join(' '));
  beforeEach(() => {
    office().place = MARK;
  });

  test('is chosen from wherever one is, by the button that every notice without a channel has', async () => {
    const { chat } = office().acme;
    chat.channelNames.set('C0GROW', 'growth');
    const form = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'channel'), 'Choose a channel'));
    expect(form).toMatchObject({ form: { name: 'choose-channel', fields: [{ input: 'channel' }] } });
    const bound = await office().submit(OLIVIA, form, { channel: 'C0GROW' });
    expect(firstLine(bound)).toBe("Marketing's alerts and requests go to #growth now, and I told the channel.");
    expect(chat.posts.at(-1)).toMatchObject({ to: { channel: 'C0GROW' } });
    const { account, workspace } = where();
    expect(await bindingsOf(account, workspace)).toMatchObject([{ channel: 'C0GROW', channelName: 'growth' }]);

    const again = callOf(await office().type(OLIVIA, 'health in:Support'), 'Choose a channel');
    const { support } = office().acme;
    expect(await office().press(OLIVIA, again)).toMatchObject({ form: { call: { workspace: support.id } } });
    const mine = { ...again, workspace: office().acme.marketing.id };
    expect(firstLine(await office().press(MIA, mine))).toMatch(/^You can't /);
  });

  test('is chosen by words or buttons, and told openly there', async () => {
    await office().type(OLIVIA, 'channel bind');
    expect(await purposes()).toEqual(['alerts approvals']);
    await office().type(OLIVIA, 'channel alerts and summaries');
    expect(await purposes()).toEqual(['alerts summaries']);
    const settings = await office().type(OLIVIA, 'channel settings');
    expect(said(settings)).toContain("It gets Marketing's alerts and summaries.");
    expect(said(await office().press(OLIVIA, callOf(settings, 'Send meetings')))).toContain(
      'alerts, summaries and meetings',
    );
    const posts = office().acme.chat.posts.map(({ card }) => JSON.stringify(card.parts));
    expect(posts.at(-1)).toContain("Marketing's alerts, summaries and meetings come here. Set by Olivia.");
    await office().type(OLIVIA, 'channel bind');
    expect(await purposes()).toEqual(['alerts approvals summaries meetings']);
    expect(firstLine(await office().type(MIA, 'channel meetings'))).toMatch(/^You can't choose where notices go\./);
  });

  test.each(['summaries', 'payments'] as const)(
    '%s go where the alerts go until a channel has them for itself',
    async (purpose) => {
      await office().type(OLIVIA, 'channel bind');
      const audience = async () => (await audienceOf(where().account, where().workspace, purpose)).to;
      expect(await audience()).toMatchObject([{ channel: { channel: 'C0MARK' } }]);
      await office().type(OLIVIA, `channel ${purpose} `, { channel: 'C0MONTH', name: 'month' });
      expect(await audience()).toMatchObject([{ channel: { channel: 'C0MONTH' } }]);
    },
  );

  test('a channel of ours is bound to it by name, or chosen in a form', async () => {
    await office().type(OLIVIA, 'channel create Sales');
    await office().type(OLIVIA, 'channel bind Sales');
    expect(await bindingsOf(where().account, where().workspace)).toMatchObject([
      { purposes: ['meetings'], room: await roomId('Sales') },
    ]);
    expect(said(await office().type(OLIVIA, 'channel Sales'))).toContain('#marketing in Slack');
    await office().type(OLIVIA, 'channel create private Deal room');
    const form = await office().press(
      OLIVIA,
      callOf(await office().type(OLIVIA, 'channel settings'), 'Meetings of one channel'),
    );
    await office().submit(OLIVIA, form, { room: await roomId('Deal room') });
    expect(JSON.stringify(office().acme.chat.posts.at(-1)?.card)).toContain('meetings of a private channel come here');
    expect(firstLine(await office().type(ADAM, 'channel bind Deal room'))).toBe(
      'That channel is private. Olivia can add you.',
    );
  });

  test('stays as it was where the bot cannot post there', async () => {
    await office().type(OLIVIA, 'channel bind');
    office().acme.chat.failure = new DeliveryFailure({ kind: 'rejected', why: 'botNotInChannel' });
    expect(firstLine(await office().type(OLIVIA, 'channel meetings'))).toMatch(/^I am not in #marketing/);
    expect(await purposes()).toEqual(['alerts approvals']);
  });
});

describe('a bound chat channel is followed', () => {
  const slack = { platform: 'slack', tenant: TEAM, channel: 'C0MARK' } as const;
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
  const bound = () => bindingsOf(where().account, where().workspace);
  beforeEach(async () => {
    const { olivia } = office().acme;
    const binding = { ...slack, ...where(), channelName: 'marketing', purposes: ['alerts' as const] };
    await bindChannel({ ...binding, by: olivia.id, at: NOW });
  });

  test('to its new name, and not back by older news', async () => {
    expect(await followChannelChange({ ...slack, what: 'renamed', name: 'growth', at: later(20) })).toBe(true);
    expect(await followChannelChange({ ...slack, what: 'renamed', name: 'sales', at: later(10) })).toBe(false);
    expect(await followChannelChange({ ...slack, what: 'renamed', name: 'growth', at: later(20) })).toBe(false);
    expect(await bound()).toMatchObject([{ channelName: 'growth' }]);
    expect(await auditTrail({ ...where(), limit: 1 })).toMatchObject([{ action: 'channel.followed', by: 'system' }]);
  });

  test('when it is archived: it is unbound, and those who choose are told once', async () => {
    const gone = { ...slack, what: 'gone', at: later(10) } as const;
    expect(await Promise.all([followChannelChange(gone), followChannelChange(gone)])).toContain(true);
    expect(await bound()).toEqual([]);
    for (const { id } of [office().acme.olivia, office().acme.adam]) {
      expect(await toldTo({ person: id })).toEqual([expect.stringContaining('#marketing is gone')]);
    }
    expect(await toldTo({ person: office().acme.mia.id })).toEqual([]);
  });

  test('when the bot is taken out: notices go to people until it is back, and a button tries again', async () => {
    await followChannelChange({ ...slack, what: 'botRemoved', at: later(10) });
    expect(await audienceOf(where().account, where().workspace, 'alerts')).toMatchObject({ personal: true });
    const [notice] = (await outbox()).filter(({ to }) => 'person' in to && to.person === office().acme.olivia.id);
    expect(JSON.stringify(notice?.card)).toContain('/invite @Workspace');
    await office().press(OLIVIA, callOf(notice!.card, 'Try again'));
    expect(await audienceOf(where().account, where().workspace, 'alerts')).toMatchObject({ personal: false });

    await followChannelChange({ ...slack, what: 'botRemoved', at: later(20) });
    const health = await office().type(ADAM, 'health');
    expect(said(health)).toContain('#marketing');
    await office().press(ADAM, callOf(health, 'Bind again'));
    expect(await audienceOf(where().account, where().workspace, 'alerts')).toMatchObject({ personal: false });

    await followChannelChange({ ...slack, what: 'botRemoved', at: later(25) });
    await followChannelChange({ ...slack, what: 'botAdded', at: later(30) });
    expect(await bound()).toMatchObject([{ purposes: ['alerts'] }]);
    expect((await bound())[0]?.lostAt).toBeUndefined();
  });

  test('and others of the same id elsewhere are not', async () => {
    expect(await followChannelChange({ ...slack, tenant: 'T99', what: 'gone', at: later(10) })).toBe(false);
    expect(await followChannelChange({ ...slack, channel: 'C0OTHER', what: 'gone', at: later(10) })).toBe(false);
    expect(await bound()).toHaveLength(1);
  });
});

import { describe, expect, test } from '@jest/globals';
import { mergeChannelPlaces } from '../../src/channels/channel-merge.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { expirySweep } from '../../src/jobs/expiry-sweep.js';
import { meetingSweep } from '../../src/jobs/meeting-sweep.js';
import { reminderSweep } from '../../src/jobs/reminder-sweep.js';
import { mergeMeetings } from '../../src/meetings/meeting-merge.js';
import { handTo, heldBy } from '../../src/meetings/hosted.js';
import { deleteMeeting, meetingsHostedBy } from '../../src/meetings/meetings.js';
import { meetingsBefore } from '../../src/meetings/retention.js';
import { grantAccess } from '../../src/meetings/sharing.js';
import type { Meeting } from '../../src/meetings/meeting.js';
import { inTransaction } from '../../src/mongo.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import type { Policies, PolicyKey } from '../../src/workspace/entities.js';
import type { Identity } from '../../src/workspace/identity.js';
import { membership, removeMember } from '../../src/workspace/memberships.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { suspendMember } from '../../src/workspace/suspension.js';
import { ADAM, MAX, MIA, NOW, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const where = () => ({ account: office().acme.account.id, workspace: office().acme.marketing.id });
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

async function policy<K extends PolicyKey>(key: K, value: Policies[K]): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  await setPolicy({ account, workspace: marketing.id, key, value, by: olivia.id, at: NOW });
}

async function hosted(person: string): Promise<Meeting[]> {
  const page = { without: [], offset: 0, limit: 50 };
  return (await meetingsHostedBy({ account: where().account, person, ...page })).meetings;
}

/** A meeting of Mia's, and the call that opens it. */
async function miaMeets(title = 'Pricing talk') {
  await office().type(MIA, `meeting create ${title}`);
  const [meeting] = await hosted(office().acme.mia.id);
  return {
    meeting: meeting!,
    open: { command: 'meeting', args: { what: 'open', meeting: meeting!.id }, workspace: where().workspace },
  };
}

const opens = async (who: Identity, title = 'Pricing talk') => said(await office().type(who, `meeting ${title}`));
const UNKNOWN = 'I find no meeting called “Pricing talk” that you can read.';

describe('a meeting', () => {
  test('is written down in a form, by whoever hosts it, and read by nobody else', async () => {
    expect(said(await office().type(MIA, 'meeting'))).toContain('There is no meeting here that you can read yet.');
    const form = await office().type(MIA, 'meeting create');
    const fields = {
      title: 'Pricing talk',
      when: '13 November 14:00',
      until: '13 November 15:30',
      highlights: '• Up by 5 %\n- From March',
    };
    const wrong = await office().submit(MIA, form, { ...fields, link: 'javascript:alert(1)', notes: 'Keep this' });
    expect(wrong).toMatchObject({ kind: 'form' });
    expect(JSON.stringify(wrong)).toContain('Please give an address that begins with https://');
    expect(JSON.stringify(wrong)).toContain('Keep this');
    const made = said(await office().submit(MIA, form, { ...fields, link: 'https://rec.example/1' }));
    expect(made).toContain('Written down. You alone can read it, until you share it.');
    expect(made.split('\n')).toEqual(expect.arrayContaining(['Highlights', '• Up by 5 %', '• From March']));
    const [meeting] = await hosted(office().acme.mia.id);
    expect(meeting).toMatchObject({
      startsAt: new Date('2026-11-13T14:00:00Z'),
      endsAt: new Date('2026-11-13T15:30:00Z'),
    });
    for (const who of [OLIVIA, ADAM]) expect(await opens(who)).toContain(UNKNOWN);
    expect(await opens(MIA)).toContain('Pricing talk');
  });

  test.each([
    ['Pricing talk on yesterday 14:00', '2026-11-15T14:00:00.000Z'],
    ['Pricing talk on 2026-11-02 9:30', '2026-11-02T09:30:00.000Z'],
    ['Pricing talk on 20 December 9:00', '2026-12-20T09:00:00.000Z'],
    ['Pricing talk on 1 October 9:00', '2026-10-01T08:00:00.000Z'],
  ])('created %s is the nearest such day', async (typed, iso) => {
    await office().type(MIA, `meeting create ${typed}`);
    expect((await hosted(office().acme.mia.id)).map(({ startsAt }) => startsAt.toISOString())).toEqual([iso]);
  });

  test('whose time cannot be read is asked for in the form, with what was typed', async () => {
    const form = await office().type(MIA, 'meeting create Pricing talk on some day');
    const initials = form.kind === 'form' && form.form.fields.slice(0, 2).map(({ name, initial }) => [name, initial]);
    expect(initials).toEqual([
      ['title', 'Pricing talk'],
      ['when', 'some day'],
    ]);
    const again = await office().submit(MIA, form, { title: 'Pricing talk', when: 'some day' });
    expect(JSON.stringify(again)).toContain('Please give a day and a time');
  });

  test('is edited by host and collaborators; words written at the same time are not lost', async () => {
    const { open } = await miaMeets();
    const edit = { ...open, args: { ...open.args, what: 'edit' } };
    await office().type(MIA, 'meeting collaborator ', { person: ADAM }, ' Pricing talk');
    expect((await toldTo({ person: office().acme.adam.id })).join()).toContain(
      'Mia made you a collaborator of a meeting',
    );
    const [mias, adams] = [await office().press(MIA, edit), await office().press(ADAM, edit)];
    expect(said(await office().submit(ADAM, adams, { title: 'Pricing talk', notes: 'From Adam' }))).toContain(
      'From Adam',
    );
    expect(firstLine(await office().submit(MIA, mias, { title: 'Other' }))).toMatch(
      /^Somebody changed this meeting while you were writing/,
    );
    expect(await opens(MIA)).toContain('From Adam');
    await office().type(MIA, 'meeting share Pricing talk with ', { person: OLIVIA });
    expect(firstLine(await office().press(OLIVIA, edit))).toBe("You can't edit that meeting. Mia can.");
  });

  test('is found by a part of its title; where several fit, one is chosen', async () => {
    for (const title of ['Weekly one', 'Weekly two']) await office().type(MIA, `meeting create ${title}`);
    const several = await office().type(MIA, 'meeting delete weekly');
    expect(said(several)).toContain('Several fit that. Which one?');
    expect(await hosted(office().acme.mia.id)).toHaveLength(2);
    expect(said(await office().type(MIA, 'meeting two'))).toContain('Weekly two');
  });

  test('lists page and never show what others keep to themselves', async () => {
    for (let i = 10; i < 22; i++) await office().type(MIA, `meeting create Talk ${i}`);
    const list = await office().type(MIA, 'meeting');
    expect(said(list)).toContain('1 to 10 of 12');
    expect(said(await office().press(MIA, callOf(list, 'More')))).toContain('11 to 12 of 12');
    const find = await office().press(MIA, callOf(list, 'Find'));
    expect(said(await office().submit(MIA, find, { search: 'talk 2' }))).toContain('Marketing: 2 meetings');
    for (const who of [OLIVIA, ADAM]) expect(said(await office().type(who, 'meeting'))).not.toContain('Talk');
  });

  test('is deleted by its host alone, once they are sure', async () => {
    const { open } = await miaMeets();
    const remove = { ...open, args: { ...open.args, what: 'delete', sure: true } };
    expect(firstLine(await office().press(OLIVIA, remove))).toBe("You can't manage that meeting. Mia can.");
    const asked = await office().type(MIA, 'meeting delete Pricing talk');
    expect(firstLine(asked)).toMatch(/^Delete “Pricing talk”\?/);
    expect(await hosted(office().acme.mia.id)).toHaveLength(1);
    expect(said(await office().press(MIA, callOf(asked, 'Delete')))).toContain('“Pricing talk” is deleted.');
    expect(await hosted(office().acme.mia.id)).toEqual([]);
    expect(firstLine(await office().press(MIA, open))).toBe('That meeting is not there any more.');
  });
});

describe('who reads a meeting', () => {
  test('whoever it is shared with by name, until it is taken away or they leave', async () => {
    await miaMeets();
    const shared = await office().type(MIA, 'meeting share Pricing talk with ', { person: ADAM });
    expect(said(shared)).toContain('Adam can read it now, and I told them.');
    expect((await toldTo({ person: office().acme.adam.id })).join()).toContain(
      'Mia shared a meeting with you: Pricing talk',
    );
    expect(await opens(ADAM)).toContain('Host: Mia');
    expect(said(await office().press(MIA, callOf(shared, 'Take away')))).toContain('Adam no longer reads it');
    expect(await opens(ADAM)).toContain(UNKNOWN);
    expect(firstLine(await office().type(MIA, 'meeting share Pricing talk with ', { person: MAX }))).toBe(
      'Max is not in Marketing.',
    );
  });

  test('everybody, through a public channel; those who are in it, through a private one', async () => {
    await miaMeets();
    await office().type(OLIVIA, 'channel create Sales');
    await office().type(OLIVIA, 'channel create private Deal room');
    expect(firstLine(await office().type(MIA, 'meeting share Pricing talk with Deal room'))).toMatch(
      /^I find no channel/,
    );
    await office().type(OLIVIA, 'channel add Mia to Deal room');
    const said1 = said(await office().type(MIA, 'meeting share Pricing talk with Deal room'));
    expect(said1).toContain('Deal room can read it now. No chat channel gets its meetings, so nobody was told.');
    expect(await opens(OLIVIA)).toContain('Pricing talk');
    expect(await opens(ADAM)).toContain(UNKNOWN);
    expect(said(await office().type(OLIVIA, 'channel Deal room'))).toContain('[1 meeting]');
    await office().type(MIA, 'meeting share Pricing talk with Sales');
    expect(await opens(ADAM)).toContain('Pricing talk');
    expect(said(await office().type(ADAM, 'meeting'))).toContain('Pricing talk');
    await office().type(MIA, 'meeting unshare Pricing talk from Sales');
    expect(await opens(ADAM)).toContain(UNKNOWN);
  });

  test('the host shares only to what they read, and sharing a private meeting on takes the host', async () => {
    const { open } = await miaMeets();
    await office().type(MIA, 'meeting share Pricing talk with ', { person: ADAM });
    const share = { ...open, args: { what: 'share', meeting: open.args.meeting, person: 'slack:T02:U0OLIVIA' } };
    expect(firstLine(await office().press(ADAM, share))).toBe("You can't manage that meeting. Mia can.");
    expect(await opens(OLIVIA)).toContain(UNKNOWN);
  });

  test('nobody by rank: who presses Open is offered to ask the host, whose yes lets them read it', async () => {
    const { open } = await miaMeets();
    for (const who of [OLIVIA, ADAM]) {
      const offer = await office().press(who, open);
      expect(firstLine(offer)).toBe('Only its host and those it is shared with read this meeting. Ask Mia?');
      expect(said(offer)).not.toContain('Pricing');
    }
    const offer = await office().press(ADAM, open);
    expect(said(await office().press(ADAM, callOf(offer, 'Ask')))).toContain(
      'The host decides who reads it, so I asked them for you.',
    );
    const { mia, olivia, adam } = office().acme;
    expect((await toldTo({ person: olivia.id })).join()).not.toContain('asks to read');
    const [asked] = (await outbox()).filter(
      ({ to, card }) => 'person' in to && to.person === mia.id && JSON.stringify(card).includes('asks to read'),
    );
    expect(JSON.stringify(asked?.card)).toContain('Adam asks to read a meeting. It is “Pricing talk”, which you host.');
    const { request } = callOf(asked!.card, 'Deny').args as { request: string };
    expect(firstLine(await office().press(OLIVIA, { command: 'approve', args: { request } }))).toMatch(
      /^You can't decide this/,
    );
    await office().press(MIA, callOf(asked!.card, 'Approve'));
    expect(await opens(ADAM)).toContain('Host: Mia');
    expect(await opens(OLIVIA)).toContain(UNKNOWN);
    const told = (await toldTo({ person: adam.id })).join('\n');
    expect(told).toContain('You can read “Pricing talk” now.');
    const trail = await auditTrail({ ...where(), person: adam.id, limit: 20 });
    expect(trail).toContainEqual(expect.objectContaining({ action: 'meeting.granted', by: mia.id, person: adam.id }));
  });

  test('a request that the host does not answer is reminded of to the host alone, and ends', async () => {
    const { open } = await miaMeets();
    await office().press(ADAM, callOf(await office().press(ADAM, open), 'Ask'));
    const errors: unknown[] = [];
    const needs = {
      desk: { services: office().services, commands: COMMANDS },
      dispatcher: { nudge: () => undefined },
      log: { error: (fault: unknown) => void errors.push(fault) },
    };
    for (const days of [1, 2, 3, 4, 6, 8]) {
      for (const sweep of [reminderSweep(needs), expirySweep(needs)]) {
        await sweep.run({ at: later(days), timeIsUp: () => false });
      }
    }
    expect(errors).toEqual([]);
    expect(await toldTo({ person: office().acme.olivia.id })).toEqual([]);
    expect((await toldTo({ person: office().acme.mia.id })).join()).toContain('Nobody answered in time.');
    expect((await toldTo({ person: office().acme.adam.id })).join()).not.toContain('Pricing');
  });

  test('who is no longer its host gives nothing away, however late their click comes', async () => {
    const { meeting } = await miaMeets();
    const { adam, mia, olivia } = office().acme;
    const handing = { ...where(), from: mia.id, to: adam.id, by: olivia.id, at: NOW };
    await inTransaction(() => handTo(handing));
    const member = (await membership(where().account, where().workspace, olivia.id))!;
    const change = { ...where(), meeting: meeting.id, by: mia.id, at: NOW };
    await expect(grantAccess({ ...change, members: [member] })).rejects.toThrow('unknownMeeting');
    await expect(deleteMeeting(change)).rejects.toThrow('unknownMeeting');
  });

  test('what the policy says of new meetings, and no further than it lets them be shared', async () => {
    await office().type(OLIVIA, 'channel create Sales');
    await policy('meetingVisibility', 'workspace');
    expect(said(await office().type(MIA, 'meeting create Pricing talk'))).toContain(
      'Everybody in Marketing can read it.',
    );
    expect(await opens(ADAM)).toContain('Pricing talk');
    const access = await office().type(MIA, 'meeting access Pricing talk');
    await office().press(MIA, callOf(access, 'Take away'));
    expect(await opens(ADAM)).toContain(UNKNOWN);

    await policy('meetingSharing', 'private');
    expect(firstLine(await office().type(MIA, 'meeting share Pricing talk with Sales'))).toMatch(
      /^This meeting stays with its people: Marketing's policy/,
    );
    expect(said(await office().type(MIA, 'meeting create Second'))).toContain('You alone can read it');
    expect(said(await office().type(MIA, 'meeting share Pricing talk with ', { person: ADAM }))).toContain(
      'Adam can read it now',
    );
  });

  test('by policy, those of the channel whose chat channel it is written down in', async () => {
    await policy('meetingVisibility', 'channel');
    await office().type(OLIVIA, 'channel create Sales');
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK', channelName: 'marketing' };
    await office().type(OLIVIA, 'channel bind Sales');
    expect(said(await office().type(MIA, 'meeting create Pricing talk'))).toContain('Whoever reads Sales can read it.');
    expect((await toldTo({ channel: 'C0MARK' })).join()).toContain('Mia shared a meeting with Sales: Pricing talk');
  });
});

describe('a shared meeting in the bound chat channel', () => {
  const sharedTo = async (room: string) => {
    const { olivia } = office().acme;
    const rooms = JSON.stringify(await office().type(OLIVIA, 'channel'));
    const [, id] = new RegExp(`${room}.*?"room":"(ch_[0-9a-z]+)"`).exec(rooms) ?? [];
    const chat = { platform: 'slack', tenant: TEAM, channel: 'C0SALES', channelName: 'sales' } as const;
    await bindChannel({ ...chat, ...where(), purposes: ['meetings'], room: id!, by: olivia.id, at: NOW });
    await office().type(MIA, `meeting share Pricing talk with ${room}`);
  };

  test('is a card that opens it for those who read it, and says when it ends', async () => {
    await miaMeets();
    await office().type(OLIVIA, 'channel create Sales');
    await sharedTo('Sales');
    const [post] = (await outbox()).filter(({ to }) => 'channel' in to);
    expect((await toldTo({ channel: 'C0SALES' }))[0]).toMatch(
      /^Mia shared a meeting with Sales: Pricing talk of 16 Nov/,
    );
    expect(said(await office().press(ADAM, callOf(post!.card, 'Open')))).toContain('Host: Mia');
    await office().press(MIA, {
      command: 'meeting',
      args: { what: 'delete', meeting: callOf(post!.card, 'Open').args['meeting']!, sure: true },
      workspace: where().workspace,
    });
    expect((await toldTo({ channel: 'C0SALES' })).at(-1)).toContain('A meeting that was shared here was deleted.');
  });

  test('of a private channel tells no title, and is opened by its people alone', async () => {
    await miaMeets();
    await office().type(OLIVIA, 'channel create private Deal room');
    await office().type(OLIVIA, 'channel add Mia to Deal room');
    await sharedTo('Deal room');
    const [post] = (await outbox()).filter(({ to }) => 'channel' in to);
    expect(JSON.stringify(post)).not.toMatch(/Pricing|Deal room/);
    expect(said(await office().press(OLIVIA, callOf(post!.card, 'Open')))).toContain('Pricing talk');
    expect(firstLine(await office().press(ADAM, callOf(post!.card, 'Open')))).toMatch(/Ask Mia\?$/);
    expect(firstLine(await office().press(MAX, callOf(post!.card, 'Open')))).toMatch(
      /^This card belongs to a workspace that you are not in/,
    );
    await office().type(MIA, 'meeting unshare Pricing talk from Deal room');
    expect((await toldTo({ channel: 'C0SALES' })).at(-1)).toContain('A meeting is no longer shared here.');
  });
});

describe('a host who goes', () => {
  test('suspended: sees none of it until they are back', async () => {
    const { open } = await miaMeets();
    const { mia, olivia } = office().acme;
    await suspendMember({ ...where(), person: mia.id, by: olivia.id, at: NOW });
    expect(firstLine(await office().press(MIA, open))).toMatch(/^You are suspended|suspended/);
    expect(said(await office().type(MIA, 'meetings'))).not.toContain('Pricing talk');
    const mine = { command: 'meetings', args: { what: 'open', meeting: open.args.meeting } };
    expect(firstLine(await office().press(MIA, mine))).toBe('That meeting is not there any more.');
  });

  test('removed: keeps their own meetings at home, to read and to delete', async () => {
    await miaMeets();
    const { mia, olivia } = office().acme;
    await removeMember({ ...where(), person: mia.id, by: olivia.id, at: NOW });
    expect(said(await office().type(MIA, ''))).toContain('You host 1 meeting, which stay yours.');
    const list = await office().type(MIA, 'meetings');
    expect(said(list)).toContain('a workspace you have left');
    const opened = await office().press(MIA, callOf(list, 'Open'));
    expect(said(opened)).toContain('Pricing talk');
    expect(said(opened)).not.toContain('Share');
    const sure = await office().press(MIA, callOf(opened, 'Delete'));
    expect(said(await office().press(MIA, callOf(sure, 'Delete')))).toContain('You host no meeting.');
    expect(said(await office().press(OLIVIA, { command: 'meetings', args: {} }))).not.toContain('Pricing');
  });

  test('hands them over without their titles being told', async () => {
    await miaMeets();
    const { adam, mia, olivia } = office().acme;
    expect(await heldBy({ ...where(), person: mia.id })).toMatchObject([{ name: 'Meeting of 16 November 2026' }]);
    const handing = { ...where(), from: mia.id, to: adam.id, by: olivia.id, at: NOW };
    expect(await inTransaction(() => handTo(handing))).toBe(1);
    expect(await handTo(handing)).toBe(0);
    expect(await opens(ADAM)).toContain('Host: Adam');
    expect(await opens(MIA)).toContain(UNKNOWN);
    expect(await auditTrail({ ...where(), limit: 1 })).toMatchObject([
      { action: 'meeting.handedOver', person: adam.id },
    ]);
  });

  test('becomes another person by linking: what counted counts on', async () => {
    await miaMeets();
    const { adam, mia, olivia } = office().acme;
    await office().type(MIA, 'meeting share Pricing talk with ', { person: OLIVIA });
    await office().type(OLIVIA, 'channel create private Deal room');
    const merge = { account: where().account, at: NOW };
    await inTransaction(async () => {
      await mergeMeetings({ ...merge, from: mia.id, into: adam.id });
      await mergeMeetings({ ...merge, from: olivia.id, into: mia.id });
      await mergeChannelPlaces({ ...merge, from: olivia.id, into: mia.id });
    });
    expect(await opens(ADAM)).toContain('Host: Adam');
    expect(await opens(MIA)).toContain('Host: Adam');
    expect(await opens(OLIVIA)).toContain(UNKNOWN);
    expect(said(await office().type(MIA, 'channel Deal room'))).toContain('managed by Mia');
  });
});

describe('the retention of meetings', () => {
  const sweep = async (at: Date) => {
    const log = { error: () => undefined };
    await meetingSweep({ dispatcher: { nudge: () => undefined }, log }).run({ at, timeIsUp: () => false });
  };

  test('deletes those that are older than the policy, and tells how many beforehand', async () => {
    await office().type(MIA, 'meeting create Old on 1 October 9:00');
    await office().type(MIA, 'meeting create New');
    await sweep(later(400));
    expect(await hosted(office().acme.mia.id)).toHaveLength(2);
    await policy('meetingRetentionDays', 30);
    expect(await meetingsBefore({ ...where(), before: later(-30) })).toBe(1);
    await sweep(NOW);
    expect((await hosted(office().acme.mia.id)).map(({ title }) => title)).toEqual(['New']);
    expect(await auditTrail({ ...where(), limit: 1 })).toMatchObject([
      { action: 'meeting.expired', by: 'system', detail: { count: 1 } },
    ]);
    await sweep(later(31));
    expect(await hosted(office().acme.mia.id)).toEqual([]);
  });
});

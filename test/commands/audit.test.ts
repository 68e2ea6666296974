import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { AUDIT_WORDS } from '../../src/cards/audit/audit-words.js';
import { downloadFile } from '../../src/usage/download-files.js';
import { openDownload } from '../../src/usage/downloads.js';
import { AUDIT_ACTIONS } from '../../src/workspace/audit-actions.js';
import { verifyAudit, writeAudit } from '../../src/workspace/audit.js';
import { changeRole, removeMember } from '../../src/workspace/memberships.js';
import { ADAM, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, useOffice } from './harness.js';

const office = useOffice();
const IN_MARKETING = {
  platform: 'slack',
  tenant: TEAM,
  kind: 'channel',
  channel: 'C1',
  channelName: 'marketing',
} as const;

/** The sentences of the trail, without when and where. */
function told(answer: Answer): string[] {
  return said(answer)
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).split(' · ')[0]!);
}

/** The line behind that sentence. */
const line = (answer: Answer, sentence: string): string =>
  said(answer)
    .split('\n')
    .find((one) => one.startsWith(`- ${sentence}`)) ?? `no “${sentence}” among\n${said(answer)}`;

const rename = async (name: string, where = '') =>
  office().press(OLIVIA, callOf(await office().type(OLIVIA, `rename ${name}${where}`), 'Rename'));

const billing = (action: 'billing.detailsChanged' | 'billing.policySet', detail = {}) =>
  writeAudit({
    account: office().acme.account.id,
    workspace: office().acme.marketing.id,
    by: office().acme.olivia.id,
    action,
    detail,
    at: office().at,
  });

describe('the trail', () => {
  test('says who did what to whom, when and from where', async () => {
    office().place = IN_MARKETING;
    await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'policy retype above 500'), 'Set it'));
    await rename('Growth');
    const trail = await office().type(OLIVIA, 'audit');
    expect(firstLine(trail)).toBe('What happened in Growth');
    expect(line(trail, 'Olivia set')).toBe(
      '- Olivia set “Amounts typed twice” to: above £500.00 · 16 Nov 2026, 09:00 · #marketing in Slack',
    );
    expect(told(trail)).toEqual(
      expect.arrayContaining([
        'Olivia renamed the workspace from Marketing to Growth',
        'Olivia invited Adam as an admin',
      ]),
    );
  });

  test('says by which request, and who approved it', async () => {
    await office().type(MIA, 'invite zoe@acme.com');
    const request = (await outbox()).find(({ card }) => /zoe@acme\.com.*"Approve"/.test(JSON.stringify(card)));
    await office().press(ADAM, callOf(request!.card, 'Approve'));
    const trail = await office().type(OLIVIA, 'audit');
    expect(line(trail, 'Mia invited zoe@acme.com')).toMatch(
      / · a private chat in Slack · asked for by Mia, approved by Adam$/,
    );
    expect(line(trail, 'Adam approved a request')).toContain(' · a request of Mia');
    expect(told(trail)).toContain('Mia asked to invite people');
    expect((await verifyAudit(office().acme.account.id)).findings).toEqual([]);
  });

  test('says with which key it was done through the API, of lines about keys nothing', async () => {
    const { account, marketing, olivia } = office().acme;
    const of = { account: account.id, workspace: marketing.id, by: olivia.id, at: office().at };
    await writeAudit({ ...of, action: 'template.created', detail: { name: 'Hello', item: 'sms', key: 'Engine' } });
    await writeAudit({ ...of, action: 'key.revoked', detail: { key: '0123456789ab', name: 'Engine' } });
    const trail = await office().type(OLIVIA, 'audit');
    expect(line(trail, 'Olivia wrote the template Hello')).toContain(' · the API, with the key Engine');
    expect(said(trail)).not.toContain('0123456789ab');
  });

  test('names people as they are called now, and those who left too', async () => {
    const { account, marketing, olivia, mia } = office().acme;
    const of = { account: account.id, workspace: marketing.id, person: mia.id, by: olivia.id, at: office().at };
    await changeRole({ ...of, role: 'admin' });
    await removeMember({ ...of, reason: 'she moved' });
    expect(told(await office().type(OLIVIA, 'audit'))).toEqual(
      expect.arrayContaining(['Olivia made Mia an admin, who was a member', 'Olivia removed Mia because she moved']),
    );
  });

  test('has words for everything, and each is a sentence without codes', () => {
    const anything = {
      whom: 'Mia',
      said: (part: string) => (part === 'policy' ? 'whoMayInvite' : 'members'),
      person: () => 'Adam',
      money: () => '£5.00',
      date: () => '16 Nov 2026',
    };
    for (const action of AUDIT_ACTIONS) {
      expect(AUDIT_WORDS[action](anything)).toMatch(/^[a-z][^{}_]+$/);
      expect(AUDIT_WORDS[action](anything)).not.toMatch(/undefined|null|\b(ws|p|req)_/);
    }
  });

  test('tells what happens in other workspaces to nobody here', async () => {
    office().place = { ...IN_MARKETING, channel: 'C9' };
    await rename('Helpdesk', ' in:Support');
    expect(said(await office().type(OLIVIA, 'audit'))).not.toContain('Helpdesk');
    expect(said(await office().type(OLIVIA, 'audit in:Helpdesk'))).toContain('from Support to Helpdesk');
    expect(said(await office().type(MAX, 'audit'))).not.toContain('Marketing');
  });
});

describe('who sees what', () => {
  beforeEach(async () => {
    await billing('billing.detailsChanged', { name: 'Acme Ltd' });
    await billing('billing.policySet', { policy: 'ownersCapMinor', from: 'off', to: 20_000 });
  });

  test('owners see all of it', async () => {
    const { who } = await nora(office());
    for (const owner of [OLIVIA, who]) {
      expect(told(await office().type(owner, 'audit'))).toEqual(
        expect.arrayContaining([
          'Olivia changed who is billed to Acme Ltd',
          "Olivia set “Owners' cap on the saved card” to: £200.00 at a time",
          'Olivia invited Mia as a member',
        ]),
      );
    }
  });

  test('admins all but billing, whatever they ask for', async () => {
    for (const typed of ['audit', 'audit money', 'audit @Olivia']) {
      const seen = said(await office().type(ADAM, typed));
      expect(seen).not.toMatch(/billed|saved card/);
      expect(seen).toContain('All but billing, which owners see.');
    }
    expect(told(await office().type(ADAM, 'audit'))).toContain('Olivia invited Mia as a member');
  });

  test('who is in no workspace what they did and what was done to them anywhere, from their home too', async () => {
    const { account, marketing, mia, olivia } = office().acme;
    await removeMember({
      account: account.id,
      workspace: marketing.id,
      person: mia.id,
      by: olivia.id,
      at: office().at,
    });
    const home = await office().type(MIA, 'help');
    for (const seen of [
      await office().press(MIA, callOf(home, 'What I did')),
      await office().type(MIA, 'audit people'),
    ]) {
      expect(firstLine(seen)).toBe('What you did');
      expect(told(seen)[0]).toMatch(/^Olivia removed Mia/);
      expect(told(seen).every((one) => one.includes('Mia'))).toBe(true);
    }
    expect(firstLine(await office().type(MIA, 'audit @Max'))).toMatch(/^You are in no workspace yet/);
    expect(firstLine(await office().type(MIA, 'audit csv'))).toMatch(/^You are in no workspace yet/);
  });

  test('members what they did and what was done to them', async () => {
    const seen = await office().type(MIA, 'audit');
    expect(firstLine(seen)).toBe('What you did in Marketing');
    expect(told(seen)).toEqual(['Mia joined as a member, invited by Olivia', 'Olivia invited Mia as a member']);
    expect(told(await office().type(MIA, 'audit @Adam'))).toEqual([]);
  });

  test('the account owner what concerns the company, nobody else', async () => {
    const { who } = await nora(office());
    const enabled = 'Support switched workspaces on for the company';
    expect(told(await office().type(OLIVIA, 'audit rules'))).toContain(enabled);
    expect(told(await office().type(who, 'audit rules'))).not.toContain(enabled);
  });
});

describe('narrowing it down', () => {
  test.each([
    ['audit people', 'Only: People.', /(invited|joined|made this)/],
    ['audit invitations 7d', 'Only: People, the last 7 days.', /(invited|joined|made this)/],
    ['audit @Adam', 'Only: by or about Adam.', /Adam/],
    ['audit by @Adam last 1 day', 'Only: the last day, by or about Adam.', /Adam/],
    ['what did @Adam do?', 'Only: by or about Adam.', /Adam/],
    ['what happened 7d', 'Only: the last 7 days.', /./],
    ['trail rules', 'Only: Rules.', /(workspace|the company)/],
  ])('%s', async (typed, filter, every) => {
    const trail = await office().type(OLIVIA, typed);
    expect(said(trail).split('\n')[1]).toBe(filter);
    expect(told(trail).length).toBeGreaterThan(0);
    for (const sentence of told(trail)) expect(sentence).toMatch(every);
  });

  test('by a form, where what is left empty narrows nothing', async () => {
    const form = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'audit'), 'Narrow down'));
    const trail = await office().submit(OLIVIA, form, { person: 'slack:T02:U0ADAM', topic: '', days: '30' });
    expect(said(trail).split('\n')[1]).toBe('Only: the last 30 days, by or about Adam.');
  });

  test('to nothing says so, and offers the way on', async () => {
    const trail = await office().type(OLIVIA, 'audit keys');
    expect(said(trail)).toContain('Nothing of that kind.');
    expect(said(trail)).toContain('[Narrow down]');
  });

  test('pages from the newest to the oldest and keeps the filter', async () => {
    for (let i = 0; i < 12; i++) await rename(`Name ${i}`);
    const first = await office().type(OLIVIA, 'audit rules');
    expect(told(first)).toHaveLength(10);
    expect(told(first)[0]).toBe('Olivia renamed the workspace from Name 10 to Name 11');
    const second = await office().press(OLIVIA, callOf(first, 'Older'));
    expect(second).toMatchObject({ replace: true });
    expect(told(second)).toContain('Olivia renamed the workspace from Marketing to Name 0');
    for (const sentence of told(second)) expect(told(first)).not.toContain(sentence);
    expect(told(await office().press(OLIVIA, callOf(second, 'Newest')))).toEqual(told(first));
  });
});

describe('as a file', () => {
  async function file(who: typeof OLIVIA, typed = 'audit csv'): Promise<string | undefined> {
    return open(await tokenOf(who, typed));
  }

  async function tokenOf(who: typeof OLIVIA, typed: string): Promise<string> {
    const [, token] = /download\/([\w-]+)/.exec(JSON.stringify(await office().type(who, typed))) ?? [];
    return token!;
  }

  async function open(token: string): Promise<string | undefined> {
    const download = await openDownload(token, office().at);
    const made = download && (await downloadFile(office().services.ledger, download, office().at));
    if (!made) return undefined;
    let text = '';
    for await (const piece of made.body) text += String(piece);
    return text;
  }

  test('has all that match, oldest first, and what was narrowed down', async () => {
    office().at = new Date(office().at.getTime() + 60_000);
    const all = (await file(OLIVIA))!.trim().split('\r\n');
    expect(all[0]).toBe('line,at,local_time,who,action,whom,platform,place,reference,request,approved_by,detail');
    expect(all[1]).toContain('operator,account.enabled');
    expect(all.some((row) => row.includes('Olivia,member.invited,Mia'))).toBe(true);
    const adams = (await file(OLIVIA, 'audit @Adam people csv'))!.trim().split('\r\n').slice(1);
    expect(adams.length).toBeGreaterThan(0);
    for (const row of adams) expect(row).toMatch(/Adam/);
    expect(told(await office().type(OLIVIA, 'audit'))).toContain('Olivia took the file of this trail');
  });

  test('has no billing for admins, and of others nothing for members', async () => {
    await billing('billing.detailsChanged', { name: 'Acme Ltd' });
    office().at = new Date(office().at.getTime() + 60_000);
    expect(await file(OLIVIA)).toContain('billing.detailsChanged');
    expect(await file(ADAM)).not.toContain('billing.');
    const own = (await file(MIA))!.trim().split('\r\n').slice(1);
    for (const row of own) expect(row).toMatch(/Mia/);
  });

  test('is narrowed to what the person may see when it is fetched', async () => {
    await billing('billing.detailsChanged', { name: 'Acme Ltd' });
    const second = await nora(office());
    office().at = new Date(office().at.getTime() + 60_000);
    const token = await tokenOf(second.who, 'audit csv');
    const { account, marketing, olivia } = office().acme;
    const of = { account: account.id, workspace: marketing.id, person: second.id, by: olivia.id, at: office().at };
    await changeRole({ ...of, role: 'admin' });
    expect(await open(token)).not.toContain('billing.');
    await removeMember(of);
    expect(await open(token)).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { disableAccount, enableAccount } from '../../src/workspace/accounts.js';
import { changeRole, leaveWorkspace } from '../../src/workspace/memberships.js';
import { approveRequest, requestsBy } from '../../src/workspace/requests.js';
import { approvedButNotRun } from '../../src/workspace/sweeping.js';
import { resumeApproved } from '../../src/commands/resume-approved.js';
import { COMMANDS } from '../../src/commands/registry.js';
import { ADAM, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const DECIDING = '[Approve] [Deny]\n[Ask Mia] [Say yes with a note]';
const office = useOffice();

/** Mia asks to invite Max; the card that the deciders see. */
async function miaAsks() {
  await office().type(MIA, 'invite ', { person: MAX, name: 'max' });
  const [notice] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
  return notice!;
}

const mine = async () => (await requestsBy(office().acme.account.id, office().acme.mia.id))[0]!;
const invitations = async () => (await outbox()).filter(({ id }) => id.startsWith('invitation:'));

describe('a request', () => {
  test('goes privately to those with the right, who may choose a channel, where none is bound', async () => {
    await miaAsks();
    const { adam, olivia, mia } = office().acme;
    for (const decider of [adam, olivia]) {
      expect(await toldTo({ person: decider.id })).toEqual([
        `Mia asks to invite Max. 1 seat free.\n${DECIDING}\nOpen until 23 Nov 2026.\n[Choose a channel]\nMarketing · £0.00`,
      ]);
    }
    expect(await toldTo({ person: mia.id })).toEqual([]);
  });

  test('carries why, where the person said it', async () => {
    await office().type(MIA, 'invite ', { person: MAX }, ' because we need a writer');
    expect(await toldTo({ person: office().acme.adam.id })).toEqual([expect.stringContaining('“we need a writer”')]);
  });

  test('asked twice is one request', async () => {
    await miaAsks();
    expect(firstLine(await office().type(MIA, 'invite ', { person: MAX }))).toBe(
      'Owners and admins invite, so I asked them for you.',
    );
    expect(await requestsBy(office().acme.account.id, office().acme.mia.id)).toHaveLength(1);
    expect((await outbox()).filter(({ subject }) => subject)).toHaveLength(2);
  });

  test('clicked by two admins at once: one decision, one run, and the other is told who was first', async () => {
    const { card } = await miaAsks();
    const call = callOf(card, 'Approve');
    const answers = await Promise.all([office().press(ADAM, call), office().press(OLIVIA, call)]);
    expect(answers.filter((answer) => answer.kind === 'done')).toHaveLength(1);
    expect(
      answers.map(said).filter((words) => /^Too late: this was already approved by (Adam|Olivia)\./.test(words)),
    ).toHaveLength(1);
    expect(await invitations()).toHaveLength(1);
    expect((await mine()).result).toMatchObject({ ok: true });
  });

  test('pressed twice by the same admin says the same thing', async () => {
    const { card } = await miaAsks();
    expect(await office().press(ADAM, callOf(card, 'Approve'))).toEqual({ kind: 'done' });
    expect(await office().press(ADAM, callOf(card, 'Approve'))).toEqual({ kind: 'done' });
    expect(await invitations()).toHaveLength(1);
  });

  test('pressed twice at once by the same admin is done once, and told as done', async () => {
    const { card } = await miaAsks();
    const call = callOf(card, 'Approve');
    const answers = await Promise.all([1, 2, 3].map(() => office().press(ADAM, call)));
    expect(answers).toEqual([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }]);
    expect(await invitations()).toHaveLength(1);
    expect((await mine()).result).toMatchObject({ ok: true });
    expect((await toldTo({ person: office().acme.mia.id })).join()).not.toContain('did not work');
  });

  test('is not decided by its author, nor by somebody without the right', async () => {
    const { card } = await miaAsks();
    expect(firstLine(await office().press(MIA, callOf(card, 'Approve')))).toBe(
      'This is your own request, so somebody else decides it.',
    );
    expect(firstLine(await office().press(MAX, callOf(card, 'Approve')))).toMatch(
      /^This card belongs to a workspace that you are not in\./,
    );
    expect((await mine()).state).toBe('pending');
  });

  test('shows on both platforms, and the first decision closes both', async () => {
    const { acme } = office();
    const teams = {
      platform: 'teams',
      tenant: 'contoso',
      kind: 'channel',
      channel: '19:x',
      channelName: 'General',
    } as const;
    const olivia = { platform: 'teams', tenant: 'contoso', user: 'aad-olivia' } as const;
    const { account } = acme;
    await enableAccount({
      name: 'Acme',
      tenant: 'teams:contoso',
      ownerUser: 'aad-olivia',
      currency: 'GBP',
      plan: 'teams',
      timeZone: 'Europe/London',
      account: account.id,
      at: office().at,
    });
    acme.chat.add(olivia, { name: 'Olivia', email: 'olivia@acme.com', emailVerified: true, standing: 'full' });
    office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK', channelName: 'marketing' };
    await office().type(OLIVIA, 'channel bind');
    office().place = teams;
    expect((await office().type(olivia, 'channel bind in:Marketing')).kind).toBe('done');

    office().place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D1' };
    const { card } = await miaAsks();
    office().place = teams;
    await office().press(olivia, callOf(card, 'Approve'));
    for (const channel of ['C0MARK', '19:x']) {
      const told = await toldTo({ channel });
      expect(told[0]).toMatch(/^Mia asks to invite Max\./);
      expect(told.at(-1)).toMatch(/^Approved by Olivia\./);
    }
  });

  test('asked back from its own card, by whoever may decide it', async () => {
    const { card } = await miaAsks();
    const form = await office().press(ADAM, callOf(card, 'Ask Mia'));
    expect(said(form)).toBe('form: ask-back');
    expect(said(await office().submit(ADAM, form, { text: 'What for?' }))).toContain('Sent to Mia.');
    expect((await toldTo({ person: office().acme.mia.id })).join('\n')).toContain('“What for?”');
    expect(firstLine(await office().press(MAX, callOf(card, 'Ask Mia')))).toMatch(/^This card belongs to a workspace/);
  });

  test('approved with a note, which may be left empty; the requester reads it', async () => {
    const { card } = await miaAsks();
    const call = callOf(card, 'Say yes with a note');
    expect(firstLine(await office().press(MIA, call))).toBe('This is your own request, so somebody else decides it.');
    expect(firstLine(await office().press(MAX, call))).toMatch(/^This card belongs to a workspace/);
    const form = await office().press(ADAM, call);
    expect(form).toMatchObject({ form: { name: 'approve-note', submit: 'Approve' } });
    expect((await mine()).state).toBe('pending');
    const yes = await office().submit(ADAM, form, { note: 'Only until May.' });
    expect(firstLine(yes)).toBe('Approved. The person who asked is told.');
    expect((await toldTo({ person: office().acme.mia.id })).join('\n')).toContain('“Only until May.”');
    expect(firstLine(await office().submit(OLIVIA, form, {}))).toMatch(
      /^Too late: this was already approved by Adam\./,
    );
    expect(firstLine(await office().press(OLIVIA, call))).toMatch(/^Too late: this was already approved by Adam\./);
  });

  test('denied with a reason from a form; the requester reads why', async () => {
    const { card } = await miaAsks();
    const form = await office().press(ADAM, callOf(card, 'Deny'));
    expect(form).toMatchObject({ kind: 'form' });
    expect((await mine()).state).toBe('pending');
    await office().submit(ADAM, form, { note: 'We are full until spring.' });
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
      /^Adam said no: “We are full until spring\.”/,
    );
    expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toMatch(/^Denied by Adam\./);
    expect(await invitations()).toEqual([]);
  });

  test('asked back and answered, on the card and in private', async () => {
    await miaAsks();
    await office().type(ADAM, 'ask ', { person: MIA }, ' who is Max?');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
      /^Adam asks about your request to invite Max:\n“who is Max\?”/,
    );
    const question = (await outbox()).findLast(({ id }) => id.startsWith('remark:'))!;
    const form = await office().press(MIA, callOf(question.card, 'Answer'));
    await office().submit(MIA, form, { text: 'Our new writer.' });
    expect((await toldTo({ person: office().acme.adam.id })).join('\n')).toContain('“Our new writer.”');
    expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toContain('Mia: Our new writer.');
  });

  test('an outdated card decides nothing', async () => {
    const { card } = await miaAsks();
    await office().type(ADAM, 'ask ', { person: MIA }, ' why?');
    const now = await office().press(OLIVIA, callOf(card, 'Approve'));
    expect(said(now)).toMatch(
      /^This request has changed since .+\nNothing was decided\..+\nMia asks to invite Max\..+\nAdam: why\?/,
    );
    expect(await invitations()).toEqual([]);
    await office().press(OLIVIA, callOf(now, 'Approve'));
    expect(await invitations()).toHaveLength(1);
  });

  test('approved, but the requester has left meanwhile: both are told, nothing is done', async () => {
    const { card } = await miaAsks();
    const { account, marketing, mia } = office().acme;
    await leaveWorkspace({ account: account.id, workspace: marketing.id, person: mia.id, at: office().at });
    expect(firstLine(await office().press(ADAM, callOf(card, 'Approve')))).toBe('Mia is not in the workspace.');
    expect((await toldTo({ person: mia.id })).at(-1)).toMatch(/^Adam said yes, but it did not work\./);
    expect(await invitations()).toEqual([]);
  });

  test('a decider who has lost the right decides nothing', async () => {
    const { card } = await miaAsks();
    const { account, marketing, adam, olivia } = office().acme;
    await changeRole({
      account: account.id,
      workspace: marketing.id,
      person: adam.id,
      role: 'member',
      by: olivia.id,
      at: office().at,
    });
    expect(firstLine(await office().press(ADAM, callOf(card, 'Approve')))).toBe("You can't decide this. Olivia can.");
  });

  test('whose run was cut off is run by the sweep, once', async () => {
    await miaAsks();
    const { account, adam } = office().acme;
    const at = office().at;
    await approveRequest({
      account: account.id,
      id: (await mine()).id,
      by: adam.id,
      at,
      mayDecide: async () => undefined,
    });
    const [cutOff] = await approvedButNotRun(at, 10);
    const desk = { services: office().services, commands: COMMANDS };
    await resumeApproved(desk, cutOff!, at);
    await resumeApproved(desk, cutOff!, at);
    expect(await invitations()).toHaveLength(1);
    expect(await approvedButNotRun(at, 10)).toEqual([]);
  });

  test('whose run was cut off waits while the account is disabled', async () => {
    await miaAsks();
    const { account, adam } = office().acme;
    const at = office().at;
    const { id } = await mine();
    await approveRequest({ account: account.id, id, by: adam.id, at, mayDecide: async () => undefined });
    await disableAccount({ tenant: `slack:${TEAM}`, at });
    const [cutOff] = await approvedButNotRun(at, 10);
    await resumeApproved({ services: office().services, commands: COMMANDS }, cutOff!, at);
    expect(await invitations()).toEqual([]);
    expect(await approvedButNotRun(at, 10)).toHaveLength(1);
  });

  test('is listed for both sides, and can be taken back', async () => {
    const notice = await miaAsks();
    expect(said(await office().type(ADAM, 'requests'))).toContain('Mia asks to invite Max.');
    expect(said(await office().type(MIA, ''))).toContain('1 request of yours waits for an answer.');
    const list = await office().press(MIA, callOf(await office().type(MIA, ''), 'My requests'));
    expect(said(list)).toContain('You asked to invite Max.');
    await office().press(MIA, callOf(list, 'Take back'));
    expect(firstLine(await office().press(ADAM, callOf(notice.card, 'Approve')))).toBe(
      'Too late: this request was taken back.',
    );
  });

  test('to create a workspace goes to the account owner and makes the requester its primary owner', async () => {
    expect(firstLine(await office().type(MIA, 'create Sales'))).toBe(
      'The account owner creates workspaces, so I asked them for you.',
    );
    expect(await toldTo({ person: office().acme.adam.id })).toEqual([]);
    expect(firstLine(await office().type(OLIVIA, 'approve'))).toBe('Approved. The person who asked is told.');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
      /^Olivia said yes\.\nSales is active\. £0\.00\./,
    );
    expect(firstLine(await office().type(MIA, 'rename Selling in:Sales'))).toBe(
      'Rename Sales to Selling? Everybody in it sees the new name.',
    );
  });
});

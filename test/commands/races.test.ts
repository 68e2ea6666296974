import { expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { bindingsOf } from '../../src/workspace/bindings.js';
import { revokeInvitation } from '../../src/workspace/invitation-ending.js';
import { openInvitationsOf } from '../../src/workspace/invitations.js';
import { membership, membershipsOf, removeMember } from '../../src/workspace/memberships.js';
import { workspacesOfAccount } from '../../src/workspace/workspaces.js';
import { ADAM, MAX, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, useOffice } from './harness.js';

const office = useOffice();
const lines = (answers: readonly Answer[]) => answers.map(firstLine).toSorted();

test('two workspaces of one name at once are one, and the other hears that the name is taken', async () => {
  const answers = await Promise.all([office().type(OLIVIA, 'create Sales'), office().type(OLIVIA, 'create sales')]);
  expect(lines(answers).filter((line) => line.includes('£0.00.'))).toHaveLength(1);
  expect(lines(answers).filter((line) => /already a workspace/.test(line))).toHaveLength(1);
  const names = (await workspacesOfAccount(office().acme.account.id)).map(({ name }) => name.toLowerCase());
  expect(names.filter((name) => name === 'sales')).toHaveLength(1);
});

test('one click that is delivered several times at once is answered each time, and done once', async () => {
  const ask = { typed: ['invite nina@acme.com'] };
  const again = Array.from({ length: 5 }, () => office().invoke(OLIVIA, ask, { delivery: 'same' }));
  for (const answer of await Promise.all(again)) expect(firstLine(answer)).toMatch(/^nina@acme.com is .*invited/);
  expect((await outbox()).filter(({ id }) => id.startsWith('invitation:'))).toHaveLength(1);
});

test('joining while the invitation is taken back: one of the two, and no half of either', async () => {
  const { account, marketing, max, olivia } = office().acme;
  await office().type(OLIVIA, 'invite ', { person: MAX });
  const [invitation] = await openInvitationsOf(account.id, max.id, office().at);
  const [joined, revoked] = await Promise.allSettled([
    office().press(MAX, { command: 'join', args: { invitation: invitation!.id } }),
    revokeInvitation({
      account: account.id,
      workspace: marketing.id,
      invitation: invitation!.id,
      by: olivia.id,
      at: office().at,
    }),
  ]);
  const inside = await membership(account.id, marketing.id, max.id);
  expect(joined.status).toBe('fulfilled');
  expect(inside === undefined).toBe(revoked.status === 'fulfilled');
});

test('switching to a workspace while being taken out of it leaves an active one that exists', async () => {
  const { account, support, olivia, mia } = office().acme;
  await office().type(OLIVIA, 'invite ', { person: MIA }, ' in:Support');
  await office().type(MIA, 'join');
  const where = { account: account.id, workspace: support.id, person: mia.id };
  await Promise.all([office().type(MIA, 'switch Support'), removeMember({ ...where, by: olivia.id, at: office().at })]);
  const seats = await membershipsOf(account.id, mia.id);
  expect(seats.map(({ workspace, membership: held }) => [workspace.name, held.active])).toEqual([['Marketing', true]]);
});

test('one channel bound by two at once is one binding', async () => {
  const { account, marketing } = office().acme;
  office().place = { platform: 'slack', tenant: TEAM, kind: 'channel', channel: 'C0MARK', channelName: 'marketing' };
  const answers = await Promise.all([
    office().type(OLIVIA, 'channel bind in:Marketing'),
    office().type(ADAM, 'channel approvals in:Marketing'),
  ]);
  expect(answers.map((answer) => answer.kind)).toEqual(['done', 'done']);
  expect(await bindingsOf(account.id, marketing.id)).toHaveLength(1);
});

test('the last seat, taken by two at once, is taken once', async () => {
  const { account, chat, marketing } = office().acme;
  const newcomers = ['U0NINA', 'U0NORA'].map((user) => ({ platform: 'slack', tenant: TEAM, user }) as const);
  for (const identity of newcomers) {
    chat.add(identity, { name: identity.user, emailVerified: false, standing: 'full' });
    await office().type(OLIVIA, 'invite ', { person: identity });
  }
  const answers = await Promise.all(newcomers.map((identity) => office().type(identity, 'join')));
  expect(lines(answers).filter((line) => line.startsWith('Welcome!'))).toHaveLength(1);
  expect(lines(answers).filter((line) => line.startsWith('No standard seat is free'))).toHaveLength(1);
  expect(marketing.account).toBe(account.id);
});

test('approving races denying: one of the two, and the cards agree', async () => {
  await office()
    .type(MIA, 'topup 100')
    .then((offer) => office().press(MIA, callOf(offer, 'Ask for £100.00')));
  const [card] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
  const { request } = callOf(card!.card, 'Deny').args as { request: string };
  const answers = await Promise.all([
    office().press(OLIVIA, callOf(card!.card, 'Pay £100.00')),
    office().press(OLIVIA, { command: 'deny', args: { request, note: 'no' } }),
  ]);
  const paying = answers.filter((answer) => said(answer).includes('[Pay £100.00]')).length;
  expect(office().topUps).toHaveLength(paying);
  const shown = (await outbox()).filter(({ subject }) => subject?.startsWith('request:')).at(-1)!;
  expect(shown.card.heading?.text).toBe(paying ? 'Approved by Olivia.' : 'Denied by Olivia.');
});

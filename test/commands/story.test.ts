import { describe, expect, test } from '@jest/globals';
import { ADAM, MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const inMarketing = {
  platform: 'slack',
  tenant: TEAM,
  kind: 'channel',
  channel: 'C0MARK',
  channelName: 'marketing',
} as const;

describe('the first day, in dispatch', () => {
  test('Olivia creates a workspace by its form, and is offered the next steps', async () => {
    const form = await office().type(OLIVIA, 'create');
    const made = await office().submit(OLIVIA, form, { name: 'Sales' });
    expect(firstLine(made)).toBe('Sales is active. £0.00.');
    expect(callOf(made, 'Add balance').command).toBe('topup');
    expect(callOf(made, 'Invite').command).toBe('invite');
  });

  test('a bound channel says openly what it gets and who set it', async () => {
    office().place = inMarketing;
    await office().type(OLIVIA, 'channel bind');
    expect(office().acme.chat.posts.map(({ card }) => card.parts[0])).toEqual([
      { part: 'text', text: ["Marketing's alerts and requests come here. Set by Olivia."] },
    ]);
  });

  test('a member asks, an admin approves, the requester is told and the invitation goes out', async () => {
    office().place = inMarketing;
    await office().type(OLIVIA, 'channel bind');
    office().place = { platform: 'slack', tenant: TEAM, kind: 'direct', channel: 'D2' };

    const asked = await office().type(MIA, 'invite nina@acme.com');
    expect(asked).toMatchObject({ kind: 'private' });
    expect(firstLine(asked)).toBe('Owners and admins invite, so I asked them for you.');
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    expect(await toldTo({ channel: 'C0MARK' })).toEqual([
      'Mia asks to invite nina@acme.com. 1 seat free.\n[Approve] [Deny]\n[Ask Mia] [Say yes with a note]\nOpen until 23 Nov 2026.\nMarketing · £0.00',
    ]);

    const clicked = await office().press(ADAM, callOf(request!.card, 'Approve'));
    expect(clicked).toEqual({ kind: 'done' });
    expect((await toldTo({ channel: 'C0MARK' })).at(-1)).toContain('Approved by Adam.');
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(/^Adam said yes\./);
    const invited = (await outbox()).filter(({ to }) => 'email' in to);
    expect(invited).toMatchObject([{ to: { email: 'nina@acme.com' } }]);
    expect(firstLine({ kind: 'private', card: invited[0]!.card })).toBe('Mia invites you to Marketing as member.');
  });

  test('an owner tops up by a link that carries the amount', async () => {
    const answer = await office().type(OLIVIA, 'topup 100');
    expect(said(answer)).toContain('[Pay £100.00]');
    expect(office().topUps).toMatchObject([{ amountMinor: 10_000, by: office().acme.olivia.id }]);
  });

  test('a member who tops up is offered to ask, and the owner pays', async () => {
    const offered = await office().type(MIA, 'topup £100');
    expect(said(offered).split('\n').slice(0, 2)).toEqual(['Owners top up. Ask Olivia?', '[Ask for £100.00]']);
    await office().press(MIA, callOf(offered, 'Ask for £100.00'));
    const [toOlivia] = await toldTo({ person: office().acme.olivia.id });
    expect(toOlivia?.split('\n').slice(0, 3)).toEqual([
      'Mia asks for £100.00 for Marketing.',
      'Marketing has £0.00 now, and would have £100.00.',
      '[Pay £100.00] [Deny]',
    ]);

    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    const paid = await office().press(OLIVIA, callOf(request!.card, 'Pay £100.00'));
    expect(said(paid)).toContain('[Pay £100.00]');
    expect(office().topUps).toMatchObject([{ amountMinor: 10_000, by: office().acme.olivia.id }]);
    expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(/^Olivia said yes\./);
  });
});

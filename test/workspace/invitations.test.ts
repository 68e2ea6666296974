import { describe, expect, test } from '@jest/globals';
import { expireInvitations, revokeInvitation } from '../../src/workspace/invitation-ending.js';
import { bindInvitation, invitationByToken } from '../../src/workspace/invitation-links.js';
import { InvitationModel } from '../../src/workspace/invitation-model.js';
import { invite, joinByInvitation, openInvitationsIn, openInvitationsOf } from '../../src/workspace/invitations.js';
import { membership } from '../../src/workspace/memberships.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { AT, daysLater, openCompany, race, refusalOf, times } from './company.js';

useDatabase();

async function marketing() {
  const company = await openCompany();
  const workspace = await company.workspace('Marketing');
  const inviting = {
    account: company.account,
    workspace: workspace.id,
    role: 'member',
    licence: 'standard',
    by: company.olivia.id,
    at: AT,
  } as const;
  return { company, account: company.account.id, workspace, inviting };
}

describe('an invitation to a person', () => {
  test('is accepted once: they join with its role', async () => {
    const { company, account, workspace, inviting } = await marketing();
    const adam = await company.person('Adam');
    await invite({ ...inviting, to: { person: adam.id }, role: 'admin' });
    expect(await openInvitationsOf(account, adam.id, AT)).toMatchObject([{ role: 'admin', state: 'open' }]);
    const joined = await joinByInvitation({ account, person: adam.id, at: AT });
    expect(joined).toMatchObject({ workspace: { name: 'Marketing' }, membership: { role: 'admin', active: true } });
    const page = { account, workspace: workspace.id, at: AT, offset: 0, limit: 10 };
    expect(await openInvitationsIn(page)).toEqual({ invitations: [], total: 0 });
    const again = joinByInvitation({ account, person: adam.id, invitation: joined.invitation.id, at: AT });
    expect(await refusalOf(again)).toEqual({ kind: 'invitationGone', why: 'used' });
  });

  test('clicked a hundred times at once makes one membership', async () => {
    const { company, account, inviting } = await marketing();
    const mia = await company.person('Mia');
    const { invitation } = await invite({ ...inviting, to: { person: mia.id } });
    const click = { account, person: mia.id, invitation: invitation.id, at: AT };
    const { won, refused } = await race(Array.from({ length: 100 }, () => joinByInvitation(click)));
    expect(won).toBe(1);
    expect(refused).toEqual(times(99, { kind: 'invitationGone', why: 'used' }));
  });

  test('is not for anybody else', async () => {
    const { company, account, inviting } = await marketing();
    const [mia, max] = [await company.person('Mia'), await company.person('Max')];
    const { invitation } = await invite({ ...inviting, to: { person: mia.id } });
    const stolen = joinByInvitation({ account, person: max.id, invitation: invitation.id, at: AT });
    expect(await refusalOf(stolen)).toEqual({ kind: 'invitationGone', why: 'notYours' });
    expect(await refusalOf(joinByInvitation({ account, person: max.id, at: AT }))).toMatchObject({ why: 'unknown' });
  });

  test('is refused for a member, for whoever is invited already, and above the inviter’s rank', async () => {
    const { company, inviting } = await marketing();
    const mia = await company.person('Mia');
    const to = { person: mia.id };
    await invite({ ...inviting, to });
    expect(await refusalOf(invite({ ...inviting, to }))).toMatchObject({ kind: 'alreadyInvited', name: 'Mia' });
    expect(await refusalOf(invite({ ...inviting, to: { person: company.olivia.id } }))).toMatchObject({
      kind: 'alreadyMember',
    });
    const max = await company.person('Max');
    const primary = invite({ ...inviting, to: { person: max.id }, role: 'primaryOwner' });
    expect(await refusalOf(primary)).toMatchObject({ kind: 'rankGuard' });
  });

  test('to an owner’s place takes an owner, also where a member’s request was approved', async () => {
    const { company, workspace, inviting } = await marketing();
    const adam = await company.member(workspace, 'Adam', 'admin');
    const mia = await company.member(workspace, 'Mia');
    const to = { person: (await company.person('Nina')).id };
    const asOwner = { ...inviting, to, role: 'owner', by: mia.id } as const;
    expect(await refusalOf(invite({ ...asOwner, approvedBy: adam.id }))).toMatchObject({ kind: 'rankGuard' });
    expect((await invite({ ...asOwner, approvedBy: company.olivia.id })).invitation).toMatchObject({
      role: 'owner',
      invitedBy: mia.id,
    });
  });

  test.each(['guest', 'connect', 'bot', 'deactivated'] as const)(
    'is refused for a %s, and so is joining',
    async (standing) => {
      const { company, account, inviting } = await marketing();
      const guest = await company.person('Gus', { standing });
      const outsider = { kind: 'outsider', accountName: 'Acme', who: standing, ownerName: 'Olivia' };
      expect(await refusalOf(invite({ ...inviting, to: { person: guest.id } }))).toEqual(outsider);
      const mia = await company.person('Mia');
      await invite({ ...inviting, to: { person: mia.id } });
      await company.person('Mia', { standing });
      expect(await refusalOf(joinByInvitation({ account, person: mia.id, at: AT }))).toEqual(outsider);
    },
  );

  test('is refused for a person of another account', async () => {
    const { inviting } = await marketing();
    const elsewhere = await (await openCompany()).person('Ann');
    expect(await refusalOf(invite({ ...inviting, to: { person: elsewhere.id } }))).toMatchObject({
      kind: 'otherAccount',
    });
  });

  test('does not outlive its workspace', async () => {
    const { company, account, workspace, inviting } = await marketing();
    const mia = await company.person('Mia');
    await invite({ ...inviting, to: { person: mia.id } });
    await disableWorkspace({ account, workspace: workspace.id, by: company.olivia.id, at: AT });
    expect(await refusalOf(joinByInvitation({ account, person: mia.id, at: AT }))).toMatchObject({
      kind: 'workspaceDisabled',
    });
    expect(await refusalOf(invite({ ...inviting, to: { email: 'a@b.c' } }))).toMatchObject({
      kind: 'workspaceDisabled',
    });
  });
});

describe('time and taking back', () => {
  test('a week later it is over, whether swept or not, and may be given anew', async () => {
    const { company, account, inviting } = await marketing();
    const mia = await company.person('Mia');
    const { invitation } = await invite({ ...inviting, to: { person: mia.id } });
    const late = { account, person: mia.id, invitation: invitation.id, at: daysLater(7) };
    expect(await refusalOf(joinByInvitation(late))).toEqual({ kind: 'invitationGone', why: 'expired' });
    expect(await openInvitationsOf(account, mia.id, daysLater(7))).toEqual([]);
    const anew = await invite({ ...inviting, to: { person: mia.id }, at: daysLater(7) });
    expect(await openInvitationsOf(account, mia.id, daysLater(7))).toEqual([anew.invitation]);
  });

  test('the sweep closes what ran out, once', async () => {
    const { company, account, inviting } = await marketing();
    const { invitation } = await invite({ ...inviting, to: { person: (await company.person('Mia')).id } });
    expect(await expireInvitations(daysLater(6))).toEqual([]);
    const swept = [await expireInvitations(daysLater(8)), await expireInvitations(daysLater(8))].flat();
    expect(swept.filter((one) => one.account === account)).toMatchObject([{ id: invitation.id, state: 'expired' }]);
  });

  test('a revoked one is gone; one to a higher role is not an admin’s to revoke', async () => {
    const { company, account, workspace, inviting } = await marketing();
    const adam = await company.member(workspace, 'Adam', 'admin');
    const mia = await company.person('Mia');
    const { invitation } = await invite({ ...inviting, to: { person: mia.id }, role: 'owner' });
    const revoking = { account, workspace: workspace.id, invitation: invitation.id, at: AT };
    expect(await refusalOf(revokeInvitation({ ...revoking, by: adam.id }))).toMatchObject({ kind: 'rankGuard' });
    await revokeInvitation({ ...revoking, by: company.olivia.id });
    expect(await refusalOf(joinByInvitation({ account, person: mia.id, invitation: invitation.id, at: AT }))).toEqual({
      kind: 'invitationGone',
      why: 'revoked',
    });
  });
});

describe('an invitation by e-mail', () => {
  test('has its token nowhere but in the answer', async () => {
    const { account, workspace, inviting } = await marketing();
    const { invitation, token } = await invite({ ...inviting, to: { email: 'Nina@Partner.com' } });
    expect(invitation).toMatchObject({ email: 'nina@partner.com', state: 'open' });
    expect(Buffer.from(token!.split('.')[1]!, 'base64url')).toHaveLength(32);
    const stored = JSON.stringify(await InvitationModel.find({ account, workspace: workspace.id }).lean());
    expect(stored).not.toContain(token!.split('.')[1]);
    expect(await invitationByToken(token!)).toMatchObject({
      invitation: { id: invitation.id },
      workspace: { name: 'Marketing' },
      account: { name: 'Acme' },
    });
    expect(await invitationByToken(`${token!}x`)).toBeUndefined();
    expect(await invitationByToken('')).toBeUndefined();
  });

  test('of a hundred people who come with the token at once, one gets it', async () => {
    const { company, account, workspace, inviting } = await marketing();
    const { token } = await invite({ ...inviting, to: { email: 'nina@partner.com' } });
    const people = await Promise.all(Array.from({ length: 100 }, (_, i) => company.person(`N${i}`)));
    const bound = people.map(({ id }) => bindInvitation({ token: token!, person: id, at: AT }));
    const { won, refused } = await race(bound);
    expect(won).toBe(1);
    expect(refused).toEqual(times(99, { kind: 'invitationGone', why: 'used' }));
    const page = { account, workspace: workspace.id, at: AT, offset: 0, limit: 10 };
    const [open] = (await openInvitationsIn(page)).invitations;
    await joinByInvitation({ account, person: open!.person!, at: AT });
    expect(await membership(account, workspace.id, open!.person!)).toMatchObject({ role: 'member' });
  });

  test('is not for a person of another account, nor for a member; binding it twice is harmless', async () => {
    const { company, inviting } = await marketing();
    const { token } = await invite({ ...inviting, to: { email: 'nina@partner.com' } });
    const elsewhere = await (await openCompany()).person('Ann');
    const coming = { token: token!, at: AT };
    expect(await refusalOf(bindInvitation({ ...coming, person: elsewhere.id }))).toMatchObject({
      kind: 'otherAccount',
    });
    expect(await refusalOf(bindInvitation({ ...coming, person: company.olivia.id }))).toMatchObject({
      kind: 'alreadyMember',
    });
    const nina = await company.person('Nina');
    await bindInvitation({ ...coming, person: nina.id });
    expect((await bindInvitation({ ...coming, person: nina.id })).person).toBe(nina.id);
  });

  test('to who was invited in chat too leaves one invitation', async () => {
    const { company, account, inviting } = await marketing();
    const nina = await company.person('Nina');
    await invite({ ...inviting, to: { person: nina.id } });
    const { token, invitation } = await invite({ ...inviting, to: { email: 'nina@partner.com' } });
    await bindInvitation({ token: token!, person: nina.id, at: AT });
    expect((await openInvitationsOf(account, nina.id, AT)).map(({ id }) => id)).toEqual([invitation.id]);
  });
});

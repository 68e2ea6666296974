import type { MyInvitation, MySeat } from '../cards/home-card.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { peopleByIds } from '../workspace/people.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';

/** The actor's workspaces with their balances, in order of name. */
export async function mySeats(context: Context): Promise<MySeat[]> {
  const heads = await context.services.ledger.heads(context.seats.map((seat) => seat.workspace.id));
  return context.seats
    .map(({ workspace, membership }) => ({
      id: workspace.id,
      name: workspace.name,
      role: membership.role,
      active: membership.active,
      suspended: membership.suspended,
      balanceMinor: heads.get(workspace.id)?.balanceMinor ?? 0,
      currency: workspace.currency,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export async function myInvitations(context: Context): Promise<MyInvitation[]> {
  const { account, actor, at } = context;
  const open = await openInvitationsOf(account.id, actor.id, at);
  const inviters = await peopleByIds(
    account.id,
    open.map((invitation) => invitation.invitedBy),
  );
  const named = await Promise.all(
    open.map(async (invitation) => {
      const workspace = await getWorkspace(account.id, invitation.workspace);
      const inviter = inviters.get(invitation.invitedBy)?.name ?? 'Somebody';
      return workspace && { id: invitation.id, workspace: workspace.name, inviter };
    }),
  );
  return named.filter((invitation) => invitation !== undefined);
}

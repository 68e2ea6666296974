import type { MyInvitation, MySeat } from '../cards/home-card.js';
import { forecast, recentSpend } from '../notices/forecast.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';

/** The actor's workspaces with their balances: the active one, then the others in order of name. */
export async function mySeats(context: Context): Promise<MySeat[]> {
  const heads = await context.services.ledger.heads(context.seats.map((seat) => seat.workspace.id));
  return context.seats
    .map(({ workspace, membership }) => ({
      id: workspace.id,
      name: workspace.name,
      role: membership.role,
      active: membership.active,
      suspended: membership.suspended,
      ...(workspace.status === 'disabled' && {
        disabled: { mayEnable: verdict('enableWorkspace', membership.role).answer !== 'no' },
      }),
      balanceMinor: heads.get(workspace.id)?.balanceMinor ?? 0,
      currency: workspace.currency,
    }))
    .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'en'));
}

/** The same with how long each balance lasts at the pace of the last days. */
export function withDaysLeft(context: Context, seats: readonly MySeat[]): Promise<MySeat[]> {
  const { at, services } = context;
  const zones = new Map(context.seats.map(({ workspace }) => [workspace.id, workspace.timeZone]));
  return Promise.all(
    seats.map(async (seat) => {
      const { dailySpendMinor } = await recentSpend(services.ledger, seat.id, zones.get(seat.id) ?? 'utc', at);
      const lasts = forecast(seat.balanceMinor, dailySpendMinor, at);
      return lasts.kind === 'days' ? { ...seat, daysLeft: lasts.daysLeft } : seat;
    }),
  );
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

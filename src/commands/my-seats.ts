import type { MyInvitation, MySeat } from '../cards/home/home-card.js';
import { dailySpend, forecast } from '../notices/forecast.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';

/** One of the actor's workspaces, its ledger unread. */
type MyPlace = Omit<MySeat, 'balanceMinor' | 'daysLeft'>;

/** The actor's workspaces with their balances: the active one, then the others in order of name. */
export async function mySeats(context: Context): Promise<MySeat[]> {
  return withBalances(context, await myPlaces(context));
}

/** The same without balances, for who shows a page of them. */
export async function myPlaces(context: Context): Promise<MyPlace[]> {
  return (await context.seats())
    .map(({ workspace, membership }) => ({
      id: workspace.id,
      name: workspace.name,
      role: membership.role,
      active: membership.active,
      suspended: membership.suspended,
      ...(workspace.status === 'disabled' && {
        disabled: { mayEnable: verdict('enableWorkspace', membership.role).answer !== 'no' },
      }),
      currency: workspace.currency,
    }))
    .sort((a, b) => Number(b.active) - Number(a.active) || BY_NAME.compare(a.name, b.name));
}

const BY_NAME = new Intl.Collator('en');

export async function withBalances({ services }: Context, places: readonly MyPlace[]): Promise<MySeat[]> {
  const heads = await services.ledger.heads(places.map(({ id }) => id));
  return places.map((place) => ({ ...place, balanceMinor: heads.get(place.id)?.balanceMinor ?? 0 }));
}

/** The same with how long each balance lasts at the pace of the last days. */
export async function withDaysLeft(context: Context, seats: readonly MySeat[]): Promise<MySeat[]> {
  const { at, services } = context;
  const zones = new Map((await context.seats()).map(({ workspace }) => [workspace.id, workspace.timeZone]));
  return Promise.all(
    seats.map(async (seat) => {
      const dailySpendMinor = await dailySpend(services.ledger, seat.id, zones.get(seat.id) ?? 'utc', at);
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

import type { MyInvitation, MySeat } from '../cards/home/home-card.js';
import { forecastsOf } from '../forecast/forecast-of.js';
import type { Level } from '../ledger/entry.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import type { Seat } from '../workspace/memberships.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { countSeatsAmong, type Page, type SeatsAmong, seatsAmong, usableSeats } from '../workspace/seat-pages.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';

/** One of the actor's workspaces, its ledger unread. */
type MyPlace = Omit<MySeat, 'balanceMinor' | 'daysLeft'> & { timeZone: string };

/** The same with its balance. */
export type MyBalance = MySeat & MyPlace & { level: Level };

/** Which of the actor's workspaces, by the order that all lists have. */
interface Shown extends Page, Pick<SeatsAmong, 'search' | 'unsuspended'> {}

/** A page of the actor's workspaces with their balances, of `total`: the active one first, then the others by name. */
export async function mySeats(
  context: Context,
  { offset, limit, ...which }: Shown,
): Promise<{ seats: MyBalance[]; total: number }> {
  const among = { account: context.account.id, person: context.actor.id, ...which };
  const seats = await withBalances(context, await seatsAmong(among, { offset, limit }));
  const isLast = seats.length > 0 && seats.length < limit;
  return { seats, total: isLast ? offset + seats.length : await countSeatsAmong(among) };
}

/** A page of those whose name has these words in it, and where the actor can do something. */
export async function myUsableSeats(
  context: Context,
  { search, ...page }: Page & { search: string },
): Promise<MyBalance[]> {
  const among = { account: context.account.id, person: context.actor.id, ...(search && { search }) };
  return withBalances(context, await usableSeats(among, page));
}

async function withBalances({ services }: Context, seats: readonly Seat[]): Promise<MyBalance[]> {
  const heads = await services.ledger.heads(seats.map(({ workspace }) => workspace.id));
  return seats.map((seat) => {
    const head = heads.get(seat.workspace.id);
    return { ...placeOf(seat), balanceMinor: head?.balanceMinor ?? 0, level: head?.level ?? 'ok' };
  });
}

function placeOf({ workspace, membership }: Seat): MyPlace {
  return {
    id: workspace.id,
    name: workspace.name,
    role: membership.role,
    active: membership.active,
    suspended: membership.suspended,
    ...(workspace.status === 'disabled' && {
      disabled: { mayEnable: verdict('enableWorkspace', membership.role).answer !== 'no' },
    }),
    currency: workspace.currency,
    timeZone: workspace.timeZone,
  };
}

/** The actor's places in those of these workspaces where they have one. */
export async function seatsByWorkspace(
  { account, actor }: Context,
  workspaces: Iterable<WorkspaceId>,
): Promise<ReadonlyMap<WorkspaceId, Seat>> {
  const wanted = [...new Set(workspaces)];
  if (wanted.length === 0) return new Map();
  const among = { account: account.id, person: actor.id, in: wanted };
  const seats = await seatsAmong(among, { offset: 0, limit: wanted.length });
  return new Map(seats.map((seat) => [seat.workspace.id, seat]));
}

/** The same with how long each balance lasts at the pace of the last days. */
export async function withDaysLeft({ at, services }: Context, seats: readonly MyBalance[]): Promise<MyBalance[]> {
  const spenders = seats.map(({ id, balanceMinor, timeZone: zone }) => ({ wallet: id, balanceMinor, zone }));
  const forecasts = await forecastsOf(services.ledger, spenders, at);
  return seats.map((seat) => {
    const lasts = forecasts.get(seat.id);
    return lasts?.kind === 'days' ? { ...seat, daysLeft: lasts.daysLeft } : seat;
  });
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

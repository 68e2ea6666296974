import type { MyInvitation, MySeat } from '../cards/home/home-card.js';
import { dailySpend, forecast } from '../notices/forecast.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import type { Seat } from '../workspace/memberships.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { countSeatsAmong, type SeatsAmong, seatsAmong } from '../workspace/seat-pages.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';

/** One of the actor's workspaces, its ledger unread. */
type MyPlace = Omit<MySeat, 'balanceMinor' | 'daysLeft'> & { timeZone: string };

/** Which of the actor's workspaces: those of the page, by the order in which all lists have them. */
interface Page extends Pick<SeatsAmong, 'search' | 'unsuspended' | 'open'> {
  offset: number;
  limit: number;
}

/** A page of the actor's workspaces with their balances: the active one, then the others in order of name. */
export async function mySeats(context: Context, { offset, limit, ...among }: Page): Promise<(MySeat & MyPlace)[]> {
  const { account, actor, services } = context;
  const seats = await seatsAmong({ account: account.id, person: actor.id, ...among }, { offset, limit });
  const heads = await services.ledger.heads(seats.map(({ workspace }) => workspace.id));
  return seats.map((seat) => ({ ...placeOf(seat), balanceMinor: heads.get(seat.workspace.id)?.balanceMinor ?? 0 }));
}

/** A page of them as its list shows it. */
export async function mySeatsOf(
  context: Context,
  page: Omit<Page, 'open'>,
): Promise<{ seats: (MySeat & MyPlace)[]; total: number }> {
  const seats = await mySeats(context, page);
  const isLast = seats.length > 0 && seats.length < page.limit;
  return { seats, total: isLast ? page.offset + seats.length : await countMySeats(context, page) };
}

function countMySeats({ account, actor }: Context, { search, unsuspended }: Omit<Page, 'open'>): Promise<number> {
  const among = { ...(search && { search }), ...(unsuspended && { unsuspended }) };
  return countSeatsAmong({ account: account.id, person: actor.id, ...among });
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
export async function withDaysLeft(
  { at, services }: Context,
  seats: readonly (MySeat & MyPlace)[],
): Promise<(MySeat & MyPlace)[]> {
  return Promise.all(
    seats.map(async (seat) => {
      const dailySpendMinor = await dailySpend(services.ledger, seat.id, seat.timeZone, at);
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

import { refuse } from '../refusal.js';
import type { Account, PersonId, Workspace } from '../workspace/entities.js';
import { membershipsOf, type Seat, seatIn } from '../workspace/memberships.js';
import { usableSeats } from '../workspace/seat-pages.js';
import { seatByName } from './which-workspace.js';

const AN_ID = /^ws_[0-9a-z]+$/;

/** Whose workspaces balance can go to: from that one. */
interface Giver {
  account: Account;
  person: PersonId;
  from: Workspace;
  /** The person's name, where somebody else said yes to what they asked for. */
  asker?: string;
}

/**
 * The workspace that balance is to go to, among the person's own, by id or name: others are as unknown as ones that are
 * not there.
 * @throws Refusal unknownWorkspace, ambiguousWorkspace, cannotTransfer
 */
export async function targetOf(giver: Giver, typed: string): Promise<Seat> {
  const { account, person, from } = giver;
  const meant = AN_ID.test(typed) ? await seatIn(account.id, person, typed) : undefined;
  const seats = () => membershipsOf(account.id, person);
  return fitting(from, meant ?? (await seatByName({ account, person, seats }, typed)));
}

/** As targetOf, by id alone: one that is none of theirs, or closed to them, was theirs when it was confirmed or asked for. */
export async function targetById({ account, person, from, asker }: Giver, id: string): Promise<Seat> {
  if (!AN_ID.test(id)) return refuse({ kind: 'unknownWorkspace', typed: id, nearest: [] });
  const seat = await seatIn(account.id, person, id);
  if (seat && !(asker && seat.membership.suspended)) return fitting(from, seat);
  return refuse({ kind: 'cannotTransfer', why: 'gone', fromName: from.name, ...(asker && { asker }) });
}

/** Where balance can go, the first of them by name; with `search` as part of it. */
export async function targetsOf(
  { account, person, from }: Giver,
  { limit, search }: { limit: number; search?: string },
): Promise<Workspace[]> {
  const among = { account: account.id, person, ...(search && { search }) };
  const others = ({ id, currency }: Workspace) => id !== from.id && currency === from.currency;
  return (await usableSeats(among, { offset: 0, limit }, others)).map(({ workspace }) => workspace);
}

function fitting(from: Workspace, seat: Seat): Seat {
  const fault = why(from, seat);
  if (!fault) return seat;
  return refuse({ kind: 'cannotTransfer', why: fault, fromName: from.name, toName: seat.workspace.name });
}

function why(from: Workspace, { workspace, membership }: Seat) {
  if (workspace.id === from.id) return 'same' as const;
  if (membership.suspended) return 'suspended' as const;
  if (workspace.status === 'disabled') return 'disabled' as const;
  return workspace.currency === from.currency ? undefined : ('otherCurrency' as const);
}

import { refuse } from '../refusal.js';
import type { Account, WorkspaceId } from '../workspace/entities.js';
import { openInvitationsOf } from '../workspace/invitations.js';
import { holdersOf, type Seat, seatIn } from '../workspace/memberships.js';
import { verdict } from '../workspace/permissions.js';
import { seatNamed } from '../workspace/seat-pages.js';
import { nearest } from './near.js';

export interface Asked {
  account: Account;
  person: string;
  /** At least the active one, and that in the only workspace of `boundHere`. */
  here: readonly Seat[];
  seats: () => Promise<readonly Seat[]>;
  boundHere: readonly WorkspaceId[];
  at: Date;
  /** The workspace of the card whose button was pressed. */
  cardWorkspace?: WorkspaceId;
  /** The workspace as it was named. */
  named?: string;
  /** Whether a disabled one will do. */
  evenDisabled?: boolean;
}

/**
 * The workspace that a command means: the pressed card's; the named one; the only one that the chat channel is
 * bound to; else the active one. None of these switches.
 * @throws Refusal noWorkspace, notInWorkspace, unknownWorkspace, ambiguousWorkspace, suspended, workspaceDisabled
 */
export async function whichWorkspace(asked: Asked): Promise<Seat> {
  const seat = await meant(asked);
  const { membership, workspace } = seat;
  if (!membership.suspended && (workspace.status !== 'disabled' || asked.evenDisabled)) return seat;
  const named = { workspaceName: workspace.name, ownerName: await ownerName(asked.account, workspace.id) };
  if (membership.suspended) return refuse({ kind: 'suspended', ...named });
  const said = verdict('enableWorkspace', membership.role).answer;
  const enable = said === 'no' ? {} : { enable: { workspace: workspace.id, asks: said === 'request' } };
  return refuse({ kind: 'workspaceDisabled', ...named, ...enable });
}

async function meant(asked: Asked): Promise<Seat> {
  if (asked.cardWorkspace)
    return (await seatOfCard(asked, asked.cardWorkspace)) ?? refuse({ kind: 'notInWorkspace', what: 'card' });
  if (asked.named) return seatByName(asked, asked.named);
  const [bound, ...others] = asked.boundHere;
  if (bound && others.length === 0)
    return seatHere(asked, bound) ?? refuse({ kind: 'notInWorkspace', what: 'channel' });
  const active = asked.here.find((seat) => seat.membership.active);
  if (active) return active;
  const invitations = await openInvitationsOf(asked.account.id, asked.person, asked.at);
  return refuse({ kind: 'noWorkspace', hasInvitations: invitations.length > 0 });
}

/**
 * The person's seat in the workspace of that name, whatever its case; a near miss is asked back, never taken. All their
 * seats are read only for a name that none has.
 * @throws Refusal unknownWorkspace, ambiguousWorkspace
 */
export async function seatByName(
  { account, person, seats }: Pick<Asked, 'account' | 'person' | 'seats'>,
  typed: string,
): Promise<Seat> {
  return (await seatNamed(account.id, person, typed)) ?? namedSeat(typed, await seats());
}

function namedSeat(typed: string, seats: readonly Seat[]): Seat {
  const same = (name: string) => name.localeCompare(typed.trim(), 'en', { sensitivity: 'accent' }) === 0;
  const found = seats.filter((seat) => same(seat.workspace.name));
  const [only] = found;
  if (found.length === 1) return only!;
  const names = seats.map((seat) => seat.workspace.name);
  if (found.length > 1)
    return refuse({ kind: 'ambiguousWorkspace', typed, names: found.map((seat) => seat.workspace.name) });
  return refuse({ kind: 'unknownWorkspace', typed, nearest: nearest(typed, names) });
}

async function seatOfCard(asked: Asked, workspace: WorkspaceId): Promise<Seat | undefined> {
  return seatHere(asked, workspace) ?? (await seatIn(asked.account.id, asked.person, workspace));
}

function seatHere({ here }: Asked, workspace: WorkspaceId): Seat | undefined {
  return here.find((seat) => seat.workspace.id === workspace);
}

async function ownerName(account: Account, workspace: WorkspaceId): Promise<string> {
  const [owner] = await holdersOf(account.id, workspace, ['primaryOwner']);
  return owner?.name ?? 'an owner';
}

import { refuse } from '../refusal.js';
import type { Workspace } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import { namedSeat } from './which-workspace.js';

/**
 * The workspace that balance is to go to, among the person's own, by id or name: others are as unknown as ones that are
 * not there.
 * @throws Refusal unknownWorkspace, ambiguousWorkspace, cannotTransfer
 */
export function targetOf(from: Workspace, seats: readonly Seat[], typed: string): Seat {
  return fitting(from, seats.find(({ workspace }) => workspace.id === typed) ?? namedSeat(typed, seats));
}

/** As targetOf, by id alone. */
export function targetById(from: Workspace, seats: readonly Seat[], id: string): Seat {
  const seat = seats.find(({ workspace }) => workspace.id === id);
  return fitting(from, seat ?? refuse({ kind: 'unknownWorkspace', typed: id, nearest: [] }));
}

/** What a form offers. */
export function targetsOf(from: Workspace, seats: readonly Seat[]): Workspace[] {
  const targets = seats.flatMap((seat) => (why(from, seat) ? [] : [seat.workspace]));
  return targets.length > 0 ? targets : refuse({ kind: 'cannotTransfer', why: 'alone', fromName: from.name });
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

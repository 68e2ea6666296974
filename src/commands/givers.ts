import type { Head } from '../ledger/entry.js';
import type { Workspace } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import { verdict } from '../workspace/permissions.js';
import { usableSeats } from '../workspace/seat-pages.js';
import type { InWorkspace } from './command.js';

/** A place of the reader's that has balance to give. */
export interface Giver extends Seat {
  head: Head;
  /** They may only ask for it. */
  asks: boolean;
}

/** So many workspaces are looked at first, and so many in all where nobody among those helps. */
const LOOKS = [20, 100] as const;

/**
 * The reader's other workspaces that have balance, and from which they may move it to this one, or ask for it: the
 * richest first of each of two looks, so that somebody in hundreds of workspaces waits no longer than somebody in two.
 */
export async function* giversOf({ account, actor, services, workspace }: InWorkspace): AsyncGenerator<Giver[]> {
  const others = ({ id, currency }: Workspace) => id !== workspace.id && currency === workspace.currency;
  let looked = 0;
  for (const most of LOOKS) {
    const page = { offset: looked, limit: most - looked };
    const seats = await usableSeats({ account: account.id, person: actor.id }, page, others);
    looked += seats.length;
    const heads = await services.ledger.heads(seats.map((seat) => seat.workspace.id));
    yield seats
      .flatMap((seat) => giverOf(seat, heads.get(seat.workspace.id)))
      .toSorted((a, b) => b.head.availableMinor - a.head.availableMinor);
    if (looked < most) return;
  }
}

function giverOf(seat: Seat, head: Head | undefined): Giver[] {
  const { answer } = verdict('transferBalance', seat.membership.role, { memberOfTarget: true });
  if (!head || head.availableMinor <= 0 || (answer !== 'yes' && answer !== 'request')) return [];
  return [{ ...seat, head, asks: answer === 'request' }];
}

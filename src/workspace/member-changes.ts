import { newId } from '../id.js';
import type { PersonId, PlaceChange, WorkspaceId } from './entities.js';
import type { MemberChange, Undoable } from './member-change.js';
import { MemberChangeModel, type Standing } from './member-change-model.js';
import type { MembershipDoc } from './workspace-model.js';

/** How long a change of somebody's place can be undone. */
const UNDO_MS = 10 * 60_000;

/** Keeps what it takes to undo the change, in its transaction. */
export async function keepForUndo(
  change: MemberChange,
  kept: {
    what: PlaceChange;
    before: MembershipDoc;
    after?: Partial<Standing>;
    movedTo?: WorkspaceId;
    handedTo?: PersonId;
  },
): Promise<Undoable> {
  const { account, workspace, person, by, at } = change;
  const { what, before, movedTo, handedTo } = kept;
  const { role, licence, suspended, active } = before;
  const id = newId('mc', at);
  const until = new Date(at.getTime() + UNDO_MS);
  await MemberChangeModel.create({
    _id: id,
    account,
    workspace,
    person,
    by,
    what,
    membership: before._id,
    joinedAt: before.joinedAt,
    before: { role, licence, suspended, active },
    ...(kept.after && { after: { role, licence, suspended, ...kept.after } }),
    ...(movedTo && { movedTo }),
    ...(handedTo && { handedTo }),
    state: 'done',
    at,
    undoUntil: until,
  });
  return { id, until };
}

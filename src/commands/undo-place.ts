import { changeUndoneCard, changeUndoneToldCard } from '../cards/members/standing-cards.js';
import type { UndoOffer } from '../cards/members/undo-parts.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import type { Undoable } from '../workspace/member-change.js';
import { undoMemberChange } from '../workspace/member-undo.js';
import { peopleByIds } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { tellMember } from './member-notices.js';

/** The offer to take a change back: not of what somebody else decided. */
export function undoOffer(
  { actor, approvedBy, workspace }: InWorkspace,
  command: UndoOffer['command'],
  undo: Undoable | undefined,
): { undo?: UndoOffer } {
  if (!undo || approvedBy) return {};
  const zone = actor.timeZone ?? workspace.timeZone;
  return { undo: { command, id: undo.id, until: undo.until.toISOString(), zone } };
}

/** Takes the actor's own change of somebody's place back, and tells them. @throws as undoMemberChange */
export async function undoPlaceChange(context: InWorkspace, id: string): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  return inTransaction(async () => {
    const undone = await undoMemberChange({ account: account.id, workspace: workspace.id, id, by: actor.id, at });
    const { person, what, handedOver, restored } = undone;
    const name = (await peopleByIds(account.id, [person])).get(person)?.name ?? 'Somebody';
    const now = { about, what, role: restored.role, licence: restored.licence };
    await tellMember(context, person, `undone:${id}`, changeUndoneToldCard({ ...now, by: actor.name }));
    return { kind: 'private', replace: true, card: changeUndoneCard({ ...now, name, handedOver }) };
  });
}

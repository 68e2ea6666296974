import { refuse } from '../refusal.js';
import type { Membership, Person } from '../workspace/entities.js';
import { changeableMember } from '../workspace/rank.js';
import type { InWorkspace } from './command.js';
import { findMember } from './find-person.js';

/**
 * The member who is meant, where the actor may change their place; not the actor, for whom `instead` says what to do.
 * @throws Refusal unknownPerson, notMember, primaryOwnerStays, rankGuard, badArgument
 */
export async function somebodyElse(
  context: InWorkspace,
  reference: string,
  instead: string,
): Promise<{ target: Person; held: Membership }> {
  const { account, actor, workspace } = context;
  const target = await findMember(context, reference, workspace.id);
  const change = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id };
  const held = await changeableMember(change);
  if (target.id === actor.id) {
    refuse({ kind: 'badArgument', argument: 'person', typed: target.name, expected: instead });
  }
  return { target, held };
}

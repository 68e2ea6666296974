import { refuse } from '../refusal.js';
import type { Membership, Person } from '../workspace/entities.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import type { InWorkspace } from './command.js';
import { findMember } from './find-person.js';

/** Somebody who is in the workspace. */
export interface Member {
  person: Person;
  membership: Membership;
}

/**
 * Those who are named, one by a form or several as typed, all of them members of the workspace.
 * @throws Refusal unknownPerson, cannotJoin, notMember
 */
export async function membersMeant(
  context: InWorkspace,
  { person, people }: { person?: string | undefined; people?: readonly string[] | undefined },
): Promise<Member[]> {
  const { account, workspace } = context;
  const members: Member[] = [];
  for (const reference of people ?? (person ? [person] : [])) {
    const found = await findMember(context, reference, workspace.id);
    const membership = await membershipOf(account.id, workspace.id, found.id);
    if (!membership)
      return refuse({ kind: 'notMember', name: found.name, workspaceName: workspace.name, person: found.id });
    members.push({ person: found, membership });
  }
  return members;
}

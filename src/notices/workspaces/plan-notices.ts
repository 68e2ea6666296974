import { planToldCard } from '../../cards/workspaces/plan-cards.js';
import type { Account, Person, PersonId } from '../../workspace/entities.js';
import { policiesSet } from '../../workspace/plan-change.js';
import { policiesBind } from '../../workspace/policies.js';
import { primaryOwnerOf } from '../../workspace/primary-owner.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { enqueue } from '../outbox/outbox.js';

/**
 * Tells the account's owner, and the primary owners whose workspaces have policies that bind no longer, of their own alone;
 * in the transaction of the change. Whoever made it knows.
 */
export async function tellPlanChanged(change: {
  before: Account;
  after: Account;
  by: Person;
  key: string;
}): Promise<void> {
  const { before, after, by, key } = change;
  const ends = policiesBind(before.plan) && !policiesBind(after.plan);
  const stopped = ends ? await touched(after) : new Map<PersonId, string[]>();
  const people = [...new Set([after.owner, ...stopped.keys()])].filter((person) => person !== by.id);
  await enqueue(
    people.map((person) => ({
      id: `plan:${after.id}:${key}:${person}`,
      account: after.id,
      to: { person },
      sender: by.id,
      card: planToldCard({
        company: after.name,
        by: by.name,
        from: before.plan,
        plan: after.plan,
        workspaces: stopped.get(person) ?? [],
      }),
    })),
  );
}

/** Names of the workspaces with policies, by their primary owner. */
async function touched({ id: account }: Account): Promise<Map<PersonId, string[]>> {
  const names = new Map<PersonId, string[]>();
  for (const id of (await policiesSet(account)).keys()) {
    const workspace = await getWorkspace(account, id);
    const owner = workspace && (await primaryOwnerOf({ account, workspace: id }));
    if (owner) names.set(owner, [...(names.get(owner) ?? []), workspace.name]);
  }
  return names;
}

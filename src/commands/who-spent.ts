import type { Minor } from '../ledger/entry.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';

/**
 * Spend by people as the reader may see it: all of them by name, the dearest first, or the reader's own. Who is not known
 * here keeps the name that the engine gave.
 */
export async function whoSpent(
  { account, actor, membership }: InWorkspace,
  spendByPerson: ReadonlyMap<string, Minor>,
): Promise<{ people: [name: string, minor: Minor][] } | { ownMinor: Minor }> {
  const said = verdict('seeIndividualSpend', membership.role);
  if (said.answer !== 'yes' || said.only) return { ownMinor: spendByPerson.get(actor.id) ?? 0 };
  const people = await peopleByIds(account.id, [...spendByPerson.keys()]);
  const byName = new Map<string, Minor>();
  for (const [id, minor] of spendByPerson) {
    const name = people.get(id)?.name ?? id;
    byName.set(name, (byName.get(name) ?? 0) + minor);
  }
  return { people: [...byName].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]) };
}

import { doing } from '../cards/action-words.js';
import { refuse } from '../refusal.js';
import type { Account, Person, PersonId, Role, WorkspaceId } from '../workspace/entities.js';
import { holdersOf } from '../workspace/memberships.js';
import { getPerson } from '../workspace/people.js';
import { type Action, type Facts, type Holder, holders, type Verdict, verdict } from '../workspace/permissions.js';

interface Asker {
  account: Account;
  person: PersonId;
  role: Role | undefined;
  workspace?: WorkspaceId;
}

/**
 * Whether the person may do it: yes (perhaps in part), or the request it becomes.
 * @throws Refusal notAllowed, naming who can
 */
export async function permit(
  asker: Asker,
  action: Action,
  facts: Facts = {},
): Promise<Extract<Verdict, { answer: 'yes' | 'request' }>> {
  const said = verdict(action, asker.role, { accountOwner: asker.account.owner === asker.person, ...facts });
  if (said.answer === 'yes' || said.answer === 'request') return said;
  const people = await whoHolds(asker.account, asker.workspace, said.holders, facts.hostedBy);
  return refuse({ kind: 'notAllowed', doing: doing(action), holders: people.map((person) => person.name) });
}

/** As permit, where becoming a request is not enough. */
export async function requireYes(asker: Asker, action: Action, facts: Facts = {}): Promise<void> {
  const said = await permit(asker, action, facts);
  if (said.answer === 'yes') return;
  const people = await whoHolds(asker.account, asker.workspace, said.to, facts.hostedBy);
  refuse({ kind: 'notAllowed', doing: doing(action), holders: people.map((person) => person.name) });
}

/** The people behind a list of holders, each once; nobody who is suspended. */
export async function whoHolds(
  account: Account,
  workspace: WorkspaceId | undefined,
  all: readonly Holder[],
  hostedBy?: PersonId,
): Promise<Person[]> {
  const roles = all.filter((holder) => holder !== 'accountOwner' && holder !== 'host');
  const people = workspace && roles.length > 0 ? await holdersOf(account.id, workspace, roles) : [];
  const host = hostedBy && all.includes('host') ? await getPerson(account.id, hostedBy) : undefined;
  if (host) return [host, ...people];
  if (!all.includes('accountOwner') || people.some((person) => person.id === account.owner)) return people;
  const owner = await getPerson(account.id, account.owner);
  return owner ? [owner, ...people] : people;
}

export async function holdersOfAction(
  account: Account,
  workspace: WorkspaceId | undefined,
  action: Action,
): Promise<Person[]> {
  return whoHolds(account, workspace, holders(action));
}

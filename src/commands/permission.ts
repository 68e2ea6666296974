import { doing } from '../cards/action-words.js';
import { refuse } from '../refusal.js';
import type { Account, Person, PersonId, Request, Role, WorkspaceId } from '../workspace/entities.js';
import { holdersOf, membership } from '../workspace/memberships.js';
import { getPerson } from '../workspace/people.js';
import {
  type Action,
  type Facts,
  type Holder,
  holders,
  isAction,
  type Verdict,
  verdict,
} from '../workspace/permissions.js';
import { getWorkspace } from '../workspace/workspaces.js';

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
  const people = await whoHolds(asker.account, asker.workspace, said.holders);
  return refuse({ kind: 'notAllowed', doing: doing(action), holders: people.map((person) => person.name) });
}

/** Whether the person holds the right itself, and so may decide requests for it. */
export function mayDecide(asker: Asker, action: string): boolean {
  return (
    isAction(action) &&
    verdict(action, asker.role, { accountOwner: asker.account.owner === asker.person }).answer === 'yes'
  );
}

/**
 * Looks up whether the person may decide the request, as things are now.
 * @throws Refusal notAllowed; notInWorkspace for whoever sees the card from outside, and learns no names of those inside
 */
export async function requireDecider(account: Account, person: PersonId, request: Request): Promise<void> {
  const held = request.workspace ? await membership(account.id, request.workspace, person) : undefined;
  const role = held && !held.suspended ? held.role : undefined;
  const inside = request.workspace && { workspace: request.workspace };
  if (mayDecide({ account, person, role, ...inside }, request.action)) return refuseDisabled(account, request);
  if (request.workspace && !held) refuse({ kind: 'notInWorkspace', what: 'card' });
  const people = isAction(request.action) ? await holdersOfAction(account, request.workspace, request.action) : [];
  refuse({ kind: 'notAllowed', doing: 'decide this', holders: people.map((holder) => holder.name) });
}

async function refuseDisabled(account: Account, { workspace: id }: Request): Promise<void> {
  const workspace = id && (await getWorkspace(account.id, id));
  if (!workspace || workspace.status === 'active') return;
  const [owner] = await holdersOf(account.id, workspace.id, ['primaryOwner']);
  refuse({ kind: 'workspaceDisabled', workspaceName: workspace.name, ownerName: owner?.name ?? 'an owner' });
}

/** The people behind a list of holders, each once; nobody who is suspended. */
export async function whoHolds(
  account: Account,
  workspace: WorkspaceId | undefined,
  all: readonly Holder[],
): Promise<Person[]> {
  const roles = all.filter((holder) => holder !== 'accountOwner' && holder !== 'host');
  const people = workspace && roles.length > 0 ? await holdersOf(account.id, workspace, roles) : [];
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

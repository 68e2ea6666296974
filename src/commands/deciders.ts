import { Refusal, refuse } from '../refusal.js';
import type { Person, PersonId, Request, Role } from '../workspace/entities.js';
import { holdersOf, membership } from '../workspace/memberships.js';
import { getPerson } from '../workspace/people.js';
import { type Action, type Facts, holders, isAction, verdict } from '../workspace/permissions.js';
import { ownMembership } from '../workspace/rank.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Args, Command } from './command.js';
import { holdersOfAction } from './permission.js';
import { argsOf, commandOf, type RequestDesk } from './request-words.js';

/** The part of a request that says who may decide it. */
export type Wanted = Pick<Request, 'id' | 'action' | 'workspace' | 'call'>;

/** The permission that a call takes. */
export function actionOf(command: Command, args: Args): Action | undefined {
  return typeof command.action === 'function' ? command.action(args) : command.action;
}

/**
 * Whether somebody of that role there holds the right to decide the request, in its own case. The second of two people
 * needs no right to the call itself, but must be somebody to whom it is not closed: who may know of it.
 */
export async function mayDecide(
  desk: RequestDesk,
  wanted: Wanted,
  whose: { person: PersonId; role: Role | undefined },
): Promise<boolean> {
  const { account } = desk;
  const { person, role } = whose;
  if (isForHost(wanted)) return isHost(desk, wanted, person);
  const accountOwner = account.owner === person;
  if (!isAction(wanted.action) || verdict(wanted.action, role, { accountOwner }).answer !== 'yes') return false;
  const own = await knownFacts(desk, wanted, person);
  if (!own) return false;
  const facts = { accountOwner, ...own };
  if (verdict(wanted.action, role, facts).answer !== 'yes') return false;
  const first = wanted.action === 'secondPerson' && actionOf(commandOf(desk, wanted), argsOf(wanted));
  return !first || verdict(first, role, facts).answer !== 'no';
}

/** Where the host alone holds the right, having a share in it is not holding it: nor does any rank. */
function isForHost({ action }: Wanted): boolean {
  return isAction(action) && holders(action).includes('host');
}

/** A host who left the workspace stays the host; one who is suspended there decides nothing. */
async function isHost(desk: RequestDesk, wanted: Wanted, person: PersonId): Promise<boolean> {
  const held = wanted.workspace ? await membership(desk.account.id, wanted.workspace, person) : undefined;
  return !held?.suspended && (await knownFacts(desk, wanted, person))?.host === true;
}

async function hostOf(desk: RequestDesk, wanted: Wanted): Promise<Person | undefined> {
  const host = (await knownFacts(desk, wanted, 'nobody'))?.hostedBy;
  return host && (await isHost(desk, wanted, host)) ? getPerson(desk.account.id, host) : undefined;
}

/** Undefined where what the call names is nothing that the person could name: a workspace they are not in. */
async function knownFacts(desk: RequestDesk, wanted: Wanted, person: PersonId): Promise<Facts | undefined> {
  try {
    return await factsOf(desk, wanted, person);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** What the matrix must know of the call's case, of that person. */
export async function factsOf(desk: RequestDesk, wanted: Wanted, person: PersonId): Promise<Facts> {
  const { services, account } = desk;
  const { does } = commandOf(desk, wanted);
  if (!does.hasFacts) return {};
  const workspace = wanted.workspace && (await getWorkspace(account.id, wanted.workspace));
  const whose = { services, account, person, ...(workspace && { workspace }) };
  return does.facts(whose, argsOf(wanted));
}

/** Everybody who may decide the request as things are now, the requester too if they hold the right. */
export async function decidersOf(desk: RequestDesk, wanted: Wanted): Promise<Person[]> {
  const { account } = desk;
  const { id, action, workspace } = wanted;
  if (!isAction(action)) throw new Error(`request ${id} needs an unknown permission`);
  if (isForHost(wanted)) {
    const host = await hostOf(desk, wanted);
    return host ? [host] : [];
  }
  const people = await holdersOfAction(account, workspace, action);
  if (action !== 'secondPerson' && !commandOf(desk, wanted).does.hasFacts) return people;
  // One after the other: within a transaction MongoDB takes no two commands at once.
  const able: Person[] = [];
  for (const person of people) {
    const role = await roleOf(desk, wanted, person.id);
    if (await mayDecide(desk, wanted, { person: person.id, role })) able.push(person);
  }
  return able;
}

/**
 * Looks up whether the person may decide the request, as things are now.
 * @throws Refusal notAllowed; notInWorkspace for whoever sees the card from outside, and learns no names of those inside;
 * suspended
 */
export async function requireDecider(desk: RequestDesk, person: PersonId, request: Request): Promise<void> {
  const { account } = desk;
  const held = request.workspace ? await membership(account.id, request.workspace, person) : undefined;
  const role = held && !held.suspended ? held.role : undefined;
  if (await mayDecide(desk, request, { person, role })) return refuseDisabled(desk, request);
  if (request.workspace && !held) refuse({ kind: 'notInWorkspace', what: 'card' });
  if (held?.suspended) await ownMembership(held);
  const people = isAction(request.action) ? await decidersOf(desk, request) : [];
  const others = people.filter(({ id }) => id !== request.by);
  refuse({ kind: 'notAllowed', doing: 'decide this', holders: others.map((holder) => holder.name) });
}

/** The person's role where the request is decided; none for whoever is out of it, or suspended. */
export async function roleOf(
  { account }: RequestDesk,
  { workspace }: Wanted,
  person: PersonId,
): Promise<Role | undefined> {
  const held = workspace ? await membership(account.id, workspace, person) : undefined;
  return held && !held.suspended ? held.role : undefined;
}

async function refuseDisabled(desk: RequestDesk, request: Request): Promise<void> {
  const { account } = desk;
  const { workspace: id } = request;
  if (commandOf(desk, request).evenDisabled) return;
  const workspace = id && (await getWorkspace(account.id, id));
  if (!workspace || workspace.status === 'active') return;
  const [owner] = await holdersOf(account.id, workspace.id, ['primaryOwner']);
  refuse({ kind: 'workspaceDisabled', workspaceName: workspace.name, ownerName: owner?.name ?? 'an owner' });
}

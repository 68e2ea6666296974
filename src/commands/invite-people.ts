import { addedCard, type InviteOutcome } from '../cards/members/invitation-card.js';
import { wordsOfCard } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { Refusal, refuse } from '../refusal.js';
import { invitationDefaults } from '../workspace/admission.js';
import type { Licence, Role } from '../workspace/entities.js';
import { invite, joinAtOnce } from '../workspace/invitations.js';
import { rankGuard } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import { usableSeats } from '../workspace/seat-pages.js';
import type { AskAbout, InWorkspace } from './command.js';
import { calledBy, findPerson, type Found } from './find-person.js';
import type { InviteArgs } from './invite-args.js';
import { sendInvitation } from './send-invitation.js';

/** What the invited get. */
interface Terms {
  role: Role;
  licence: Licence;
}

/** Names enough to say who is meant, without asking the chat for everybody of a long list. */
const NAMED = 9;

/** What those who decide or confirm read: the first few by name. */
export async function namesOf(about: AskAbout, references: readonly string[]): Promise<string[]> {
  const named = references.length > NAMED + 1 ? references.slice(0, NAMED) : references;
  const names = await Promise.all(named.map((reference) => calledBy(about, reference)));
  return [...names, ...references.slice(named.length)];
}

/** Where nothing was asked for, as the policy has it; nobody gives by it more than they are, nor gets it by a request. */
export async function termsOf(
  { account, approvedBy, membership, workspace }: InWorkspace,
  { role, licence }: InviteArgs,
): Promise<Terms> {
  const usual = await invitationDefaults(account, workspace.id);
  const mayGive = !approvedBy && rankGuard(membership.role, 'member', usual.role);
  return { role: role ?? (mayGive ? usual.role : 'member'), licence: licence ?? usual.licence };
}

/**
 * Invites them all; what came of each. One person's refusal does not stop the others; alone, it is the answer.
 * Who they are is found out before anything is written.
 */
export async function invitePeople(
  context: InWorkspace,
  references: readonly string[],
  terms: Terms,
): Promise<InviteOutcome[]> {
  const alone = references.length === 1;
  const meant: (Found | InviteOutcome)[] = [];
  for (const reference of references) {
    meant.push(await orRefused(alone, reference, () => meantBy(context, reference)));
  }
  const outcomes: InviteOutcome[] = [];
  for (const one of eachOnce(meant)) {
    if ('outcome' in one) outcomes.push(one);
    else outcomes.push(await orRefused(alone, nameOf(one), () => inviteAndTell(context, one, terms)));
  }
  return outcomes;
}

/** A typed `@name` that is nobody may have been meant for a group: what to do then is said. */
async function meantBy(context: InWorkspace, reference: string): Promise<Found> {
  try {
    return await findPerson(context, reference, context.workspace.id);
  } catch (error) {
    const isHandle = reference.startsWith('@') && error instanceof Refusal && error.reason.kind === 'unknownPerson';
    if (!isHandle) throw error;
    return refuse({ kind: 'unknownGroup', name: reference.slice(1), why: 'nobody' });
  }
}

/** The same person by mention and by address is one. */
function eachOnce(meant: readonly (Found | InviteOutcome)[]): (Found | InviteOutcome)[] {
  const seen = new Set<string>();
  return meant.filter((one) => {
    if ('outcome' in one) return true;
    const key = 'person' in one ? one.person.id : one.email;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

async function orRefused<T>(alone: boolean, name: string, attempt: () => Promise<T>): Promise<T | InviteOutcome> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Refusal) || alone) throw error;
    const card = refusalCard(error.reason);
    const why = wordsOfCard({ ...card, parts: card.parts.slice(0, 1) });
    return { outcome: 'refused', why: error.reason.kind === 'noSeat' ? `${name}: ${why}` : why };
  }
}

async function inviteAndTell(context: InWorkspace, found: Found, terms: Terms): Promise<InviteOutcome> {
  const { account, actor, approvedBy, at, workspace } = context;
  const base = { account, workspace: workspace.id, ...terms, by: actor.id, at };
  const by = { ...base, ...(approvedBy && { approvedBy: approvedBy.id }) };
  const name = nameOf(found);
  if ('email' in found) {
    return inTransaction(async () => {
      const made = await invite({ ...by, to: { email: found.email } });
      await sendInvitation(context, made, `invitation:${made.invitation.id}`);
      return { name, outcome: 'invited', by: 'email' };
    });
  }
  const to = { person: found.person.id };
  const directly = await joinsDirectly(context, found.person.id);
  return inTransaction(async () => {
    if (!directly) {
      const made = await invite({ ...by, to });
      await sendInvitation(context, made, `invitation:${made.invitation.id}`);
      return { name, outcome: 'invited', by: 'chat' };
    }
    const { invitation } = await joinAtOnce({ ...by, to });
    const card = addedCard({ by: actor.name, workspace: workspace.name, id: workspace.id, role: terms.role });
    const id = `added:${invitation.id}`;
    await enqueue([{ id, account: account.id, workspace: workspace.id, to, sender: actor.id, card }]);
    return { name, outcome: 'joined' };
  });
}

/** Whoever is in another workspace of the company, where the policy has such people join without being asked. */
async function joinsDirectly({ account, workspace }: InWorkspace, person: string): Promise<boolean> {
  const { joinDirectly = false } = await policiesInForce(account, workspace.id);
  if (!joinDirectly || account.strictSingle) return false;
  return (await usableSeats({ account: account.id, person }, { offset: 0, limit: 1 })).length > 0;
}

function nameOf(found: Found): string {
  return 'person' in found ? found.person.name : found.email;
}

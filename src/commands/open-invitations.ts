import { invitationsCard, invitationsChangedCard } from '../cards/members/invitation-card.js';
import type { InvitedLine, InvitedPage } from '../cards/members/invited-parts.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { Invitation } from '../workspace/entities.js';
import { revokeInvitation } from '../workspace/invitation-ending.js';
import { renewInvitation } from '../workspace/invitation-renewal.js';
import { openInvitationOf, openInvitationsIn } from '../workspace/invitations.js';
import { peopleByIds } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findPerson } from './find-person.js';
import { sendInvitation } from './send-invitation.js';

const PAGE = 10;
const WITH_MEMBERS = 5;

/** Sends an open invitation once more, for another week. */
export async function sendAgain(context: InWorkspace, id: string): Promise<Answer> {
  return changed(context, 'sentAgain', [await renewAndSend(context, id)]);
}

/** Ends an open invitation. */
export async function takeBack(context: InWorkspace, id: string): Promise<Answer> {
  return changed(context, 'takenBack', [await revoke(context, id)]);
}

/** As typed: `resend nina@acme.com`, `revoke @max`. All of them, or the refusal of the first that has none open. */
export async function manageTyped(
  context: InWorkspace,
  what: 'resend' | 'revoke',
  people: readonly string[],
): Promise<Answer> {
  const ids: string[] = [];
  for (const reference of people) ids.push((await openOf(context, reference)).id);
  const names: string[] = [];
  for (const id of ids) names.push(await (what === 'resend' ? renewAndSend(context, id) : revoke(context, id)));
  return changed(context, what === 'resend' ? 'sentAgain' : 'takenBack', names);
}

/** A page of who is invited and has not come yet. */
export async function listOpen(context: InWorkspace, offset = 0): Promise<Answer> {
  const { actor, services, workspace } = context;
  const card = invitationsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    page: await invitedPage(context, offset, PAGE),
    offset,
    pageSize: PAGE,
    zone: actor.timeZone ?? workspace.timeZone,
  });
  return { kind: 'private', card, replace: true };
}

/** The newest few, for the list of members. */
export function invitedLines(context: InWorkspace): Promise<InvitedPage> {
  return invitedPage(context, 0, WITH_MEMBERS);
}

async function invitedPage(
  { account, at, workspace }: InWorkspace,
  offset: number,
  limit: number,
): Promise<InvitedPage> {
  const page = { account: account.id, workspace: workspace.id, at, offset, limit };
  const { invitations, total } = await openInvitationsIn(page);
  const people = await peopleByIds(
    account.id,
    invitations.flatMap(({ person }) => person ?? []),
  );
  const lines = invitations.map(
    ({ id, person, email, role, expiresAt }): InvitedLine => ({
      id,
      name: (person && people.get(person)?.name) ?? email ?? 'Somebody',
      role,
      until: expiresAt.toISOString(),
    }),
  );
  return { lines, total };
}

async function openOf(context: InWorkspace, reference: string): Promise<Invitation> {
  const { account, at, workspace } = context;
  const found = await findPerson(context, reference, workspace.id);
  const who = 'person' in found ? { person: found.person.id } : found;
  const open = await openInvitationOf({ account: account.id, workspace: workspace.id, who, at });
  const name = 'person' in found ? found.person.name : found.email;
  return open ?? refuse({ kind: 'notInvited', name, workspaceName: workspace.name });
}

/** Whose it is. */
async function renewAndSend(context: InWorkspace, id: string): Promise<string> {
  const { account, actor, at, key, workspace } = context;
  const renewed = await inTransaction(async () => {
    const place = { account: account.id, workspace: workspace.id };
    const sent = await renewInvitation({ ...place, invitation: id, by: actor.id, at });
    await sendInvitation(context, sent, `invitation:${id}:${key}`);
    return sent.invitation;
  });
  return nameOf(context, renewed);
}

/** Whose it was. */
async function revoke(context: InWorkspace, id: string): Promise<string> {
  const { account, actor, at, workspace } = context;
  const place = { account: account.id, workspace: workspace.id };
  const revoked = await revokeInvitation({ ...place, invitation: id, by: actor.id, at });
  return nameOf(context, revoked);
}

async function nameOf({ account }: InWorkspace, { person, email }: Invitation): Promise<string> {
  const found = person && (await peopleByIds(account.id, [person])).get(person);
  return found ? found.name : (email ?? 'Somebody');
}

async function changed(
  { services, workspace }: InWorkspace,
  change: 'sentAgain' | 'takenBack',
  names: readonly string[],
): Promise<Answer> {
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: invitationsChangedCard({ about, change, names }) };
}

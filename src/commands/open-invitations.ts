import type { InvitedLine } from '../cards/people-cards.js';
import { saidCard } from '../cards/said-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { Invitation } from '../workspace/entities.js';
import { renewInvitation } from '../workspace/invitation-renewal.js';
import { openInvitationsIn, revokeInvitation } from '../workspace/invitations.js';
import { peopleByIds } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { sendInvitation } from './send-invitation.js';

/** Sends an open invitation once more, for another week. */
export async function sendAgain(context: InWorkspace, id: string): Promise<Answer> {
  const { account, actor, at, key, workspace } = context;
  const renewed = await inTransaction(async () => {
    const sent = await renewInvitation({
      account: account.id,
      workspace: workspace.id,
      invitation: id,
      by: actor.id,
      at,
    });
    await sendInvitation(context, sent, `invitation:${id}:${key}`);
    return sent.invitation;
  });
  return done(context, `${await nameOf(context, renewed)} is invited again, for another week.`);
}

/** Ends an open invitation. */
export async function takeBack(context: InWorkspace, id: string): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const open = await openInvitationsIn(account.id, workspace.id, at);
  if (!open.some((invitation) => invitation.id === id)) return refuse({ kind: 'invitationGone', why: 'unknown' });
  const revoked = await revokeInvitation({ account: account.id, invitation: id, by: actor.id, at });
  return done(context, `The invitation of ${await nameOf(context, revoked)} is taken back.`);
}

/** Who is invited and has not come yet, the newest first. */
export async function invitedLines({ account, at, workspace }: InWorkspace): Promise<InvitedLine[]> {
  const open = await openInvitationsIn(account.id, workspace.id, at);
  const people = await peopleByIds(
    account.id,
    open.flatMap(({ person }) => person ?? []),
  );
  return open.map(({ id, person, email, role, expiresAt }) => ({
    id,
    name: (person && people.get(person)?.name) ?? email ?? 'Somebody',
    role,
    until: expiresAt.toISOString(),
  }));
}

async function nameOf({ account }: InWorkspace, { person, email }: Invitation): Promise<string> {
  const found = person && (await peopleByIds(account.id, [person])).get(person);
  return found ? found.name : (email ?? 'Somebody');
}

async function done({ services, workspace }: InWorkspace, words: string): Promise<Answer> {
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: saidCard('invitation-changed', words, { about }) };
}

import { invitationCard } from '../cards/members/invitation-card.js';
import { enqueue } from '../notices/outbox/outbox.js';
import type { Invitation } from '../workspace/entities.js';
import type { InWorkspace } from './command.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Writes the invitation to whom it is for, in the transaction that makes it; `token` is what a mailed one's link takes. */
export async function sendInvitation(
  { account, actor, at, services, workspace }: InWorkspace,
  { invitation, token }: { invitation: Invitation; token?: string },
  noticeId: string,
): Promise<void> {
  const card = invitationCard({
    inviter: actor.name,
    workspace: workspace.name,
    role: invitation.role,
    invitation: invitation.id,
    daysLeft: Math.round((invitation.expiresAt.getTime() - at.getTime()) / DAY_MS),
    ...(token && { link: `${services.publicUrl}/invite/${token}` }),
  });
  const { person, email = '' } = invitation;
  const to = person ? { person } : { email };
  await enqueue([{ id: noticeId, account: account.id, workspace: workspace.id, to, sender: actor.id, card }]);
}

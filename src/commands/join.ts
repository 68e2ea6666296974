import { z } from 'zod';
import { welcomeCard } from '../cards/members/invitation-card.js';
import { bindInvitation } from '../workspace/invitation-links.js';
import { joinByInvitation } from '../workspace/invitations.js';
import { personCommand } from './command.js';

/** Accepts an invitation: the card's, the newest, or the e-mailed one whose page shows the code. */
export const join = personCommand({
  args: z.strictObject({
    invitation: z.string().max(80).optional(),
    code: z.string().max(80, 'the code of the page').optional(),
  }),
  read: (words) => ({ code: words.rest() }),
  async run({ account, actor, at }, { invitation, code }) {
    const bound = code && (await bindInvitation({ account: account.id, code, person: actor.id, at }));
    const id = bound ? bound.id : invitation;
    const joined = await joinByInvitation({ account: account.id, person: actor.id, at, ...(id && { invitation: id }) });
    const { workspace, membership, left } = joined;
    const card = welcomeCard({
      workspace: workspace.name,
      id: workspace.id,
      role: membership.role,
      active: membership.active,
      left: left.map(({ name }) => name),
    });
    return { kind: 'private', replace: true, card };
  },
});

import { z } from 'zod';
import { welcomeCard } from '../cards/invitation-card.js';
import { joinByInvitation } from '../workspace/invitations.js';
import { personCommand } from './command.js';

export const join = personCommand({
  args: z.strictObject({ invitation: z.string().max(80).optional() }),
  async run({ account, actor, at }, { invitation }) {
    const joined = await joinByInvitation({
      account: account.id,
      person: actor.id,
      at,
      ...(invitation && { invitation }),
    });
    const { workspace, membership } = joined;
    const card = welcomeCard({
      workspace: workspace.name,
      id: workspace.id,
      role: membership.role,
      active: membership.active,
    });
    return { kind: 'private', replace: true, card };
  },
});

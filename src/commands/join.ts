import { z } from 'zod';
import { welcomeCard } from '../cards/invitation-card.js';
import { bindInvitation, joinByInvitation } from '../workspace/invitations.js';
import { personCommand } from './command.js';

/** Typed after `join`: the code that the page of an e-mailed invitation shows. */
const CODE = /^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/i;

export const join = personCommand({
  args: z.strictObject({ invitation: z.string().max(80).optional(), code: z.string().max(80).optional() }),
  read: (words) => ({ code: words.matching(CODE) }),
  async run({ account, actor, at }, args) {
    const person = actor.id;
    const bound = args.code ? await bindInvitation({ account: account.id, code: args.code, person, at }) : undefined;
    const invitation = bound?.id ?? args.invitation;
    const joined = await joinByInvitation({ account: account.id, person, at, ...(invitation && { invitation }) });
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

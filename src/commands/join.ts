import { z } from 'zod';
import { welcomeCard } from '../cards/members/invitation-card.js';
import type { Answer } from '../chat/invocation.js';
import { bindInvitation } from '../workspace/invitation-links.js';
import { joinByInvitation } from '../workspace/invitations.js';
import { flag, person } from './argument.js';
import { personCommand } from './command.js';
import { askToMove, moveOf, moveOver } from './moving.js';

/** Accepts an invitation: the card's, the newest, or the e-mailed one whose page shows the code. */
export const join = personCommand({
  args: z.strictObject({
    invitation: z.string().max(80).optional(),
    code: z.string().max(80, 'the code of the page').optional(),
    /** Where joining takes somebody out of other workspaces: those that they were shown. */
    leaving: z.array(z.string().max(80)).max(100).optional(),
    /** Who gets what they hold there. */
    handTo: person.optional(),
    sure: flag,
  }),
  read: (words) => ({ code: words.rest() }),
  async form(context, { invitation, code, sure }) {
    const move = code || sure ? undefined : await moveOf(context, invitation);
    const asked = move && (await askToMove(context, move));
    return asked?.kind === 'form' ? asked.form : undefined;
  },
  async run(context, { invitation, code, handTo, leaving = [] }) {
    const { account, actor, at } = context;
    const bound = code && (await bindInvitation({ account: account.id, code, person: actor.id, at }));
    const id = bound ? bound.id : invitation;
    const move = await moveOf(context, id);
    if (move) {
      const moved = await moveOver(context, move, { leaving, handTo });
      return moved ? welcome(moved) : askToMove(context, move);
    }
    return welcome(
      await joinByInvitation({ account: account.id, person: actor.id, at, ...(id && { invitation: id }) }),
    );
  },
});

function welcome(joined: NonNullable<Awaited<ReturnType<typeof moveOver>>>): Answer {
  const { handed, left, membership, workspace } = joined;
  const card = welcomeCard({
    workspace: workspace.name,
    id: workspace.id,
    role: membership.role,
    active: membership.active,
    left: left.map(({ name }) => name),
    ...(handed && { handed }),
  });
  return { kind: 'private', replace: true, card };
}

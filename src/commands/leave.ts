import { z } from 'zod';
import { leaveForm } from '../cards/members/impact-forms.js';
import { leaveConfirmCard, leftCard } from '../cards/members/people-cards.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { leaveWorkspace } from '../workspace/memberships.js';
import { countSeatsAmong } from '../workspace/seat-pages.js';
import { flag, person } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { endRequests } from './end-requests.js';
import { handedWords, handOver, holderOf, holdingsOf, receiverOf, shownTo } from './holdings.js';

export const leave = workspaceCommand({
  args: z.strictObject({ sure: flag, handTo: person.optional() }),
  async form(context, { sure }) {
    if (sure) return undefined;
    assertMayGo(context);
    const { actor, services, workspace } = context;
    const held = shownTo(await holdingsOf(holderOf(workspace, actor.id)), 'own');
    if (held.length === 0) return undefined;
    return leaveForm({
      about: await aboutWorkspace(services.ledger, workspace),
      held,
      seatFree: !(await inOthers(context)),
    });
  },
  async run(context, { sure, handTo }) {
    const { account, actor, at, services, workspace } = context;
    if (!sure) {
      const about = await aboutWorkspace(services.ledger, workspace);
      return { kind: 'private', card: leaveConfirmCard({ about, seatFree: !(await inOthers(context)) }) };
    }
    const holdings = await holdingsOf(holderOf(workspace, actor.id));
    const receiver = handTo ? await receiverOf(context, handTo, actor.id, holdings) : undefined;
    const { active } = await inTransaction(async () => {
      if (receiver) await handOver(context, { from: actor, to: receiver, holdings });
      await endRequests(context, actor.id);
      return leaveWorkspace({
        account: account.id,
        workspace: workspace.id,
        person: actor.id,
        at,
        ...(receiver && { handedTo: receiver.id }),
      });
    });
    const card = leftCard({
      workspace: workspace.name,
      ...(active && { nowActive: active.name }),
      ...(receiver && holdings.length > 0 && { handed: handedWords(receiver, holdings, 'own') }),
    });
    return { kind: 'private', replace: true, card };
  },
});

/** The primary owner hands over first; they hear it before anything is asked. */
function assertMayGo({ actor, membership, workspace }: InWorkspace): void {
  if (membership.role !== 'primaryOwner') return;
  refuse({ kind: 'primaryOwnerStays', name: actor.name, workspaceName: workspace.name, own: workspace.id });
}

/** Whoever is in another workspace too keeps their seat: it is one per person. */
async function inOthers({ account, actor }: InWorkspace): Promise<boolean> {
  return (await countSeatsAmong({ account: account.id, person: actor.id })) > 1;
}

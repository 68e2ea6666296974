import { handoverAnsweredCard, newPrimaryOwnerCard } from '../cards/workspaces/handover-cards.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { tellContinuityEnded } from '../notices/ownership/continuity-notices.js';
import { tellAccepted, tellEnded } from '../notices/ownership/handover-notices.js';
import { followPrimaryOwner, type Moved } from '../notices/ownership/primary-owner-moved.js';
import { refuse } from '../refusal.js';
import { settleByAcceptance } from '../workspace/continuities.js';
import { acceptHandover, cancelHandover, declineHandover, openHandover } from '../workspace/handovers.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

/** What becomes of an offer: of the one named, or of the one that waits in the workspace. */
export async function answerHandover(
  context: InWorkspace,
  answer: 'accept' | 'decline' | 'cancel',
  named: string | undefined,
): Promise<Answer> {
  const { account, at, workspace } = context;
  const open = named ? undefined : await openHandover({ account: account.id, workspace: workspace.id }, at);
  const id = named ?? open?.id ?? refuse({ kind: 'handoverGone', why: 'unknown' });
  switch (answer) {
    case 'accept':
      return accept(context, id);
    case 'decline':
      return endBy(context, id, declineHandover);
    case 'cancel':
      return endBy(context, id, cancelHandover);
  }
}

/** Role, billing, notices and the audit line stand or fall together. */
async function accept(context: InWorkspace, id: string): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const moved = await inTransaction(async (): Promise<Moved | undefined> => {
    const { handover, fresh } = await acceptHandover({ account: account.id, id, by: actor.id, at });
    if (!fresh) return undefined;
    const done = await followPrimaryOwner({ workspace, from: handover.from, to: handover.to, at });
    await tellAccepted({ workspace, handover, moved: done });
    const settled = await settleByAcceptance({ account: account.id, workspace: workspace.id, by: actor.id, at });
    if (settled) await tellContinuityEnded(settled, done.to);
    return done;
  });
  if (isOwnCard(context) || !moved) return { kind: 'done' };
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: newPrimaryOwnerCard({ about, from: moved.from, automatic: moved.automatic }) };
}

async function endBy(context: InWorkspace, id: string, end: typeof declineHandover): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const handover = await inTransaction(async () => {
    const ended = await end({ account: account.id, id, by: actor.id, at });
    await tellEnded({ workspace, handover: ended });
    return ended;
  });
  if (handover.state === 'declined' && isOwnCard(context)) return { kind: 'done' };
  const about = await aboutWorkspace(services.ledger, workspace);
  const state = handover.state === 'declined' ? 'declined' : 'cancelled';
  return { kind: 'private', replace: true, card: handoverAnsweredCard({ about, state }) };
}

/** The offer's own card is edited through the outbox, and says it all. */
function isOwnCard({ invocation }: InWorkspace): boolean {
  return 'clicked' in invocation.ask;
}

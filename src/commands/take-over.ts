import { takeOverAsked } from '../cards/requests/asked-people-words.js';
import { continuitySupportCard } from '../cards/workspaces/continuity-cards.js';
import { newPrimaryOwnerCard } from '../cards/workspaces/handover-cards.js';
import type { Card } from '../cards/card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { tellContinuityEnded } from '../notices/ownership/continuity-notices.js';
import { tellEnded } from '../notices/ownership/handover-notices.js';
import { followPrimaryOwner } from '../notices/ownership/primary-owner-moved.js';
import { refuse } from '../refusal.js';
import { openContinuityIn, successorsOf, takeOver } from '../workspace/continuities.js';
import { identityKey } from '../workspace/identity.js';
import { getPerson } from '../workspace/people.js';
import { refuseNotOwner } from '../workspace/primary-owner.js';
import { isGone } from '../workspace/standing.js';
import type { AskAbout, Asking, InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

/**
 * Only from a primary owner who is gone, and only by those who were asked.
 * @throws Refusal handoverGone, notAnOwner
 */
export async function assertMayTakeOver({ account, actor, workspace }: InWorkspace): Promise<void> {
  const place = { account: account.id, workspace: workspace.id };
  if (!(await openContinuityIn(place))) refuse({ kind: 'handoverGone', why: 'back' });
  const { people } = await successorsOf(place);
  if (!people.some(({ id }) => id === actor.id)) await refuseNotOwner(place, actor.id);
}

/** Where the account's owner, who would say yes, is gone too: what to send to support instead of asking. */
export async function offerSupport(context: InWorkspace): Promise<Card | undefined> {
  const { account, actor, identity, services, workspace } = context;
  if (!(await isGone(account.id, account.owner))) return undefined;
  await assertMayTakeOver(context);
  const place = { account: account.id, workspace: workspace.id };
  const open = await openContinuityIn(place);
  const [gone, accountOwner] = await Promise.all([
    open && getPerson(account.id, open.person),
    getPerson(account.id, account.owner),
  ]);
  return continuitySupportCard({
    about: await aboutWorkspace(services.ledger, workspace),
    gone: gone?.name ?? actor.name,
    accountOwnerGone: accountOwner?.name ?? 'Its owner',
    code: `handover ${shellWord(workspace.name)} --to ${identityKey(identity)}`,
    ...(services.supportContact && { support: services.supportContact }),
  });
}

/** A name as support types it in a shell. */
function shellWord(name: string): string {
  return /^[\p{L}\p{N}-]+$/u.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** For the account's owner, who decides. */
export async function asksToTakeOver({ account, workspace }: AskAbout): Promise<Asking> {
  if (!workspace) throw new Error('taking over names its workspace');
  const open = await openContinuityIn({ account: account.id, workspace: workspace.id });
  const gone = open && (await getPerson(account.id, open.person));
  return takeOverAsked(workspace.name, gone?.name);
}

/** As the account's owner, or as they agreed: role, billing, notices and audit stand or fall together. */
export async function takeOverNow(context: InWorkspace): Promise<Answer> {
  const { account, actor, approvedBy, at, services, workspace } = context;
  const moved = await inTransaction(async () => {
    const { from, continuity, cancelled } = await takeOver({
      account: account.id,
      workspace: workspace.id,
      by: actor.id,
      at,
      ...(approvedBy && { approvedBy: approvedBy.id }),
    });
    const done = await followPrimaryOwner({ workspace, from, to: actor.id, at });
    await tellContinuityEnded(continuity, done.to);
    if (cancelled) await tellEnded({ workspace, handover: cancelled });
    return done;
  });
  const about = await aboutWorkspace(services.ledger, workspace);
  return {
    kind: 'private',
    lasting: true,
    card: newPrimaryOwnerCard({ about, from: moved.from, automatic: moved.automatic }),
  };
}

import { moveConfirmCard, moveForm } from '../cards/members/moving-cards.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { Person, Workspace, WorkspaceId } from '../workspace/entities.js';
import { invitationMeant, joinByInvitation } from '../workspace/invitations.js';
import { membershipsOf, type Seat } from '../workspace/memberships.js';
import { pendingOf } from '../workspace/requests-of-person.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Context } from './command.js';
import { inWorkspace } from './context.js';
import { endRequests } from './end-requests.js';
import { handOver, handedWords, holderOf, holdingsOf, type Holding, receiverOf, shownTo } from './holdings.js';

/** A joining that takes its person out of where they are, in an account set to `strictSingle`. */
export interface Move {
  invitation: string;
  to: Workspace;
  leaving: readonly Seat[];
}

/**
 * Undefined where joining leaves somebody where they are, too.
 * @throws Refusal invitationGone; primaryOwnerStays, as nobody takes a workspace's primary owner out of it
 */
export async function moveOf({ account, actor, at }: Context, invitation?: string): Promise<Move | undefined> {
  if (!account.strictSingle) return undefined;
  const meant = await invitationMeant({ account: account.id, person: actor.id, at, ...(invitation && { invitation }) });
  const leaving = (await membershipsOf(account.id, actor.id)).filter((seat) => seat.workspace.id !== meant.workspace);
  if (leaving.length === 0) return undefined;
  const own = leaving.find(({ membership }) => membership.role === 'primaryOwner');
  if (own) {
    const { id, name } = own.workspace;
    return refuse({ kind: 'primaryOwnerStays', name: actor.name, workspaceName: name, own: id });
  }
  const to = await getWorkspace(account.id, meant.workspace);
  if (!to) return refuse({ kind: 'invitationGone', why: 'unknown' });
  return { invitation: meant.id, to, leaving };
}

/** What it takes them out of, and what they hold there, before anything is done. */
export async function askToMove({ actor }: Context, { invitation, to, leaving }: Move): Promise<Answer> {
  const from = [];
  for (const { workspace } of leaving) {
    const of = holderOf(workspace, actor.id);
    from.push({
      name: workspace.name,
      held: shownTo(await holdingsOf(of), 'own'),
      pending: await pendingOf(of),
    });
  }
  const args = { invitation, leaving: leaving.map(({ workspace }) => workspace.id), sure: true };
  const move = { to: to.name, from, call: { command: 'join', args } };
  return from.some(({ held }) => held.length > 0)
    ? { kind: 'form', form: moveForm(move) }
    : { kind: 'private', card: moveConfirmCard(move) };
}

/**
 * Takes them out of the workspaces that they were shown, ends what they wait for there, hands over what they hold, and
 * lets them join: all or nothing. Undefined where they are in others by now.
 */
export async function moveOver(
  context: Context,
  move: Move,
  said: { leaving: readonly WorkspaceId[]; handTo?: string | undefined },
): Promise<(Awaited<ReturnType<typeof joinByInvitation>> & { handed?: { to: string; held: string } }) | undefined> {
  const { account, actor, at } = context;
  const { invitation, leaving, to } = move;
  if (!areShown(leaving, said.leaving)) return undefined;
  const handing = said.handTo && leaving.length === 1 ? await handingOf(context, leaving[0]!, said.handTo) : undefined;
  return inTransaction(async () => {
    const seats = await membershipsOf(account.id, actor.id);
    const now = seats.filter(({ workspace }) => workspace.id !== to.id);
    if (!areShown(now, said.leaving)) return undefined;
    for (const seat of now) {
      const there = inWorkspace(context, seat);
      if (handing) await handOver(there, { from: actor, ...handing });
      await endRequests(there, actor.id);
    }
    const handedTo = handing && { handedTo: handing.to.id };
    const joined = await joinByInvitation({ account: account.id, person: actor.id, invitation, at, ...handedTo });
    return { ...joined, ...(handing && { handed: handedWords(handing.to, handing.holdings, 'own') }) };
  });
}

function areShown(seats: readonly Seat[], shown: readonly WorkspaceId[]): boolean {
  return seats.length === new Set(shown).size && seats.every(({ workspace }) => shown.includes(workspace.id));
}

async function handingOf(
  context: Context,
  seat: Seat,
  handTo: string,
): Promise<{ to: Person; holdings: readonly Holding[] } | undefined> {
  const { actor } = context;
  const holdings = await holdingsOf(holderOf(seat.workspace, actor.id));
  if (holdings.length === 0) return undefined;
  return { to: await receiverOf(inWorkspace(context, seat), handTo, actor.id, holdings), holdings };
}

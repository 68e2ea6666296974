import { z } from 'zod';
import { removeForm, whoForm } from '../cards/members/impact-forms.js';
import { removedCard, removedToldCard } from '../cards/members/people-cards.js';
import { asA } from '../cards/role-words.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import type { AccountId, Person, PersonId } from '../workspace/entities.js';
import { removeMember } from '../workspace/memberships.js';
import { pendingOf } from '../workspace/requests-of-person.js';
import { countSeatsAmong } from '../workspace/seat-pages.js';
import { flag, person, text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { endRequests } from './end-requests.js';
import { handedWords, handOver, holderOf, holdingsOf, receiverOf, shownTo } from './holdings.js';
import { isLastSecond } from './last-second.js';
import { tellMember } from './member-notices.js';
import { somebodyElse } from './somebody-else.js';
import { undoOffer, undoPlaceChange } from './undo-place.js';

const INSTEAD = 'somebody else, or type leave';

export const remove = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    reason: text(500).optional(),
    /** Who gets what they hold. */
    handTo: person.optional(),
    sure: flag,
    /** One's own removal of somebody, to be taken back. */
    undo: z.string().max(80).optional(),
  }),
  read(words) {
    const who = words.person();
    return { person: who, reason: words.textAfter('because', 'reason') };
  },
  async form(context, args) {
    if (args.undo || (args.sure && args.person)) return undefined;
    const { account, services, workspace } = context;
    const about = await aboutWorkspace(services.ledger, workspace);
    const kept = args.reason && { reason: args.reason };
    if (!args.person) return whoForm({ about, command: 'remove', title: 'Remove somebody', kept: { ...kept } });
    const { target, held } = await somebodyElse(context, args.person, INSTEAD);
    const of = holderOf(workspace, target.id);
    return removeForm({
      about,
      whom: { person: target.id, name: target.name },
      role: asA(held.role),
      licence: held.licence,
      seatFree: !(await inOthers(account.id, target.id)),
      held: shownTo(await holdingsOf(of), 'theirs'),
      pending: await pendingOf(of),
      lastSecond: await isLastSecond({ account, workspace: workspace.id, person: target.id }),
      ...kept,
    });
  },
  async run(context, args) {
    if (args.undo) return undoPlaceChange(context, args.undo);
    if (!args.person) throw new Error('the form asks for the person');
    const { target } = await somebodyElse(context, args.person, INSTEAD);
    return takeOut(context, target, args);
  },
});

async function takeOut(
  context: InWorkspace,
  target: Person,
  { handTo, reason }: { handTo?: string | undefined; reason?: string | undefined },
): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const because = reason && { reason };
  const holdings = await holdingsOf(holderOf(workspace, target.id));
  const receiver = handTo ? await receiverOf(context, handTo, target.id, holdings) : undefined;
  const gone = await inTransaction(async () => {
    if (receiver) await handOver(context, { from: target, to: receiver, holdings });
    await endRequests(context, target.id);
    const departure = await removeMember({
      account: account.id,
      workspace: workspace.id,
      person: target.id,
      by: actor.id,
      at,
      ...because,
      ...(receiver && { handedTo: receiver.id }),
    });
    const card = removedToldCard({ workspace: workspace.name, by: actor.name, ...because });
    await tellMember(context, target.id, 'removed', card);
    return departure;
  });
  const card = removedCard({
    about: await aboutWorkspace(services.ledger, workspace),
    name: target.name,
    seatFree: (await countSeatsAmong({ account: account.id, person: target.id })) === 0,
    ...(receiver && holdings.length > 0 && { handed: handedWords(receiver, holdings, 'theirs') }),
    ...undoOffer(context, 'remove', gone.undo),
  });
  return { kind: 'private', replace: true, card };
}

/** Whoever is in another workspace too keeps their seat: it is one per person. */
async function inOthers(account: AccountId, target: PersonId): Promise<boolean> {
  return (await countSeatsAmong({ account, person: target })) > 1;
}

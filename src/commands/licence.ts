import { z } from 'zod';
import { licenceConfirmCard, licenceForm } from '../cards/members/licence-cards.js';
import { seatWords } from '../cards/members/seat-words.js';
import { licenceChangedCard, licenceToldCard } from '../cards/members/standing-cards.js';
import { licenceAsked } from '../cards/requests/asked-people-words.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { LICENCES, type Licence, type Person } from '../workspace/entities.js';
import { changeLicence } from '../workspace/licences.js';
import { assertRank, memberOf } from '../workspace/rank.js';
import { nextPlanOf, seatsFree } from '../workspace/seats.js';
import { flag, licence as licenceArgument, person } from './argument.js';
import { type AskAbout, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember, means } from './find-person.js';
import { tellMember } from './member-notices.js';
import { undoOffer, undoPlaceChange } from './undo-place.js';

/** A member's seat: owners and admins change it, a member asks for their own. Without a person it is one's own. */
export const licence = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    licence: licenceArgument.optional(),
    /** What they had when the card was drawn. */
    was: licenceArgument.optional(),
    sure: flag,
    /** One's own change of somebody's licence, to be taken back. */
    undo: z.string().max(80).optional(),
  }),
  read(words) {
    words.drop('seat', 'licence', 'license', 'tier', 'for');
    return { licence: words.licence('to', 'on', 'as'), person: words.person() };
  },
  async facts({ account, person: whose }, args) {
    const own = !args.undo && (!args.person || (await means(account.id, args.person, whose)));
    return { own };
  },
  async offer(context, args) {
    if (args.licence !== context.membership.licence) return undefined;
    const about = await aboutWorkspace(context.services.ledger, context.workspace);
    return licenceChangedCard({ about, before: args.licence, after: args.licence });
  },
  async form(context, args) {
    if (args.licence || args.undo) return undefined;
    const { account, services, workspace } = context;
    const { target, held } = await memberMeant(context, args.person);
    const free = await Promise.all(LICENCES.map(async (one) => [one, await seatsFree(account, one)] as const));
    return licenceForm({
      about: await aboutWorkspace(services.ledger, workspace),
      person: target.id,
      ...(target.id !== context.actor.id && { name: target.name }),
      has: held.licence,
      free: new Map(free),
    });
  },
  async asks({ account, workspace }, args) {
    if (!workspace || !args.licence) throw new Error('a request for a seat names its workspace and licence');
    const { licence: wanted } = args;
    return licenceAsked({ licence: wanted, workspaceName: workspace.name, ...(await seatsOf(account, wanted)) });
  },
  async run(context, args) {
    if (args.undo) return undoPlaceChange(context, args.undo);
    if (!args.licence) throw new Error('the form asks for the licence');
    const { target, held } = await memberMeant(context, args.person);
    if (args.was && args.was !== held.licence) {
      const of = { person: target.id, workspace: context.workspace.id };
      return refuse({ kind: 'changedSince', name: target.name, workspaceName: context.workspace.name, of });
    }
    const settled = args.sure || context.approvedBy || held.licence === args.licence;
    return settled ? give(context, target, args.licence) : confirm(context, target, held.licence, args.licence);
  },
});

/** Who is meant, where the actor, or whoever approved it, may change their seat. */
async function memberMeant(context: InWorkspace, reference: string | undefined) {
  const { account, actor, approvedBy, workspace } = context;
  const target = reference ? await findMember(context, reference, workspace.id) : actor;
  const place = { account: account.id, workspace: workspace.id };
  const held = await memberOf({ ...place, person: target.id });
  await assertRank({ ...place, by: actor.id, ...(approvedBy && { approvedBy: approvedBy.id }) }, held);
  return { target, held };
}

async function seatsOf(account: AskAbout['account'], wanted: Licence) {
  return { free: await seatsFree(account, wanted), next: nextPlanOf(account, wanted) };
}

async function confirm(context: InWorkspace, target: Person, before: Licence, after: Licence): Promise<Answer> {
  const { account, actor, services, workspace } = context;
  const { free, next } = await seatsOf(account, after);
  const card = licenceConfirmCard({
    about: await aboutWorkspace(services.ledger, workspace),
    person: target.id,
    ...(target.id !== actor.id && { name: target.name }),
    before,
    after,
    seats: seatWords(after, free, next),
  });
  return { kind: 'private', card };
}

async function give(context: InWorkspace, target: Person, to: Licence): Promise<Answer> {
  const { account, actor, approvedBy, at, services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  const { before, undo } = await inTransaction(async () => {
    const change = { account: account.id, workspace: workspace.id, person: target.id, by: actor.id, at };
    const changed = await changeLicence({
      ...change,
      licence: to,
      ...(approvedBy && { approvedBy: approvedBy.id }),
    });
    if (changed.undo) {
      await tellMember(
        context,
        target.id,
        'licence',
        licenceToldCard({ about, by: actor.name, before: changed.before, after: to }),
      );
    }
    return changed;
  });
  const card = licenceChangedCard({
    about,
    ...(target.id !== actor.id && { name: target.name }),
    before,
    after: to,
    ...undoOffer(context, 'licence', undo),
  });
  return { kind: 'private', replace: true, card };
}

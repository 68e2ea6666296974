import { z } from 'zod';
import { cardName } from '../cards/payments/card-name.js';
import {
  handoverConfirmCard,
  handoverForm,
  handoverWaitsCard,
  noOwnerYetCard,
} from '../cards/workspaces/handover-cards.js';
import type { Answer } from '../chat/invocation.js';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { tellEnded, tellOffered } from '../notices/ownership/handover-notices.js';
import { automaticOf } from '../payments/automatic/store.js';
import { refuse } from '../refusal.js';
import type { Person } from '../workspace/entities.js';
import type { Handover } from '../workspace/handover.js';
import { offerHandover, openHandover } from '../workspace/handovers.js';
import { holdersOf, membership as membershipOf } from '../workspace/memberships.js';
import { getPerson } from '../workspace/people.js';
import type { Action } from '../workspace/permissions.js';
import { thoseThere } from '../workspace/standing.js';
import { flag, person } from './argument.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import { answerHandover } from './handover-answer.js';
import { asksToTakeOver, assertMayTakeOver, offerSupport, takeOverNow } from './take-over.js';

/** The right that a call takes: whose an offer is to answer, the domain knows. */
export function actionOfHandover({ answer, takeOver }: Args): Action | undefined {
  if (takeOver === true) return 'takeOver';
  return answer === 'accept' || answer === 'decline' ? undefined : 'handOver';
}

export const changesHandover = ({ answer, takeOver, sure }: Args): boolean =>
  answer !== undefined || takeOver === true || sure === true;

/** Primary ownership: offered to an owner, who accepts; or taken over from a primary owner who is gone. */
export const handover = workspaceCommand({
  args: z.strictObject({
    person: person.optional(),
    answer: z.enum(['accept', 'decline', 'cancel'], 'accept, decline or cancel').optional(),
    handover: z.string().max(80).optional(),
    takeOver: flag,
    sure: flag,
  }),
  read(words) {
    const answer = words.choice(['accept', 'decline', 'cancel']);
    if (answer) return { answer };
    words.drop('to', 'over');
    return { person: words.person() };
  },
  offer: (context) => offerSupport(context),
  async form(context, args) {
    if (args.takeOver) await assertMayTakeOver(context);
    if (args.takeOver || args.answer || args.person || (await waiting(context))) return undefined;
    const owners = await otherOwners(context);
    const { services, workspace } = context;
    return owners.length === 0
      ? undefined
      : handoverForm({ about: await aboutWorkspace(services.ledger, workspace), owners });
  },
  asks: asksToTakeOver,
  async run(context, args) {
    if (args.takeOver) return takeOverNow(context);
    if (args.answer) return answerHandover(context, args.answer, args.handover);
    if (args.person) return args.sure ? offer(context, args.person) : confirm(context, args.person);
    const open = await waiting(context);
    const { services, workspace } = context;
    if (open) return { kind: 'private', card: await waitsCard(context, open) };
    return { kind: 'private', card: noOwnerYetCard(await aboutWorkspace(services.ledger, workspace)) };
  },
});

function waiting({ account, at, workspace }: InWorkspace): Promise<Handover | undefined> {
  return openHandover({ account: account.id, workspace: workspace.id }, at);
}

/** Owners to whom it could be offered. */
async function otherOwners({ account, workspace }: InWorkspace): Promise<Person[]> {
  const owners = await holdersOf(account.id, workspace.id, ['owner']);
  const there = await thoseThere(
    account.id,
    owners.map(({ id }) => id),
  );
  return owners.filter(({ id }) => there.has(id));
}

async function confirm(context: InWorkspace, reference: string): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id };
  const target = await ownerMeant(context, reference);
  const [card, automatic] = await Promise.all([services.payments.savedCard(of), automaticOf(of)]);
  const shown = handoverConfirmCard({
    about: await aboutWorkspace(services.ledger, workspace),
    target,
    automatic: automatic?.below !== undefined || automatic?.monthly !== undefined,
    key: newId('op', at),
    ...(card && { card: cardName(card) }),
  });
  return { kind: 'private', card: shown };
}

async function offer(context: InWorkspace, reference: string): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const target = await ownerMeant(context, reference);
  const offered = await inTransaction(async () => {
    const made = await offerHandover({
      account: account.id,
      workspace: workspace.id,
      by: actor.id,
      to: target.id,
      at,
    });
    if (made.expired) await tellEnded({ workspace, handover: made.expired });
    if (made.fresh) await tellOffered({ workspace, handover: made.handover });
    return made.handover;
  });
  return { kind: 'private', replace: true, card: await waitsCard(context, offered) };
}

/** @throws Refusal notMember, notAnOwner */
async function ownerMeant(context: InWorkspace, reference: string): Promise<Person> {
  const { account, workspace } = context;
  const target = await findMember(context, reference, workspace.id);
  const held = await membershipOf(account.id, workspace.id, target.id);
  const named = { name: target.name, workspaceName: workspace.name, person: target.id };
  if (!held) return refuse({ kind: 'notMember', ...named });
  if (held.role === 'owner' && !held.suspended) return target;
  return refuse({ kind: 'notAnOwner', workspace: workspace.id, ...named });
}

async function waitsCard(context: InWorkspace, { id, to, expiresAt }: Handover) {
  const { account, actor, services, workspace } = context;
  const target = await getPerson(account.id, to);
  return handoverWaitsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    target: target?.name ?? 'Somebody',
    handover: id,
    until: { at: expiresAt.toISOString(), zone: actor.timeZone ?? workspace.timeZone },
  });
}

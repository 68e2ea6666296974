import { z } from 'zod';
import { changedRequestCard, deniedCard } from '../cards/requests/request-card.js';
import { approveForm, denyForm } from '../cards/requests/request-forms.js';
import { type YouDecided, youDecidedCard, youDecidedWords } from '../cards/requests/you-decided-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { refuse } from '../refusal.js';
import type { Request } from '../workspace/entities.js';
import { approveRequest, denyRequest, getRequest } from '../workspace/requests.js';
import { flag } from './argument.js';
import { type Context, personCommand } from './command.js';
import { homeFor } from './home.js';
import { deskOf, pickRequest, type Picked, pickedArgs, readPick } from './pick-request.js';
import { requireDecider } from './deciders.js';
import { updateRequestCards } from './request-notices.js';
import { aboutForRequester, askOf } from './request-words.js';
import { movedByYes } from './request-context.js';
import { runApproved } from './run-approved.js';
import { tidy } from './words.js';

const decideArgs = z.strictObject({
  ...pickedArgs,
  /** Pressed in a list, not on the request's own card. */
  listed: flag,
  /** Pressed on the home card, which then stands there anew. */
  home: flag,
  /** With a note, which is asked for. */
  noted: flag,
  version: z.coerce.number().int().optional(),
  note: z.string().transform(tidy).pipe(z.string().max(1_000)).optional(),
});

/** Yes: the first decision closes the request everywhere, then its call runs. */
export const approve = personCommand({
  args: decideArgs,
  read: readPick('note'),
  async form(context, args) {
    if (!args.noted) return undefined;
    const picked = await pickRequest(context, args, args.note);
    if ('answer' in picked || picked.request.state !== 'pending') return undefined;
    const { request } = picked;
    if (isOutdated(request, args.version) || request.by === context.actor.id) return undefined;
    await requireDecider(deskOf(context), context.actor.id, request);
    return approveForm(await askOf(deskOf(context), request), args.version);
  },
  async moves(context, args) {
    const picked = await pickRequest(context, args, args.note);
    if ('answer' in picked || picked.request.state !== 'pending') return undefined;
    if (isOutdated(picked.request, args.version)) return undefined;
    return movedByYes({ desk: deskOf(context), request: picked.request, decider: context.actor, at: context.at });
  },
  async run(context, args) {
    const picked = await pickRequest(context, args, args.note);
    if ('answer' in picked) return picked.answer;
    if (isOutdated(picked.request, args.version)) return asItIsNow(context, picked.request);
    const approved = await approveOnce(context, picked, args.version);
    if (approved.result) return answered(context, { outcome: 'approved' });
    const desk = deskOf(context);
    const answer = await runApproved({ desk, request: approved, decider: context.actor, at: context.at });
    return answer ?? answered(context, { outcome: 'approved', told: true });
  },
});

/** No, with a reason: where none was typed, a form asks for it. */
export const deny = personCommand({
  args: decideArgs,
  read: readPick('note'),
  async run(context, args) {
    const picked = await pickRequest(context, args, args.note);
    if ('answer' in picked) return picked.answer;
    const { request, note } = picked;
    if (decidedByMe(context, request, 'denied')) return answered(context, { outcome: 'denied' });
    await requireDecider(deskOf(context), context.actor.id, request);
    if (!note) return { kind: 'form', form: denyForm(await askOf(deskOf(context), request)) };
    await denyAndTell(context, request, note);
    return answered(context, { outcome: 'denied', told: true });
  },
});

/** Whether the pressed card shows the request as it was before somebody wrote to it. */
function isOutdated({ state, version }: Request, shown: number | undefined): boolean {
  return state === 'pending' && shown !== undefined && shown !== version;
}

/** In place of deciding by an outdated card: the request as it is, to be decided anew. */
async function asItIsNow(context: Context, request: Request): Promise<Answer> {
  const desk = deskOf(context);
  await requireDecider(desk, context.actor.id, request);
  if (request.by === context.actor.id) return refuse({ kind: 'ownRequest' });
  return { kind: 'private', card: changedRequestCard(await askOf(desk, request)) };
}

/** A second press by the same person, even at once, finds it approved already, perhaps not yet run: that is no refusal. */
async function approveOnce(context: Context, { request, note }: Picked, version: number | undefined): Promise<Request> {
  const { account, actor, at } = context;
  return inTransaction(async () => {
    const now = await getRequest(account.id, request.id);
    if (now && decidedByMe(context, now, 'approved')) return now;
    const approved = await approveRequest({
      account: account.id,
      id: request.id,
      by: actor.id,
      at,
      ...(version !== undefined && { version }),
      ...(note && { note }),
      mayDecide: (current) => requireDecider(deskOf(context), actor.id, current),
    });
    const ask = await askOf(deskOf(context), approved);
    await updateRequestCards(deskOf(context), approved, ask, {
      state: 'approved',
      by: actor.name,
      ...(note && { note }),
    });
    return approved;
  });
}

async function denyAndTell(context: Context, request: Request, note: string): Promise<void> {
  const { account, actor, at } = context;
  await inTransaction(async () => {
    const mayDecide = (current: Request) => requireDecider(deskOf(context), actor.id, current);
    const denied = await denyRequest({ account: account.id, id: request.id, by: actor.id, at, note, mayDecide });
    const ask = await askOf(deskOf(context), denied);
    await updateRequestCards(deskOf(context), denied, ask, { state: 'denied', by: actor.name, note });
    const about = await aboutForRequester(ask, denied);
    const card = deniedCard({ decider: actor.name, note, wanted: ask.wants, ...about });
    await enqueue([
      { id: `denied:${denied.id}`, account: account.id, to: { person: denied.by }, sender: actor.id, card },
    ]);
  });
}

function decidedByMe(context: Context, request: Request, state: Request['state']): boolean {
  return request.state === state && request.decidedBy === context.actor.id;
}

/** The request's own card says it by itself once it is edited; who typed, or pressed in a list or at home, is answered. */
async function answered(context: Context, decided: YouDecided): Promise<Answer> {
  const { ask } = context.invocation;
  const pressed = 'clicked' in ask ? ask.clicked.args : undefined;
  if (pressed?.['home'] === true)
    return { kind: 'private', card: await homeFor(context, youDecidedWords(decided)), replace: true };
  if (pressed && pressed['listed'] !== true) return { kind: 'done' };
  return { kind: 'private', card: youDecidedCard(decided), replace: true };
}

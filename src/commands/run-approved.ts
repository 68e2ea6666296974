import type { Card } from '../cards/card.js';
import { plainText } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusal-card.js';
import { type Ask, approvedButFailedCard, approvedCard } from '../cards/request-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { Refusal, refuse } from '../refusal.js';
import type { Person, Request } from '../workspace/entities.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { membershipsOf } from '../workspace/memberships.js';
import { directIdentity, getPerson } from '../workspace/people.js';
import { getRequest, recordResult } from '../workspace/requests.js';
import type { Command, Context } from './command.js';
import { inWorkspace } from './context.js';
import { requireDecider } from './permission.js';
import { aboutForRequester, argsOf, askOf, commandOf, type RequestDesk } from './request-words.js';

interface Run {
  desk: RequestDesk;
  request: Request;
  decider: Person;
  at: Date;
}

/**
 * Runs an approved request's call with the requester as actor (or, where the decider pays, the decider). Rights are
 * looked at again as they are now. Records the result and tells the requester. Answers what the call answered where
 * it ran as the decider, and why it could not be done.
 */
export async function runApproved(run: Run): Promise<Answer | undefined> {
  const { desk, request } = run;
  const ask = await askOf(desk, request);
  try {
    if (commandOf(desk, request).asking?.runsAs === 'decider') return await runAsDecider(run, ask);
    await runAsRequester(run, ask);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const card = refusalCard(error.reason);
    const told = approvedButFailedCard({
      ...(await toldOf(run, ask)),
      why: card.parts.filter(({ part }) => part !== 'buttons'),
    });
    await conclude(run, { ok: false, detail: error.reason.kind }, told);
    return { kind: 'private', card };
  }
}

/** Effect and result stand or fall together: a run that was cut off is done again, one that was not never is. */
function runAsRequester(run: Run, ask: Ask): Promise<void> {
  return inTransaction(async () => {
    const { account, id } = run.request;
    if ((await getRequest(account, id))?.result) return;
    const answer = await execute(run);
    const card = 'card' in answer ? answer.card : undefined;
    const detail = card ? plainText(card) : '';
    await conclude(run, { ok: true, detail }, approvedCard({ ...(await toldOf(run, ask)), result: card?.parts ?? [] }));
  });
}

/** It reaches outside, so no transaction holds it: the request's own key makes it harmless to repeat. */
async function runAsDecider(run: Run, ask: Ask): Promise<Answer> {
  const answer = await execute(run);
  const detail = 'card' in answer ? plainText(answer.card) : '';
  await conclude(run, { ok: true, detail }, approvedCard(await toldOf(run, ask)));
  return answer;
}

async function toldOf({ decider, request }: Run, ask: Ask) {
  const note = request.note && { note: request.note };
  return { decider: decider.name, wanted: ask.wants, ...note, ...(await aboutForRequester(ask, request)) };
}

function conclude({ request, decider, at }: Run, result: { ok: boolean; detail: string }, told: Card): Promise<void> {
  const { account, id, by } = request;
  return inTransaction(async () => {
    await recordResult({ account, id, ...result, at });
    await enqueue([{ id: `approved:${id}`, account, to: { person: by }, sender: decider.id, card: told }]);
  });
}

async function execute(run: Run): Promise<Answer> {
  const { desk, request, decider } = run;
  const { account } = desk;
  await requireDecider(account, decider.id, request);
  const command = commandOf(desk, request);
  const context = await contextOf(run, command);
  if (command.on === 'person') return command.does.run(context, argsOf(request));
  const seat = context.seats.find(({ workspace }) => workspace.id === request.workspace);
  if (!seat || seat.membership.suspended || seat.workspace.status !== 'active') {
    const workspaceName = seat?.workspace.name ?? 'the workspace';
    return refuse({ kind: 'notMember', name: context.actor.name, workspaceName });
  }
  return command.does.run(inWorkspace(context, seat), argsOf(request));
}

/** As if the actor had typed it privately just now. */
async function contextOf({ desk, request, decider, at }: Run, command: Command): Promise<Context> {
  const { services, commands, account } = desk;
  const asDecider = command.asking?.runsAs === 'decider';
  const actor = asDecider ? decider : await getPerson(account.id, request.by);
  const asked = parseIdentityKey(request.byIdentity);
  const identity = asDecider ? ((await directIdentity(account.id, decider.id)) ?? asked) : asked;
  if (!actor || !identity) return refuse({ kind: 'unknownRequest', typed: request.id });
  const key = `request:${request.id}`;
  const { platform, tenant, user } = identity;
  const place = { platform, tenant, kind: 'direct', channel: user } as const;
  return {
    services,
    commands,
    invocation: { reference: request.id, delivery: key, at, sender: identity, place, ask: { typed: [] } },
    account,
    actor,
    identity,
    seats: await membershipsOf(account.id, actor.id),
    boundHere: [],
    at,
    key,
    approvedBy: decider,
  };
}

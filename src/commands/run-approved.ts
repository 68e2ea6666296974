import type { Part } from '../cards/card.js';
import { plainText } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusal-card.js';
import { approvedButFailedCard, approvedCard } from '../cards/request-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { Refusal, refuse } from '../refusal.js';
import type { Person, Request } from '../workspace/entities.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { membershipsOf } from '../workspace/memberships.js';
import { directIdentity, getPerson } from '../workspace/people.js';
import { recordResult } from '../workspace/requests.js';
import type { Command, Context } from './command.js';
import { inWorkspace } from './context.js';
import { requireDecider } from './permission.js';
import { onceOnly } from './repeats.js';
import { argsOf, askOf, commandOf, type RequestDesk } from './request-words.js';

interface Run {
  desk: RequestDesk;
  request: Request;
  decider: Person;
  at: Date;
}

/**
 * Runs an approved request's call with the requester as actor (or, where the decider pays, the decider), under the
 * request's own key, so that running it again has no second effect. Rights are looked at again as they are now.
 * Records the result and tells the requester. Answers what the call answered where it ran as the decider.
 */
export async function runApproved(run: Run): Promise<Answer | undefined> {
  const { desk, request, decider } = run;
  const ask = await askOf(desk, request);
  const outcome = await attempt(run);
  const told = {
    decider: decider.name,
    wanted: ask.wants,
    ...(request.note && { note: request.note }),
    ...(ask.about && { about: ask.about }),
  };
  const asDecider = commandOf(desk, request).asking?.runsAs === 'decider';
  const result = asDecider ? {} : { result: outcome.parts };
  const card = outcome.ok
    ? approvedCard({ ...told, ...result })
    : approvedButFailedCard({ ...told, why: outcome.parts });
  await inTransaction(async () => {
    await recordResult({
      account: request.account,
      id: request.id,
      ok: outcome.ok,
      detail: outcome.detail,
      at: run.at,
    });
    await enqueue([{ id: `approved:${request.id}`, account: request.account, to: { person: request.by }, card }]);
  });
  return asDecider || !outcome.ok ? outcome.answer : undefined;
}

interface Outcome {
  ok: boolean;
  answer: Answer;
  parts: readonly Part[];
  detail: string;
}

async function attempt(run: Run): Promise<Outcome> {
  try {
    const { account, by: person } = run.request;
    const answer = await onceOnly({ account, person, key: `request:${run.request.id}`, at: run.at }, () =>
      execute(run),
    );
    const parts = 'card' in answer ? answer.card.parts : [];
    return {
      ok: true,
      answer,
      parts,
      detail: 'card' in answer ? plainText(answer.card) : '',
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const card = refusalCard(error.reason);
    return { ok: false, answer: { kind: 'private', card }, parts: card.parts, detail: error.reason.kind };
  }
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

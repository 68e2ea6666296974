import type { Card } from '../cards/card.js';
import { wordsOfCard } from '../cards/plain-text.js';
import { refusalCard } from '../cards/refusals/refusal-card.js';
import { type Ask, approvedButFailedCard, approvedCard } from '../cards/requests/request-card.js';
import type { Answer } from '../chat/invocation.js';
import { inTransaction } from '../mongo.js';
import type { Minor } from '../ledger/entry.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { Refusal } from '../refusal.js';
import { withAuditFrom } from '../workspace/audit-from.js';
import type { Workspace } from '../workspace/entities.js';
import { verdict } from '../workspace/permissions.js';
import { beginRun, getRequest, recordResult } from '../workspace/requests.js';
import { assertChatAllowed } from './chat-allowed.js';
import type { InWorkspace, Moving } from './command.js';
import { askSecond } from './asking.js';
import { contextOf, placeIn, type Run, runsAsDecider } from './request-context.js';
import { actionOf, factsOf, requireDecider, roleOf } from './deciders.js';
import { permit, requireYes } from './permission.js';
import { aboutForRequester, argsOf, askOf, commandOf } from './request-words.js';
import { stepUp } from './step-up.js';

/**
 * Runs an approved request's call with the requester as actor (or, where the decider pays, the decider). Rights, funds
 * and policies are looked at again as they are now. Records the result and tells the requester. Answers what the call
 * answered where it ran as the decider, and why it could not be done.
 */
export function runApproved(run: Run): Promise<Answer | undefined> {
  return withAuditFrom({ request: run.request.id }, () => runAndTell(run));
}

async function runAndTell(run: Run): Promise<Answer | undefined> {
  const { desk, request } = run;
  const ask = await askOf(desk, request);
  try {
    if (runsAsDecider(run)) return await runForDecider(run, ask);
    await (commandOf(desk, request).asking?.outside ? runOutside(run, ask) : runInside(run, ask));
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
function runInside(run: Run, ask: Ask): Promise<void> {
  return inTransaction(async () => {
    if (await hasRun(run)) return;
    const { act, another } = await prepare(run);
    await concludeWell(run, ask, await (another ?? act)());
  });
}

/** No transaction reaches its effect: the request's own key makes it harmless to repeat. */
async function runOutside(run: Run, ask: Ask): Promise<void> {
  if (await hasRun(run)) return;
  const { act, another } = await prepare(run);
  if (another) return askInstead(run, ask, another);
  await concludeWell(run, ask, await act());
}

/** As runOutside; the decider gets the call's own answer. */
async function runForDecider(run: Run, ask: Ask): Promise<Answer | undefined> {
  const { act, another } = await prepare(run);
  if (another) {
    await askInstead(run, ask, another);
    return undefined;
  }
  const answer = await act();
  const detail = 'card' in answer ? wordsOfCard(answer.card) : '';
  await conclude(run, { ok: true, detail }, approvedCard(await toldOf(run, ask)));
  return answer;
}

/** The second request and the end of the first stand or fall together: it is never asked for twice. */
function askInstead(run: Run, ask: Ask, another: () => Promise<Answer>): Promise<void> {
  return inTransaction(async () => {
    if (!(await hasRun(run))) await concludeWell(run, ask, await another());
  });
}

async function hasRun({ request: { account, id } }: Run): Promise<boolean> {
  return (await getRequest(account, id))?.result !== undefined;
}

async function concludeWell(run: Run, ask: Ask, answer: Answer): Promise<void> {
  const card = 'card' in answer ? answer.card : undefined;
  const detail = card ? wordsOfCard(card) : '';
  await conclude(run, { ok: true, detail }, approvedCard({ ...(await toldOf(run, ask)), result: card?.parts ?? [] }));
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

/** A call whose actor may make it; or, where somebody more is needed for it, the asking. */
interface Prepared {
  act: () => Promise<Answer>;
  another?: () => Promise<Answer>;
}

/** Looks at everything again as it is now, but for a run that had begun: that one was looked at. */
async function prepare(run: Run): Promise<Prepared> {
  const { desk, request } = run;
  const command = commandOf(desk, request);
  if (!request.begun) await requireDecider(desk, run.decider.id, request);
  const context = await contextOf(run, { asDecider: runsAsDecider(run) });
  const args = argsOf(request);
  if (command.on === 'person') return { act: () => command.does.run(context, args) };
  const inside = placeIn(context, request);
  if (!request.begun) await assertChatAllowed(desk.account, inside.workspace, context.identity);
  const act = async () => {
    if (command.asking?.outside) await beginRun(request);
    return command.does.run(inside, args);
  };
  if (request.begun) return { act };
  if (request.action === 'secondPerson') await requireRight(run, inside);
  const moving = await command.does.moves(inside, args);
  const above = moving && (await needsAnother(run, moving));
  return above === undefined ? { act } : { act, another: () => askAnother(run, inside.workspace, above) };
}

/** The decider's yes is the first of two: they now ask, as themselves, for the second. */
async function askAnother(run: Run, workspace: Workspace, aboveMinor: Minor): Promise<Answer> {
  const { desk, request } = run;
  const context = await contextOf(run, { asDecider: true });
  return askSecond({ context, command: commandOf(desk, request), args: argsOf(request), workspace, aboveMinor });
}

/** The first of two people must still hold the right to the call, or the second hold it for both. */
async function requireRight({ desk, request, decider }: Run, { membership, workspace }: InWorkspace): Promise<void> {
  const { account } = desk;
  const action = actionOf(commandOf(desk, request), argsOf(request));
  if (!action) return;
  const asker = { account, person: request.by, role: membership.role, workspace: workspace.id };
  const said = await permit(asker, action, await factsOf(desk, request, request.by));
  if (said.answer === 'yes') return;
  const theirs = await roleOf(desk, request, decider.id);
  await requireYes({ ...asker, person: decider.id, role: theirs }, action, await factsOf(desk, request, decider.id));
}

/**
 * The amount above which two people who may decide over money are needed, where so far the decider alone is one: then
 * their yes is the first, and somebody else is asked for the second.
 */
async function needsAnother({ desk, request }: Run, moving: Moving): Promise<Minor | undefined> {
  const role = await roleOf(desk, request, request.by);
  if (verdict('secondPerson', role).answer === 'yes') return undefined;
  return (await stepUp({ account: desk.account, moving })).second?.aboveMinor;
}

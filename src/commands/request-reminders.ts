import type { Card } from '../cards/card.js';
import { answerReminderCard, reminderCard, requestStatusCard } from '../cards/requests/reminder-cards.js';
import { type Ask, requestCard } from '../cards/requests/request-card.js';
import { inTransaction } from '../mongo.js';
import { recipientKey, type Recipient } from '../notices/outbox/notice.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { recipientsOf } from '../notices/outbox/recipients.js';
import { getAccount } from '../workspace/accounts.js';
import { type Person, type Request, ROLES } from '../workspace/entities.js';
import { peopleByIds } from '../workspace/people.js';
import { auditStep, takeStep } from '../workspace/request-reminding.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { decidersOf, roleOf } from './deciders.js';
import { requestNotice, requestSubject, stillReading } from './request-notices.js';
import { statusSubject } from './request-status.js';
import { aboutForRequester, askOf, type RequestDesk } from './request-words.js';

/** A step that was taken, with all that its notices say. */
interface Chase {
  desk: RequestDesk;
  request: Request;
  ask: Ask;
  /** The number of the step. */
  taken: number;
  at: Date;
}

/**
 * Where nobody answers: reminds those who have the request's card, in its thread, or brings it to the next holders of the
 * right; the requester sees each step. Who was asked back is reminded instead. Where account or workspace are disabled,
 * the step passes silently. For the sweep.
 */
export async function chaseRequest(office: Omit<RequestDesk, 'account'>, waiting: Request, at: Date): Promise<void> {
  const account = await getAccount(waiting.account);
  if (!account) throw new Error(`request ${waiting.id} has lost its account`);
  const desk = { ...office, account };
  await inTransaction(async () => {
    const due = await takeStep({ account: account.id, id: waiting.id, at });
    if (!due || account.status === 'disabled' || (await isClosed(due.request))) return;
    const { request, step, taken } = due;
    const chase = { desk, request, ask: await askOf(desk, request), taken, at };
    const question = request.thread.at(-1);
    const asksBack = question && question.by !== request.by ? question : undefined;
    if (asksBack) return step === 'remind' ? remindRequester(chase, asksBack) : undefined;
    const next = step === 'escalate' ? await nextHolders(desk, request) : [];
    if (next.length > 0) await escalate(chase, next);
    else if (step === 'remind') await remind(chase);
  });
}

async function isClosed({ account, workspace: id }: Request): Promise<boolean> {
  return id !== undefined && (await getWorkspace(account, id))?.status === 'disabled';
}

/** Of those who may decide and have no card of their own yet, the lowest in rank. */
async function nextHolders(desk: RequestDesk, request: Request): Promise<Person[]> {
  const shown = await recipientsOf(desk.account.id, requestSubject(request.id));
  const have = new Set(shown.flatMap((recipient) => ('person' in recipient ? [recipient.person] : [])));
  const holders = (await decidersOf(desk, request)).filter(({ id }) => id !== request.by && !have.has(id));
  const ranks = new Map<string, number>();
  for (const { id } of holders) {
    const role = await roleOf(desk, request, id);
    ranks.set(id, role ? ROLES.indexOf(role) : ROLES.length);
  }
  const lowest = Math.min(...ranks.values());
  return holders.filter(({ id }) => ranks.get(id) === lowest);
}

async function escalate(chase: Chase, next: readonly Person[]): Promise<void> {
  const { ask, at, request, taken } = chase;
  const zone = ask.until?.zone ?? chase.desk.account.timeZone;
  const card = requestCard(ask, { since: request.createdAt.toISOString(), zone });
  await enqueue(next.map(({ id }) => requestNotice(request, { person: id }, card)));
  await tellStatus(chase, { step: 'escalate', names: next.map(({ name }) => name) });
  await auditStep(request, 'request.escalated', { step: taken, to: next.length }, at);
}

async function remind(chase: Chase): Promise<void> {
  const { at, desk, request, taken } = chase;
  const readers = await stillReading(desk, request);
  if (readers.length === 0) return;
  await enqueue(readers.map((to) => underItsCard(chase, to)));
  const people = readers.flatMap((reader) => ('person' in reader ? [reader.person] : []));
  const known = await peopleByIds(desk.account.id, people);
  const names = people.flatMap((id) => known.get(id)?.name ?? []);
  await tellStatus(chase, { step: 'remind', names });
  await auditStep(request, 'request.reminded', { step: taken, to: readers.length }, at);
}

function underItsCard({ ask, request, taken }: Chase, to: Recipient) {
  const { about, by, wants } = ask;
  const card = reminderCard({ by, wants, until: untilOf(ask, request), ...(about && { about }) });
  const id = `reminder:${request.id}:${taken}:${recipientKey(to)}`;
  return { id, ...placeOf(request), to, under: requestSubject(request.id), card };
}

async function remindRequester(chase: Chase, question: { by: string; text: string }): Promise<void> {
  const { ask, at, request, taken } = chase;
  const asker = (await peopleByIds(request.account, [question.by])).get(question.by);
  const card = answerReminderCard({
    by: asker?.name ?? 'Somebody',
    text: question.text,
    wanted: ask.wants,
    request: request.id,
    ...(await aboutForRequester(ask, request)),
  });
  await enqueue([{ id: `reminder:${request.id}:${taken}`, ...placeOf(request), to: { person: request.by }, card }]);
  await auditStep(request, 'request.reminded', { step: taken, to: 1 }, at);
}

async function tellStatus(
  { ask, request, taken }: Chase,
  chased: Parameters<typeof requestStatusCard>[0]['chased'],
): Promise<void> {
  const card: Card = requestStatusCard({
    wanted: ask.wants,
    request: request.id,
    until: untilOf(ask, request),
    chased,
    ...(await aboutForRequester(ask, request)),
  });
  const subject = statusSubject(request.id);
  const id = `${subject}:${taken}`;
  await enqueue([{ id, ...placeOf(request), to: { person: request.by }, card, subject, revision: taken }]);
}

function untilOf({ until }: Ask, request: Request) {
  return until ?? { at: request.expiresAt.toISOString(), zone: 'utc' };
}

function placeOf({ account, workspace }: Request) {
  return { account, ...(workspace && { workspace }) };
}

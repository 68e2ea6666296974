import { chooseChannelParts } from '../cards/channels/channel-cards.js';
import { requestExpiredCard } from '../cards/requests/reminder-cards.js';
import { type Ask, type Decision, decidedCard, requestCard } from '../cards/requests/request-card.js';
import { type Notice, type Recipient, recipientKey } from '../notices/outbox/notice.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { recipientsOf } from '../notices/outbox/recipients.js';
import { bindingsOf } from '../workspace/bindings.js';
import type { Request } from '../workspace/entities.js';
import { decidersOf } from './deciders.js';
import { fitsInButton, plainArgs } from './plain-args.js';
import { endStatus } from './request-status.js';
import { aboutForRequester, argsOf, askOf, commandOf, type RequestDesk } from './request-words.js';

/** All cards of one request, on every channel and platform, are one subject, kept up to date by version. */
export function requestSubject(id: string): string {
  return `request:${id}`;
}

/** Writes the request's card to those who may decide; `enqueue` it in the transaction that opens the request. */
export async function announceRequest(desk: RequestDesk, request: Request, ask: Ask): Promise<void> {
  const { to, chosen } = await deciders(desk, request);
  const card = requestCard(ask);
  const hint = !chosen && ask.about ? chooseChannelParts(ask.about) : [];
  await enqueue(to.map((recipient) => requestNotice(request, recipient, { ...card, parts: [...card.parts, ...hint] })));
}

/**
 * Brings every card of the request up to date, but for people who may not decide it any more, and with a decision the
 * requester's own too; in the change's transaction.
 */
export async function updateRequestCards(
  desk: RequestDesk,
  request: Request,
  ask: Ask,
  decision: Decision | undefined,
): Promise<void> {
  const card = decision ? decidedCard(ask, decision) : requestCard(ask);
  const readers = await stillReading(desk, request);
  await enqueue(readers.map((recipient) => requestNotice(request, recipient, card)));
  if (decision) await endStatus(request, ask, decision);
}

/** Those who have the request's card: its channels, and the people who may still decide it. */
export async function stillReading(desk: RequestDesk, request: Request): Promise<Recipient[]> {
  const shown = await recipientsOf(desk.account.id, requestSubject(request.id));
  const may = new Set((await decidersOf(desk, request)).map((person) => person.id));
  return shown.filter((recipient) => !('person' in recipient) || may.has(recipient.person));
}

/** Closes the cards of a request that ended because who asked has gone; in the transaction that ends it. */
export async function closeRequestCards(desk: RequestDesk, request: Request): Promise<void> {
  await updateRequestCards(desk, request, await askOf(desk, request), { state: 'withdrawn' });
}

/** Closes the cards of a request that nobody answered in time and tells who asked; in the transaction that ends it. */
export async function tellExpired(desk: RequestDesk, request: Request): Promise<void> {
  const { account } = desk;
  const ask = await askOf(desk, request);
  await updateRequestCards(desk, request, ask, { state: 'expired' });
  const again = againOf(request);
  const card = requestExpiredCard({
    wanted: ask.wants,
    ...(again && { again }),
    ...(await aboutForRequester(ask, request)),
  });
  await enqueue([{ id: `expired:${request.id}`, account: account.id, to: { person: request.by }, card }]);
}

/** The call as a button carries it; none where it is too long for one, or had been somebody's second yes. */
function againOf(request: Request) {
  const { action, call, why, workspace } = request;
  const args = { ...plainArgs(argsOf(request)), ...(why && { why }) };
  if (action === 'secondPerson' || !fitsInButton(args)) return undefined;
  return { command: call.command, args, ...(workspace && { workspace }) };
}

/** The request's card to one recipient, at its version. */
export function requestNotice(request: Request, to: Recipient, card: Notice['card']): Notice {
  return {
    id: `${requestSubject(request.id)}:${request.version}:${recipientKey(to)}`,
    account: request.account,
    ...(request.workspace && { workspace: request.workspace }),
    to,
    card,
    subject: requestSubject(request.id),
    revision: request.version,
  };
}

/** The approvals channels; without one, or where money is concerned, privately those who hold the right. */
async function deciders(desk: RequestDesk, request: Request): Promise<{ to: Recipient[]; chosen: boolean }> {
  const { account } = desk;
  const { asking } = commandOf(desk, request);
  const goesTo = request.action === 'secondPerson' ? 'holders' : asking?.goesTo;
  if (goesTo === 'approvals' && request.workspace) {
    const bindings = await bindingsOf(account.id, request.workspace, 'approvals');
    const channels = bindings.map(({ platform, tenant, channel }) => ({ channel: { platform, tenant, channel } }));
    if (channels.length > 0) return { to: channels, chosen: true };
  }
  const people = await decidersOf(desk, request);
  const others = people.filter((person) => person.id !== request.by);
  return { to: others.map((person) => ({ person: person.id })), chosen: goesTo !== 'approvals' };
}

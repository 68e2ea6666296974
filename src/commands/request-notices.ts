import { chooseChannelParts } from '../cards/channel-cards.js';
import { type Ask, type Decision, decidedCard, requestCard } from '../cards/request-card.js';
import { type Notice, type Recipient, recipientKey } from '../notices/notice.js';
import { enqueue } from '../notices/outbox.js';
import { recipientsOf } from '../notices/recipients.js';
import { bindingsOf } from '../workspace/bindings.js';
import type { Request } from '../workspace/entities.js';
import { decidersOf } from './deciders.js';
import { aboutForRequester, askOf, commandOf, type RequestDesk } from './request-words.js';

/** All cards of one request, on every channel and platform, are one subject, kept up to date by version. */
export function requestSubject(id: string): string {
  return `request:${id}`;
}

/** Writes the request's card to those who may decide; `enqueue` it in the transaction that opens the request. */
export async function announceRequest(desk: RequestDesk, request: Request, ask: Ask): Promise<void> {
  const { to, chosen } = await deciders(desk, request);
  const card = requestCard(ask);
  const hint = !chosen && ask.about ? chooseChannelParts(ask.about) : [];
  await enqueue(to.map((recipient) => noticeOf(request, recipient, { ...card, parts: [...card.parts, ...hint] })));
}

/** Brings every card of the request up to date, but for people who may not decide it any more; in the change's transaction. */
export async function updateRequestCards(
  desk: RequestDesk,
  request: Request,
  ask: Ask,
  decision: Decision | undefined,
): Promise<void> {
  const shown = await recipientsOf(desk.account.id, requestSubject(request.id));
  const card = decision ? decidedCard(ask, decision) : requestCard(ask);
  const may = new Set((await decidersOf(desk, request)).map((person) => person.id));
  const readers = shown.filter((recipient) => !('person' in recipient) || may.has(recipient.person));
  await enqueue(readers.map((recipient) => noticeOf(request, recipient, card)));
}

/** Closes the cards of a request that nobody answered in time and tells who asked; in the transaction that ends it. */
export async function tellExpired(desk: RequestDesk, request: Request): Promise<void> {
  const { account } = desk;
  const ask = await askOf(desk, request);
  const decision = { state: 'expired' as const };
  await updateRequestCards(desk, request, ask, decision);
  const { about: _deciders, ...words } = ask;
  const card = decidedCard({ ...words, ...(await aboutForRequester(ask, request)) }, decision);
  await enqueue([{ id: `expired:${request.id}`, account: account.id, to: { person: request.by }, card }]);
}

function noticeOf(request: Request, to: Recipient, card: Notice['card']): Notice {
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

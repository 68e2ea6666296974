import type { Card } from '../../cards/card.js';
import { type ChatPoster, type ChatTarget, DeliveryFailure, type MessageRef } from '../../chat/port.js';
import { cardMail } from '../../mail/card-mail.js';
import type { Mailer } from '../../mail/mailer.js';
import { saysMoney, writtenFor } from '../../readers-money.js';
import { type Platform, tenantKey, type TenantKey } from '../../workspace/identity.js';
import { directIdentity } from '../../workspace/people.js';
import type { MessageRow, OutboxRow } from './outbox-model.js';
import { localeOf } from './reader.js';
import type { Calls } from './pace.js';
import { messageAbove, messageOf } from './rows.js';

export interface Carriers {
  posters: Posters;
  mailer?: Mailer | undefined;
}

export type Posters = ReadonlyMap<Platform, ChatPoster>;

/** Where a row goes just now, or why it cannot go anywhere. */
export type Route = { chat: ChatTarget; poster: ChatPoster; team: TenantKey } | { email: string } | { nowhere: string };

export async function routeOf(row: OutboxRow, posters: Posters): Promise<Route> {
  const { to } = row;
  if ('email' in to) return { email: to.email };
  if ('channel' in to) return chatRoute({ kind: 'channel', ...to.channel }, to.channel, posters);
  const identity = await directIdentity(row.account, to.person);
  if (!identity) return { nowhere: 'the person has no chat identity' };
  return chatRoute({ kind: 'direct', identity }, identity, posters);
}

function chatRoute(chat: ChatTarget, of: { platform: Platform; tenant: string }, posters: Posters): Route {
  const poster = posters.get(of.platform);
  if (!poster) return { nowhere: `no connection to ${of.platform}` };
  return { chat, poster, team: tenantKey(of) };
}

/**
 * Brings the row's card to its recipient: posts it, or edits the messages that already show its subject.
 * Returns the messages that show the subject now; none where a newer card had overtaken this one.
 * @throws DeliveryFailure; `unknown` only where a post, not an edit, had no answer: an edit can be repeated.
 */
export async function deliver(row: OutboxRow, route: Route, by: Carriers): Promise<MessageRef[]> {
  const said = await forItsReader(row);
  const card = row.copy ? markedAsCopy(said, row._id) : said;
  if ('nowhere' in route) throw new DeliveryFailure({ kind: 'rejected', why: 'other' }, { detail: route.nowhere });
  if ('email' in route) {
    if (!by.mailer) throw new DeliveryFailure({ kind: 'rejected', why: 'other' }, { detail: 'no mail is set up' });
    await by.mailer.send({ id: row._id, to: route.email, ...cardMail(card) });
    return [];
  }
  const shown = await messageOf(row);
  if (shown && shown.revision > row.revision) return [];
  const refs = shown ? await edit(shown, said, by.posters) : [];
  if (refs.length > 0 && !row.anew) return refs;
  return [...refs, await post(row, route, card)];
}

async function forItsReader(row: OutboxRow): Promise<Card> {
  return saysMoney(row.card) ? writtenFor(row.card, await localeOf(row)) : row.card;
}

/** What delivering the row asks of the platform. */
export async function callsOf(row: OutboxRow): Promise<Calls> {
  const shown = await messageOf(row);
  if (!shown) return { posts: 1, edits: 0 };
  if (shown.revision > row.revision) return { posts: 0, edits: 0 };
  const edits = shown.refs.length;
  return { posts: row.anew || edits === 0 ? 1 : 0, edits };
}

/** In the thread where it belongs; by itself where nothing is above it any more, or where the person writes elsewhere now. */
async function post(row: OutboxRow, { chat, poster }: Extract<Route, { chat: ChatTarget }>, card: Card) {
  const above = await messageAbove(row);
  if (above?.platform !== poster.platform) return poster.post(chat, card, row._id);
  try {
    return await poster.post(chat, card, row._id, above);
  } catch (error) {
    if (!isGone(error)) throw error;
    return poster.post(chat, card, row._id);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof DeliveryFailure && error.outcome.kind === 'rejected' && error.outcome.why === 'messageGone';
}

/** Whether sending the row again can only repeat an edit. */
export async function onlyEdits(row: OutboxRow): Promise<boolean> {
  return !row.anew && ((await messageOf(row))?.refs.length ?? 0) > 0;
}

/** The messages that are still there, edited. */
async function edit(shown: MessageRow, card: Card, posters: Posters): Promise<MessageRef[]> {
  const there: MessageRef[] = [];
  for (const ref of shown.refs) {
    try {
      await posters.get(ref.platform)?.update(ref, card);
      there.push(ref);
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error;
      if (isGone(error)) continue;
      if (error.outcome.kind === 'unknown') throw new DeliveryFailure({ kind: 'unreachable' }, { cause: error });
      throw error;
    }
  }
  return there;
}

function markedAsCopy(card: Card, id: string): Card {
  return {
    ...card,
    parts: [
      ...card.parts,
      {
        part: 'text',
        subtle: true,
        text: ['Perhaps a copy: we could not tell whether this arrived the first time. ', { code: id }],
      },
    ],
  };
}

import type { InvokeResponse } from 'botbuilder';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { apologyCard } from '../../cards/refusals/apology-card.js';
import { nothingDoneCard } from '../../cards/refusals/nothing-done-card.js';
import { type Identity, identityKey, tenantKey } from '../../workspace/identity.js';
import { firstDelivery, signatureKey } from '../inbox.js';
import type { OnChannelChange } from '../channel-change.js';
import type { Dispatch, Invocation } from '../invocation.js';
import { deliver, receive } from '../receive.js';
import { newReference } from '../../id.js';
import { type Inbound, kindOf, withoutThread } from './activity.js';
import type { InvokeReply } from './invoke-reply.js';
import { momentOf } from './moment.js';
import { remember } from './references.js';
import type { Roster } from './roster.js';
import type { TeamsPort } from './teams-port.js';

/** What every turn needs. */
export interface Turns {
  port: TeamsPort;
  roster: Roster;
  dispatch: Dispatch;
  onChannelChange: OnChannelChange;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Work that outlives its request, for a graceful stop. */
  inHand: Set<Promise<void>>;
}

type Ask = Invocation['ask'];

/** Teams gives up on a click after three seconds. */
export const REPLY_WITHIN_MS = 2_500;

/**
 * One thing that somebody did: once only, on the road that every command takes. `read` finds out what was asked,
 * after the sender and the conversation are remembered. Never rejects.
 */
export async function takeTurn(
  turns: Turns,
  activity: Inbound,
  tenant: string,
  read: () => Promise<Ask>,
  reply?: { to: InvokeReply; form: boolean },
): Promise<void> {
  const sender = senderOf(activity, tenant);
  if (!sender) return;
  const at = new Date();
  const reference = newReference();
  const delivery = deliveryOf(activity, identityKey(sender));
  const moment = momentOf(activity, sender, reply?.to, reply?.form);
  const { port, dispatch, log } = turns;
  const first = await firstDelivery(delivery, tenantKey(sender), at);
  if (first === 'repeat') {
    log.info({ reference, tenant }, 'a repeated delivery was left alone');
    return;
  }
  if (first === 'unavailable') {
    log.error({ reference, tenant }, 'no inbox to write to: nothing was done');
    return deliver({ kind: 'private', card: nothingDoneCard(reference) }, { reference }, port, moment, log);
  }
  try {
    await remember(activity, tenant, at);
    const ask = await read();
    const place = placeOf(activity, tenant);
    const told = { ...outsiderOf(activity, tenant), ...(activity.locale && { locale: activity.locale }) };
    const invocation = { reference, delivery, at, sender, place, ask, ...told };
    await receive(invocation, dispatch, port, moment, log);
  } catch (error) {
    log.error({ reference, tenant, err: error }, 'a turn could not be read');
    await deliver({ kind: 'private', card: apologyCard(reference) }, { reference }, port, moment, log);
  }
}

/** A turn that Teams waits for: where it takes longer than Teams does, the answer comes as a message. */
export async function takeInvoke(turns: Turns, turn: Promise<void>, reply: InvokeReply): Promise<InvokeResponse> {
  turns.inHand.add(turn);
  const done = turn.finally(() => turns.inHand.delete(turn));
  const tooLong = new AbortController();
  const outcome = await Promise.race([
    done.then(() => 'done' as const),
    pause(REPLY_WITHIN_MS, 'slow' as const, { signal: tooLong.signal }).catch(() => 'done' as const),
  ]);
  tooLong.abort();
  return reply.close(outcome === 'slow' ? 'Still working on it; the answer will follow here.' : 'Done.');
}

/** Teams numbers messages by the millisecond, in each conversation for itself. */
function deliveryOf({ conversation, id, timestamp, value }: Inbound, sender: string): string {
  if (id) return `${conversation.id} ${id}`;
  return signatureKey(JSON.stringify([conversation.id, timestamp, value, sender]));
}

/** Undefined for bots, and where Teams does not say who it is. */
export function senderOf({ from }: Inbound, tenant: string): Identity | undefined {
  if (!from.aadObjectId || from.role === 'bot' || from.id.startsWith('28:')) return undefined;
  return { platform: 'teams', tenant, user: from.aadObjectId };
}

export function outsiderOf({ from }: Inbound, tenant: string): { outsider?: 'otherTenant' } {
  return from.tenantId && from.tenantId !== tenant ? { outsider: 'otherTenant' } : {};
}

export function placeOf(activity: Inbound, tenant: string): Invocation['place'] {
  const name = activity.channelData?.channel?.name ?? activity.conversation.name;
  return {
    platform: 'teams',
    tenant,
    kind: kindOf(activity),
    channel: withoutThread(activity.conversation.id),
    ...(name ? { channelName: name } : {}),
  };
}

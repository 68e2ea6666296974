import { createHash } from 'node:crypto';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { DeliveryModel, type DeliveryRow } from './delivery-model.js';
import { EndpointModel } from './endpoint-model.js';
import type { EventData, EventType } from './event-types.js';

export interface WebhookEvent {
  account: AccountId;
  workspace: WorkspaceId;
  type: EventType;
  /** Derived from what caused it (`m_01…`, `ws_01…:41`), so that it can be recorded twice without harm; unique per type. */
  id: string;
  data: EventData;
  /** When it happened. */
  at: Date;
}

/** Longer than all tries take: what happens while the endpoint is off waits as long. */
const KEEP_MS = 30 * 86_400_000;
const DUE_AT_ONCE = new Date(0);

/**
 * Lets the workspace's endpoint hear of it; nothing where it has none. Inside a transaction it is sent only if that
 * commits. Recording the same id again changes nothing.
 */
export async function recordEvent(event: WebhookEvent): Promise<void> {
  const { account, workspace } = event;
  if (!(await EndpointModel.exists({ account, workspace }))) return;
  const { _id, ...row } = toDelivery(event);
  await DeliveryModel.updateOne({ _id, account, workspace }, { $setOnInsert: row }, { upsert: true });
}

/** An event as its row: body and `webhook-id` are settled here, once. */
export function toDelivery(event: WebhookEvent): DeliveryRow {
  const { account, workspace, type, data, at } = event;
  const queuedAt = new Date();
  return {
    _id: webhookId(event),
    account,
    workspace,
    type,
    body: JSON.stringify({ type, timestamp: at.toISOString(), data: { workspace, ...data } }),
    state: 'pending',
    at,
    queuedAt,
    dueAt: DUE_AT_ONCE,
    fence: 0,
    tries: 0,
    expiresAt: new Date(queuedAt.getTime() + KEEP_MS),
  };
}

/** A receiver may have the events of several workspaces, so it is unique among all of them. */
function webhookId({ account, workspace, type, id }: WebhookEvent): string {
  const cause = JSON.stringify([account, workspace, type, id]);
  return `msg_${createHash('sha256').update(cause).digest('base64url').slice(0, 32)}`;
}

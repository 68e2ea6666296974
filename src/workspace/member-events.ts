import { recordEvent, type WebhookEvent } from '../webhooks/events.js';
import { nameOf } from './rank.js';
import type { MembershipDoc } from './workspace-model.js';

/** Lets the workspace's webhook endpoint hear what became of a member, in the surrounding transaction. */
export async function memberEvent(
  { _id, account, workspace, person }: MembershipDoc,
  type: Extract<WebhookEvent['type'], `member.${string}`>,
  at: Date,
  also: Readonly<Record<string, string>> = {},
): Promise<void> {
  const data = { person, name: await nameOf(account, person), ...also };
  await recordEvent({ account, workspace, type, id: `${_id}:${at.getTime()}`, data, at });
}

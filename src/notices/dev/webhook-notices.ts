import { webhookOffCard } from '../../cards/dev/webhook-notice-cards.js';
import type { TurnedOff } from '../../webhooks/deliver.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { audienceOf, cardFor } from '../audience.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

/** Says that a workspace's webhook was turned off by itself, in the transaction that does it. */
export async function tellWebhookOff({
  account,
  workspace: id,
  endpoint,
  host,
  why,
  met,
  at,
}: TurnedOff): Promise<void> {
  const workspace = await getWorkspace(account, id);
  if (!workspace) return;
  const about = { id, name: workspace.name, currency: workspace.currency };
  const audience = await audienceOf(account, id, 'alerts');
  const card = cardFor(audience, webhookOffCard({ about, host, why, met }), about);
  await enqueue(
    audience.to.map((to) => ({
      id: `webhook-off:${endpoint}:${at.getTime()}:${recipientKey(to)}`,
      account,
      workspace: id,
      to,
      card,
    })),
  );
}

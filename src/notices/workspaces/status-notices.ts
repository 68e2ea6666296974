import { disabledToldCard, enabledToldCard } from '../../cards/workspaces/disable-cards.js';
import type { About } from '../../cards/parts.js';
import { recordEvent } from '../../webhooks/events.js';
import type { Workspace } from '../../workspace/entities.js';
import { lookSoon } from '../alerts/alert-row.js';
import { audienceOf, cardFor } from '../audience.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

/**
 * Tells a workspace's channels, and its webhook endpoint, that it was disabled or enabled; in the transaction of that
 * change. An alert that goes on ends, or begins anew.
 */
export async function tellStatus(of: {
  workspace: Workspace;
  about: About;
  by: string;
  reason?: string;
  key: string;
  at: Date;
}): Promise<void> {
  const { workspace, about, by, reason, key, at } = of;
  const { account, id, status } = workspace;
  const card =
    status === 'disabled' ? disabledToldCard({ about, by, ...(reason && { reason }) }) : enabledToldCard({ about, by });
  const audience = await audienceOf(account, id, 'alerts');
  await enqueue(
    audience.to.map((to) => ({
      id: `${status}:${id}:${key}:${recipientKey(to)}`,
      account,
      workspace: id,
      to,
      card: status === 'disabled' ? card : cardFor(audience, card, about),
    })),
  );
  await lookSoon(account, id);
  const type = status === 'disabled' ? 'workspace.disabled' : 'workspace.enabled';
  await recordEvent({ account, workspace: id, type, id: `${id}:${at.getTime()}`, data: { by }, at });
}

import { noAlertCard, snoozeEndedCard, snoozedCard, snoozeForm } from '../cards/notices/snooze-cards.js';
import type { Form } from '../cards/card.js';
import type { Answer } from '../chat/invocation.js';
import { reviseAlert } from '../notices/alerts/revise.js';
import { writeAudit } from '../workspace/audit.js';
import { readSnooze } from './alert-terms.js';
import type { AlertsArgs } from './alerts-args.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

/** Asks until when, and why. */
export async function askSnooze({ services, workspace }: InWorkspace, { until, why }: AlertsArgs): Promise<Form> {
  const about = await aboutWorkspace(services.ledger, workspace);
  return snoozeForm({ about, ...(until && { until }), ...(why && { why }) });
}

/** Nothing more is told of this alert until then, unless the balance is gone; everybody sees by whom and why. */
export async function snooze(context: InWorkspace, { until: typed = '', why = '' }: AlertsArgs): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const zone = actor.timeZone ?? workspace.timeZone;
  const until = readSnooze(typed, zone, at);
  const deed = { snooze: { by: actor.id, why, until } };
  const detail = { until: until.toISOString(), why };
  const line = { account: account.id, workspace: workspace.id, by: actor.id, at } as const;
  const revised = await reviseAlert(services.ledger, workspace, at, deed, () =>
    writeAudit({ ...line, action: 'alerts.snoozed', detail }),
  );
  const about = await aboutWorkspace(services.ledger, workspace);
  if (!revised) return { kind: 'private', card: noAlertCard(about) };
  return { kind: 'private', card: snoozedCard({ about, until: until.toISOString(), zone, why }) };
}

export async function wake({ account, actor, at, services, workspace }: InWorkspace): Promise<Answer> {
  const line = { account: account.id, workspace: workspace.id, by: actor.id, at } as const;
  const deed = { wake: true, by: actor.name } as const;
  const revised = await reviseAlert(services.ledger, workspace, at, deed, () =>
    writeAudit({ ...line, action: 'alerts.woken' }),
  );
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', card: revised ? snoozeEndedCard(about) : noAlertCard(about) };
}

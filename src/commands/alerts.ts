import { z } from 'zod';
import { alertsCard } from '../cards/notices/alert-settings-card.js';
import type { Thresholds } from '../ledger/entry.js';
import { parseAmount } from '../money.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import { verdict } from '../workspace/permissions.js';
import { flag } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWith } from './context.js';

/** When a workspace warns: shown to everybody, changed by those who may. */
export const alerts = workspaceCommand({
  args: z.strictObject({ at: z.string().max(40, 'a percentage or an amount').optional(), change: flag }),
  read: (words) => ({ at: words.textAfter('at', 'under', 'below') ?? words.rest() }),
  form: ({ workspace }, args) =>
    args.change && !args.at
      ? {
          name: 'alerts-at',
          title: 'Alerts',
          submit: 'Save',
          intro: [`When should ${workspace.name} warn?`],
          call: { command: 'alerts', args: { change: true }, workspace: workspace.id },
          fields: [
            {
              name: 'at',
              label: 'Warn under',
              hint: 'A percentage like 20% of the balance after the last credit, or an amount.',
              input: 'line',
              maxLength: 40,
            },
          ],
        }
      : undefined,
  async run({ account, actor, at, key, membership, services, workspace }, args) {
    const head = await services.ledger.head(workspace.id);
    if (!head) throw new Error(`workspace ${workspace.id} has no wallet`);
    const thresholds = args.at
      ? { ...head.thresholds, ...readThreshold(args.at, workspace.currency, head.thresholds) }
      : head.thresholds;
    if (args.at) {
      const set = await services.ledger.setThresholds({ wallet: workspace.id, key: `settings:${key}`, thresholds, at });
      if (set.outcome === 'conflict') return refuse({ kind: 'keyConflict', key, firstUsedFor: 'other alerts' });
      await writeAudit({
        account: account.id,
        workspace: workspace.id,
        by: actor.id,
        action: 'alerts.changed',
        detail: changed(thresholds, head.thresholds),
        at,
      });
    }
    const mayChange = verdict('setAlerts', membership.role).answer === 'yes';
    const card = alertsCard({
      about: aboutWith(workspace, head.balanceMinor),
      thresholds,
      changed: args.at !== undefined,
      mayChange,
    });
    return { kind: 'private', card };
  },
});

/** What the trail keeps: the levels now, and before. */
const changed = (now: Thresholds, { lowPercent, lowMinor }: Thresholds) => ({
  ...now,
  ...(lowPercent !== undefined && { wasLowPercent: lowPercent }),
  ...(lowMinor !== undefined && { wasLowMinor: lowMinor }),
});

/** `20%`, `20 %` or an amount. The second, worse level stays under the first. */
function readThreshold(typed: string, currency: string, now: Thresholds): Thresholds {
  const percent = /^(\d{1,3})\s*(?:%|percent|per cent)$/i.exec(typed.trim())?.[1];
  if (percent === undefined) return { lowMinor: parseAmount(typed, currency) };
  const lowPercent = Number(percent);
  if (lowPercent < 1 || lowPercent > 99) {
    return refuse({ kind: 'badArgument', argument: 'at', typed, expected: 'a percentage from 1 to 99, or an amount' });
  }
  const criticalPercent = Math.min(now.criticalPercent ?? lowPercent, Math.floor(lowPercent / 2));
  return { lowPercent, ...(criticalPercent >= 1 && { criticalPercent }) };
}

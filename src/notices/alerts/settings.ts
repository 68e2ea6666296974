import { inTransaction } from '../../mongo.js';
import { writeAudit } from '../../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import { lookSoon } from './alert-row.js';
import type { QuietHours } from './quiet-hours.js';
import { AlertSettingsModel, type AlertSettingsRow, type DayLevels } from './settings-model.js';

export type { DayLevels } from './settings-model.js';

/** What a workspace chose for its alerts, or has without choosing. */
export interface AlertSettings {
  days: DayLevels;
  quiet?: QuietHours;
}

/** Enough for a working week, and for whoever must ask somebody else. */
const USUAL_DAYS: DayLevels = { low: 5, critical: 2 };

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

export async function alertSettings({ account, workspace }: Of): Promise<AlertSettings> {
  const row = await AlertSettingsModel.findOne({ _id: workspace, account }).lean<AlertSettingsRow>();
  return { days: row?.days ?? USUAL_DAYS, ...(row?.quiet && { quiet: row.quiet }) };
}

/** Sets the days under which it warns, as a whole, or the quiet hours; `off` ends them. */
export function setAlertSettings(
  change: Of & { days?: DayLevels; quiet?: QuietHours | 'off'; by: PersonId; at: Date },
): Promise<void> {
  const { account, workspace, days, quiet, by, at } = change;
  const set = { ...(days && { days }), ...(quiet && quiet !== 'off' && { quiet }) };
  return inTransaction(async () => {
    await AlertSettingsModel.updateOne(
      { _id: workspace, account },
      { $set: { account, ...set }, ...(quiet === 'off' && { $unset: { quiet: 1 } }) },
      { upsert: true },
    );
    await lookSoon(account, workspace);
    const detail = {
      ...(days && { days: days.low ?? 'off' }),
      ...(quiet && { quiet: quiet === 'off' ? 'off' : `${quiet.from} to ${quiet.to}` }),
    };
    await writeAudit({ account, workspace, by, action: 'alerts.changed', detail, at });
  });
}

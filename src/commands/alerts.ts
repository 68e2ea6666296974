import type { Form } from '../cards/card.js';
import {
  alertsCard,
  alertsForm,
  directForm,
  levelsText,
  quietForm,
  quietText,
} from '../cards/notices/alert-settings-card.js';
import type { Answer } from '../chat/invocation.js';
import type { Head, Thresholds } from '../ledger/entry.js';
import { directLimit, MOST_PER_DAY, setDirectLimit } from '../notices/alerts/direct-limit.js';
import { alertSettings, setAlertSettings } from '../notices/alerts/settings.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import { verdict } from '../workspace/permissions.js';
import { readLevels, readQuiet } from './alert-terms.js';
import { type AlertsArgs, alertsArgs, readAlerts } from './alerts-args.js';
import { askSnooze, snooze, wake } from './alerts-snooze.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith } from './context.js';

/** When a workspace warns: shown to everybody, changed and snoozed by those who may. */
export const alerts = workspaceCommand({
  args: alertsArgs,
  read: readAlerts,
  async form(context, args) {
    const { account, actor, workspace } = context;
    if (args.snooze) return args.until && args.why ? undefined : askSnooze(context, args);
    if (args.changeQuiet && !args.quiet) return quietForm(workspace, { now: await quietNow(context) });
    if (args.changeDirect && !args.direct) return directForm(workspace, await directLimit(account.id, actor.id));
    return args.change && !args.at ? alertsForm(workspace, { now: await levelsNow(context) }) : undefined;
  },
  async run(context, args) {
    if (args.snooze) return snooze(context, args);
    if (args.wake) return wake(context);
    const changed = await changedMeanwhile(context, args);
    if (changed) return { kind: 'form', form: changed };
    if (args.direct) await changeDirect(context, args.direct);
    if (args.quiet) await changeQuiet(context, args.quiet);
    if (args.at) await changeLevels(context, args.at);
    return shown(context, args);
  },
});

/** The form with what was typed, where it showed another setting than there is by now. */
async function changedMeanwhile(context: InWorkspace, { at, quiet, was }: AlertsArgs): Promise<Form | undefined> {
  if (was === undefined) return undefined;
  if (at) {
    const now = await levelsNow(context);
    return now === was ? undefined : alertsForm(context.workspace, { now, typed: at });
  }
  const now = await quietNow(context);
  return !quiet || now === was ? undefined : quietForm(context.workspace, { now, typed: quiet });
}

async function levelsNow(context: InWorkspace): Promise<string> {
  const { account, workspace } = context;
  const { days } = await alertSettings({ account: account.id, workspace: workspace.id });
  return levelsText({ thresholds: (await headOf(context)).thresholds, days }, workspace.currency);
}

async function quietNow({ account, workspace }: InWorkspace): Promise<string> {
  return quietText((await alertSettings({ account: account.id, workspace: workspace.id })).quiet);
}

async function headOf({ services, workspace }: InWorkspace): Promise<Head> {
  const head = await services.ledger.head(workspace.id);
  if (!head) throw new Error(`workspace ${workspace.id} has no wallet`);
  return head;
}

async function shown(context: InWorkspace, { at, quiet, direct }: AlertsArgs): Promise<Answer> {
  const { account, actor, membership, workspace } = context;
  const head = await headOf(context);
  const settings = await alertSettings({ account: account.id, workspace: workspace.id });
  const card = alertsCard({
    about: aboutWith(workspace, head.balanceMinor),
    thresholds: head.thresholds,
    ...settings,
    zone: workspace.timeZone,
    directPerDay: await directLimit(account.id, actor.id),
    changed: (at ?? quiet ?? direct) !== undefined,
    mayChange: verdict('setAlerts', membership.role).answer === 'yes',
  });
  return { kind: 'private', card };
}

async function changeLevels(context: InWorkspace, typed: string): Promise<void> {
  const { account, actor, at, key, services, workspace } = context;
  const head = await headOf(context);
  const { days, thresholds } = readLevels(typed, workspace.currency, head.thresholds);
  const line = { account: account.id, workspace: workspace.id, by: actor.id, at };
  if (days) await setAlertSettings({ ...line, days });
  if (!thresholds) return;
  const set = await services.ledger.setThresholds({ wallet: workspace.id, key: `settings:${key}`, thresholds, at });
  if (set.outcome === 'conflict') return refuse({ kind: 'keyConflict', key, firstUsedFor: 'other alerts' });
  await writeAudit({ ...line, action: 'alerts.changed', detail: changed(thresholds, head.thresholds) });
}

async function changeQuiet({ account, actor, at, workspace }: InWorkspace, typed: string): Promise<void> {
  const line = { account: account.id, workspace: workspace.id, by: actor.id, at };
  await setAlertSettings({ ...line, quiet: readQuiet(typed) });
}

async function changeDirect({ account, actor }: InWorkspace, typed: string): Promise<void> {
  const perDay = Number(typed);
  if (!Number.isInteger(perDay) || perDay < 0 || perDay > MOST_PER_DAY) {
    return refuse({ kind: 'badArgument', argument: 'direct', typed, expected: `a number from 0 to ${MOST_PER_DAY}` });
  }
  await setDirectLimit(account.id, actor.id, perDay);
}

/** What the trail keeps: the levels now, and before. */
const changed = (now: Thresholds, { lowPercent, lowMinor }: Thresholds) => ({
  ...now,
  ...(lowPercent !== undefined && { wasLowPercent: lowPercent }),
  ...(lowMinor !== undefined && { wasLowMinor: lowMinor }),
});

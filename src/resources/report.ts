import { DateTime } from 'luxon';
import type { Ledger, Minor } from '../ledger/entry.js';
import type { BreakdownQuery } from '../ledger/spend-query.js';
import type { AccountId, PersonId, Workspace, WorkspaceId } from '../workspace/entities.js';
import type { CampaignId } from './campaign.js';
import { getCampaign } from './campaigns.js';

export const REPORT_BY = ['resource', 'item', 'person', 'day'] as const;
export type ReportBy = (typeof REPORT_BY)[number];

/** `this`, `last` month; `2026-10`; `30d`: so many days up to now; `whole`: of a campaign, from its start to its end. */
export const REPORT_PERIOD = /^(?:this|last|whole|\d{4}-(?:0[1-9]|1[0-2])|[1-9]\d{0,3}d)$/;

/** What a report is about; nothing of it: all that the workspace spends. At most one of them. */
export interface ReportSubject {
  campaign?: CampaignId;
  /** A label that usage carries and that is no campaign's. */
  resource?: string;
  item?: string;
  person?: PersonId;
}

export interface ReportAsk extends ReportSubject {
  by: ReportBy;
  /** As REPORT_PERIOD has it. */
  period: string;
}

/** A report that is kept under a name. */
export interface Report extends ReportAsk {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  archived: boolean;
  version: number;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
}

export interface ReportRow {
  /** A name of what was paid for, a person's id, a day; absent where the engine named none. */
  label?: string;
  spentMinor: Minor;
  quantity: number;
}

export interface ReportResult {
  from: Date;
  to: Date;
  rows: readonly ReportRow[];
  spentMinor: Minor;
  quantity: number;
}

/** What is asked of the ledger for a report. Undefined where its campaign has not been started. */
export async function queryOf(
  workspace: Workspace,
  { campaign: id, resource, item, person, by, period }: ReportAsk,
  at: Date,
): Promise<BreakdownQuery | undefined> {
  const campaign = id === undefined ? undefined : await getCampaign(workspace.account, workspace.id, id);
  if (id !== undefined && !campaign?.start) return undefined;
  const label = campaign?.name ?? resource;
  const zone = workspace.timeZone;
  const whole = campaign?.start && { from: campaign.start.at, to: campaign.endedAt ?? at };
  const { from, to } = (period === 'whole' && whole) || periodMeant(period, zone, at);
  return {
    ...{ from, to, by, zone },
    ...(label !== undefined && { resource: label }),
    ...(item !== undefined && { item }),
    ...(person !== undefined && { person }),
  };
}

/** Spend and volume as the query has it, with their sums. */
export async function runReport(
  ledger: Pick<Ledger, 'breakdown'>,
  workspace: WorkspaceId,
  query: BreakdownQuery,
): Promise<ReportResult> {
  const rows = await ledger.breakdown(workspace, query);
  return {
    from: query.from,
    to: query.to,
    rows,
    spentMinor: rows.reduce((sum, row) => sum + row.spentMinor, 0),
    quantity: rows.reduce((sum, row) => sum + row.quantity, 0),
  };
}

/** Where a period begins and ends, in the workspace's zone; one that goes on ends now. */
function periodMeant(period: string, zone: string, at: Date): { from: Date; to: Date } {
  const now = DateTime.fromJSDate(at, { zone });
  // What is charged at this very moment belongs to it.
  const end = now.plus({ minutes: 1 });
  const days = /^(\d+)d$/.exec(period)?.[1];
  if (days) return { from: now.minus({ days: Number(days) }).toJSDate(), to: end.toJSDate() };
  const thisMonth = now.startOf('month');
  const month =
    period === 'last'
      ? thisMonth.minus({ months: 1 })
      : /^\d{4}-/.test(period)
        ? DateTime.fromFormat(period, 'yyyy-MM', { zone })
        : thisMonth;
  const next = month.plus({ months: 1 });
  return { from: month.toJSDate(), to: (next < end ? next : end).toJSDate() };
}

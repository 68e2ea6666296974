import { strict as assert } from 'node:assert';
import type { Log } from '../../log.js';
import { summaryCard } from '../../cards/notices/summary-card.js';
import type { Ledger, Totals } from '../../ledger/entry.js';
import { inTransaction } from '../../mongo.js';
import { getAccount } from '../../workspace/accounts.js';
import type { Workspace } from '../../workspace/entities.js';
import { headcount } from '../../workspace/headcount.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { audienceOf, cardFor } from '../audience.js';
import { forecast, recentSpend } from '../forecast.js';
import { type ScheduleRow, SummaryModel, type SummaryRow } from './summary-model.js';
import { type Notice, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { endOf, monthName, previousPeriod } from './periods.js';
import { advance, delay, dueSchedules, postpone } from './summary-schedule.js';

/** A summary found later than this is kept, but is no news any more. */
const DAY_MS = 86_400_000;
const CATCH_UP_MS = 7 * DAY_MS;
/** A workspace whose summary fails is left for this long, so that it holds up no other. */
const TROUBLED_MS = 10 * 60_000;
const BATCH = 100;

/** Makes every monthly summary that is due until the time is up; resolves with how many months it closed. */
export async function makeDueSummaries(
  deps: { ledger: Ledger; log: Pick<Log, 'error'> },
  at: Date,
  timeIsUp: () => boolean,
): Promise<number> {
  let made = 0;
  for (;;) {
    const due = await dueSchedules(at, BATCH);
    if (due.length === 0) return made;
    for (const row of due) {
      if (timeIsUp()) return made;
      try {
        if (await closeMonth(deps.ledger, row, at)) made++;
      } catch (error) {
        await delay(row, new Date(at.getTime() + TROUBLED_MS));
        deps.log.error({ err: error, workspace: row._id, period: row.period }, 'a summary could not be made');
      }
    }
  }
}

/** Closes one month: its document, its notices and the schedule's advance stand or fall together. */
async function closeMonth(ledger: Ledger, row: ScheduleRow, at: Date): Promise<boolean> {
  const workspace = await getWorkspace(row.account, row._id);
  if (!workspace) throw new Error('its workspace is gone');
  const zone = workspace.timeZone;
  const to = endOf(row.period, zone);
  if (at < to) {
    await postpone(row, zone);
    return false;
  }
  const totals = await reconciledTotals(ledger, row, to);
  const on = workspace.status === 'active' && (await getAccount(row.account))?.status === 'enabled';
  const told = on ? toldOf(to, totals, at) : 'quiet';
  const summary = toSummary(row, { zone, to, totals, told, madeAt: at });
  const notices = told === 'posted' ? await noticesOf(ledger, workspace, { ...row, to }, totals, at) : [];
  return inTransaction(async () => {
    if (!(await advance(row, zone))) return false;
    await SummaryModel.create([summary]);
    await enqueue(notices);
    return true;
  });
}

/** The month's totals; the chain's own balance at its end must say the same. */
async function reconciledTotals(ledger: Ledger, row: ScheduleRow, to: Date): Promise<Totals> {
  const totals = await ledger.totals(row._id, row.from, to);
  const { openingMinor: closesAt } = await ledger.totals(row._id, to, to);
  assert.equal(
    totals.openingMinor + totals.inMinor - totals.outMinor,
    closesAt,
    'the month does not add up to its closing balance',
  );
  return totals;
}

function toldOf(to: Date, totals: Totals, at: Date): SummaryRow['told'] {
  const nothing = totals.openingMinor === 0 && totals.inMinor === 0 && totals.outMinor === 0;
  if (nothing) return 'quiet';
  return at.getTime() - to.getTime() > CATCH_UP_MS ? 'late' : 'posted';
}

function toSummary(
  row: ScheduleRow,
  of: { zone: string; to: Date; totals: Totals; told: SummaryRow['told']; madeAt: Date },
): SummaryRow {
  const { totals, ...rest } = of;
  const { openingMinor, inMinor, outMinor, closingMinor } = totals;
  return {
    _id: summaryId(row._id, row.period),
    account: row.account,
    workspace: row._id,
    period: row.period,
    from: row.from,
    ...rest,
    openingMinor,
    inMinor,
    outMinor,
    closingMinor,
    byResource: dearest(totals.spendByResource),
    byPerson: dearest(totals.spendByPerson),
  };
}

async function noticesOf(
  ledger: Ledger,
  workspace: Workspace,
  row: ScheduleRow & { to: Date },
  totals: Totals,
  at: Date,
): Promise<Notice[]> {
  const { account, id, timeZone: zone } = workspace;
  const earlier = previousPeriod(row.period);
  const [audience, licences, spend, before, head] = await Promise.all([
    audienceOf(account, id, 'summaries'),
    headcount(account, id),
    recentSpend(ledger, id, zone, at),
    SummaryModel.findOne({ _id: summaryId(id, earlier), account }).lean<SummaryRow>(),
    ledger.head(id),
  ]);
  const about = {
    id,
    name: workspace.name,
    currency: workspace.currency,
    balanceMinor: head?.balanceMinor ?? totals.closingMinor,
  };
  const card = summaryCard({
    about,
    ...totals,
    month: monthName(row.period, at, zone),
    byResource: dearest(totals.spendByResource),
    days: Math.max(1, Math.round((row.to.getTime() - row.from.getTime()) / DAY_MS)),
    ...(before && { before: { month: monthName(earlier, at, zone), outMinor: before.outMinor } }),
    lasts: forecast(about.balanceMinor, spend.dailySpendMinor, at),
    licences,
  });
  return audience.to.map((to) => ({
    id: `${summaryId(id, row.period)}:${recipientKey(to)}`,
    account,
    workspace: id,
    to,
    card: cardFor(audience, card, about),
  }));
}

function summaryId(workspace: string, period: string): string {
  return `summary:${workspace}:${period}`;
}

function dearest(spend: ReadonlyMap<string, number>): [string, number][] {
  return [...spend].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]);
}

import { DateTime } from 'luxon';
import { z } from 'zod';
import { downloadCard } from '../cards/download-card.js';
import {
  accountCharts,
  type AccountSummaryFacts,
  accountSummaryCard,
} from '../cards/summaries/account-summary-card.js';
import { summaryCharts } from '../cards/summaries/summary-charts.js';
import { usageCard } from '../cards/summaries/usage-card.js';
import type { Answer } from '../chat/invocation.js';
import { accountMonth } from '../notices/summaries/account-month.js';
import { type Month, summaryFacts } from '../notices/summaries/month.js';
import { beginningOf, endOf, nextPeriod, type Period, periodOf, previousPeriod } from '../notices/summaries/periods.js';
import { readMonth } from '../notices/summaries/read-month.js';
import { refuse } from '../refusal.js';
import { getPerson } from '../workspace/people.js';
import { flag } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace, readersLocale } from './context.js';
import { monthMeant, MONTHS } from './months.js';
import { whoSpent } from './who-spent.js';

export const usage = workspaceCommand({
  args: z.strictObject({ month: z.string().max(20).optional(), csv: flag, all: flag }),
  read(words) {
    const csv = words.choice(['csv']) !== undefined;
    const all = words.choice(['all']) !== undefined;
    const month = words.choice(['this', 'last', ...MONTHS]) ?? words.matching(/^\d{4}-\d{2}$/);
    words.choice(['month', "month's"]);
    if (words.choice(['so'])) words.choice(['far']);
    return { month, all, csv: csv || words.choice(['csv']) !== undefined };
  },
  run(context, { month = 'this', csv, all }) {
    if (all) return showAccountSummary(context, month, csv);
    return csv ? exportSummary(context, month) : showUsage(context, month);
  },
});

/** A month as its summary tells it, over or so far, in the workspace's own time zone. */
export async function showUsage(context: InWorkspace, asked: string): Promise<Answer> {
  const { at, services, workspace } = context;
  const period = periodMeant(context, asked);
  const month = await readMonth(services.ledger, workspace, period, at);
  const facts = summaryFacts(month);
  const charts = summaryCharts(facts);
  const picture = charts.length > 0 ? services.pictureOf(charts, readersLocale(context)) : undefined;
  const card = usageCard(
    facts,
    { charts, picture },
    { ...(await whoSpent(context, month.totals.spendByPerson)), months: monthsBeside(month) },
  );
  return { kind: 'private', card };
}

function periodMeant({ at, workspace: { timeZone: zone } }: InWorkspace, asked: string): Period {
  return periodOf(monthMeant(asked, DateTime.fromJSDate(at, { zone })).toJSDate(), zone);
}

/** A month in all workspaces of the account: for its owner, as others know of their own workspaces alone. */
async function showAccountSummary(context: InWorkspace, asked: string, csv?: boolean): Promise<Answer> {
  const { account, actor, at, services } = context;
  if (account.owner !== actor.id) {
    const owner = await getPerson(account.id, account.owner);
    return refuse({ kind: 'notAllowed', doing: 'see all workspaces together', holders: owner ? [owner.name] : [] });
  }
  const zone = account.timeZone;
  const period = periodOf(monthMeant(asked, DateTime.fromJSDate(at, { zone })).toJSDate(), zone);
  const facts = await accountMonth(services.ledger, account, period, at);
  if (csv) return exportAccountSummary(context, facts);
  const charts = accountCharts(facts);
  const picture = charts.length > 0 ? services.pictureOf(charts, readersLocale(context)) : undefined;
  return { kind: 'private', card: accountSummaryCard(facts, { charts, picture }) };
}

async function exportAccountSummary(
  { account, actor, at, services, workspace }: InWorkspace,
  { period, month, workspaces }: AccountSummaryFacts,
): Promise<Answer> {
  const lines = workspaces.map(({ lasts: _lasts, ...line }) => line);
  const what = { kind: 'accountSummary', period, lines } as const;
  const url = await services.createDownload({
    ...{ account: account.id, workspace: workspace.id, person: actor.id },
    ...{ what, at },
  });
  const about = await aboutWorkspace(services.ledger, workspace);
  return {
    kind: 'private',
    card: downloadCard({ about, what: `${account.name}'s ${month} in all workspaces is ready as CSV.`, url }),
  };
}

/** All of it as a file. */
async function exportSummary(context: InWorkspace, asked: string): Promise<Answer> {
  const period = periodMeant(context, asked);
  const { account, actor, at, services, workspace } = context;
  const zone = workspace.timeZone;
  const query = { period, from: beginningOf(period, zone), to: endOf(period, zone) };
  const what = { kind: 'summary', query } as const;
  const url = await services.createDownload({
    account: account.id,
    workspace: workspace.id,
    person: actor.id,
    what,
    at,
  });
  const about = await aboutWorkspace(services.ledger, workspace);
  const name = DateTime.fromJSDate(query.from, { zone }).setLocale('en-GB').toFormat('LLLL yyyy');
  const card = downloadCard({ about, what: `${workspace.name}'s summary of ${name} is ready as CSV.`, url });
  return { kind: 'private', card };
}

/** The months before and after, as far as there are any. */
function monthsBeside({ workspace, period, running, at }: Month): { month: string; label: string }[] {
  const zone = workspace.timeZone;
  const earlier = previousPeriod(period);
  const later = nextPeriod(period);
  const name = (of: Period) => DateTime.fromISO(of).setLocale('en-GB').toFormat('LLLL');
  return [
    ...(workspace.createdAt < endOf(earlier, zone) ? [{ month: earlier, label: name(earlier) }] : []),
    ...(running ? [] : [{ month: later, label: later === periodOf(at, zone) ? `${name(later)} so far` : name(later) }]),
  ];
}

import { DateTime } from 'luxon';
import type { Json } from '../cards/card.js';
import { downloadCard } from '../cards/download-card.js';
import { reportCard, type ReportLine } from '../cards/resources/report-cards.js';
import {
  daysFrom,
  lastDays,
  monthSpan,
  NOT_STARTED_YET,
  PERIOD_LABELS,
  reportFileReady,
  unnamedLine,
} from '../cards/resources/report-words.js';
import type { Answer } from '../chat/invocation.js';
import { queryOf, REPORT_BY, type ReportAsk, type ReportBy, type ReportRow, runReport } from '../resources/report.js';
import { peopleByIds } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import type { ReportCallArgs } from './report-args.js';
import { reportWanted, seesPeople } from './report-subject.js';

/** What a button carries to ask for the same report again. */
export function argsOfAsk({ campaign, resource, item, person, by, period }: ReportAsk): Record<string, Json> {
  return {
    ...(campaign !== undefined && { campaign }),
    ...(resource !== undefined && { resource }),
    ...(item !== undefined && { item }),
    ...(person !== undefined && { person }),
    ...{ by, period },
  };
}

export async function showReport(context: InWorkspace, args: ReportCallArgs): Promise<Answer> {
  const { at, services, workspace } = context;
  const { ask, campaign, saved, subject } = await reportWanted(context, args);
  const query = await queryOf(workspace, ask, at);
  const nothing = { rows: [], spentMinor: 0, quantity: 0 };
  const result = query ? await runReport(services.ledger, workspace.id, query) : nothing;
  const card = reportCard({
    about: await aboutWorkspace(services.ledger, workspace),
    ...(subject !== undefined && { subject }),
    period: query ? periodWords(ask.period, query, { zone: workspace.timeZone, at }) : NOT_STARTED_YET,
    by: ask.by,
    lines: await linesOf(context, ask.by, result.rows),
    spentMinor: result.spentMinor,
    quantity: result.quantity,
    ...(campaign?.start && ask.period === 'whole' && { estimateMinor: campaign.start.estimateMinor }),
    args: argsOfAsk(ask),
    ways: waysOf(context, ask),
    periods: periodsOf(ask),
    ...(saved && { saved: { id: saved.id, name: saved.name } }),
  });
  return { kind: 'private', card };
}

/** All of its lines as a file. */
export async function exportReport(context: InWorkspace, args: ReportCallArgs): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const { ask, subject } = await reportWanted(context, args);
  const query = await queryOf(workspace, ask, at);
  if (!query) return showReport(context, args);
  const what = { kind: 'report', query } as const;
  const of = { account: account.id, workspace: workspace.id, person: actor.id, what, at };
  const period = periodWords(ask.period, query, { zone: workspace.timeZone, at });
  const card = downloadCard({
    about: await aboutWorkspace(services.ledger, workspace),
    what: reportFileReady(subject ?? workspace.name, period),
    url: await services.createDownload(of),
  });
  return { kind: 'private', card };
}

async function linesOf({ account }: InWorkspace, by: ReportBy, rows: readonly ReportRow[]): Promise<ReportLine[]> {
  const labels = rows.flatMap(({ label }) => label ?? []);
  const people = by === 'person' ? await peopleByIds(account.id, labels) : undefined;
  const words = (label: string | undefined): string => {
    if (label === undefined) return unnamedLine(by);
    if (by === 'day') return DateTime.fromISO(label).setLocale('en-GB').toFormat('d LLL');
    return people?.get(label)?.name ?? label;
  };
  return rows.map(({ label, ...sums }) => ({ label: words(label), ...sums }));
}

/** The other ways to look at it; what it is about has one value only. */
function waysOf(context: InWorkspace, { campaign, resource, item, person, by }: ReportAsk): ReportBy[] {
  return REPORT_BY.filter((way) => {
    if (way === by) return false;
    if (way === 'resource') return campaign === undefined && resource === undefined;
    if (way === 'item') return item === undefined;
    return way === 'day' || (person === undefined && seesPeople(context));
  });
}

function periodsOf({ campaign, period }: ReportAsk): { period: string; label: string }[] {
  const all = ['this', 'last', campaign === undefined ? '30d' : 'whole'] as const;
  return all.filter((one) => one !== period).map((one) => ({ period: one, label: PERIOD_LABELS[one] }));
}

/** `November so far`, `October 2025`, `the last 30 days`, `16 Nov 2026 to now`. */
function periodWords(period: string, { from, to }: { from: Date; to: Date }, now: { zone: string; at: Date }): string {
  const { zone, at } = now;
  const runs = to > at;
  const days = /^(\d+)d$/.exec(period)?.[1];
  if (days) return lastDays(days);
  if (period === 'whole') {
    const ended = !runs && to.getTime() !== at.getTime();
    return daysFrom(from, ended ? to : undefined, zone);
  }
  const month = DateTime.fromJSDate(from, { zone }).setLocale('en-GB');
  const thisYear = month.year === DateTime.fromJSDate(at, { zone }).year;
  return monthSpan(month.toFormat(thisYear ? 'LLLL' : 'LLLL yyyy'), runs);
}

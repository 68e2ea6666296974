import { reportsCard } from '../cards/resources/report-cards.js';
import { SOMEBODY_WHO_LEFT } from '../cards/somebody.js';
import type { Answer } from '../chat/invocation.js';
import { changeReport, findReports, saveReport } from '../resources/reports.js';
import { digest } from '../workspace/canonical.js';
import { peopleByIds } from '../workspace/people.js';
import { zoneOf } from './campaign-choices.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findReport, placeOf } from './find-campaign.js';
import type { ReportCallArgs } from './report-args.js';
import { showReport } from './report-show.js';
import { reportWanted } from './report-subject.js';

const PAGE = 8;

export async function listReports(context: InWorkspace, args: ReportCallArgs): Promise<Answer> {
  const { account, services, workspace } = context;
  const { before, what } = args;
  const archived = what === 'archived';
  const { found: reports, more } = await findReports({
    ...placeOf(context),
    archived,
    limit: PAGE,
    ...(before && { before }),
  });
  const people = await peopleByIds(account.id, [...new Set(reports.map(({ createdBy }) => createdBy))]);
  const last = reports.at(-1);
  const card = reportsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    reports: reports.map(({ id, name, createdBy, createdAt }) => ({
      ...{ id, name, createdAt: createdAt.toISOString() },
      by: people.get(createdBy)?.name ?? SOMEBODY_WHO_LEFT,
    })),
    archived,
    ...(before && { before }),
    ...(more && last && { older: last.id }),
  });
  return { kind: 'private', card, replace: before !== undefined };
}

/** Keeps what is asked for under the name that the form gave. */
export async function keepReport(context: InWorkspace, args: ReportCallArgs): Promise<Answer> {
  const { actor, at, key } = context;
  const { ask } = await reportWanted(context, args);
  const { name = '' } = args;
  const client = { key: `chat:${actor.id}:${key}`, hash: digest({ name, ask }) };
  const saved = await saveReport({ ...placeOf(context), name, ask, by: actor.id, client, at });
  return showReport(context, { report: saved.id });
}

export async function putReportAway(context: InWorkspace, { report = '' }: ReportCallArgs): Promise<Answer> {
  const { id } = await findReport(context, report);
  await changeReport({ ...placeOf(context), id, archived: true, by: context.actor.id, at: context.at });
  return listReports(context, { what: 'saved' });
}

export async function takeReportBack(context: InWorkspace, { report = '' }: ReportCallArgs): Promise<Answer> {
  const { id } = await findReport(context, report);
  await changeReport({ ...placeOf(context), id, archived: false, by: context.actor.id, at: context.at });
  return showReport(context, { report: id });
}

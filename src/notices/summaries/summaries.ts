import type { Ledger } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import type { Pictures } from '../../charts/pictures.js';
import { accountsAmong, type Among, workspacesAmong } from '../../workspace/among.js';
import { outboxHasRoom } from '../outbox/backlog.js';
import { closeMonths, type Closing } from './close-months.js';
import { endOf } from './periods.js';
import { type Due, readDueMonths } from './read-due-months.js';
import { summaryAudiences } from './summary-audiences.js';
import type { ScheduleRow } from './summary-model.js';
import { delay, dueSchedules, postpone } from './summary-schedule.js';

/** What making summaries takes. */
export interface SummaryDeps {
  ledger: Ledger;
  pictureOf: Pictures['addressOf'];
  log: Pick<Log, 'error'>;
}

/** A workspace whose summary fails is left for this long, so that it holds up no other. */
const TROUBLED_MS = 10 * 60_000;
/** One transaction's worth. */
const BATCH = 200;

/** Makes every monthly summary that is due until the time is up; resolves with how many months it closed. */
export async function makeDueSummaries(deps: SummaryDeps, at: Date, timeIsUp: () => boolean): Promise<number> {
  let made = 0;
  while (!timeIsUp() && (await outboxHasRoom(at))) {
    const due = await dueSchedules(at, BATCH);
    if (due.length === 0) break;
    made += await closeTogether(deps, due, at);
  }
  return made;
}

/** In one transaction, and each by itself where that fails or somebody else was faster with one of them. */
async function closeTogether(deps: SummaryDeps, rows: readonly ScheduleRow[], at: Date): Promise<number> {
  try {
    const closed = await closeAll(deps, rows, at);
    if (closed !== 'overtaken') return closed;
    if (rows.length === 1) return 0;
  } catch (error) {
    const [only, ...others] = rows;
    if (only && others.length === 0) return setAside(deps, only, error, at);
    deps.log.error({ err: error, summaries: rows.length }, 'summaries could not be made together');
  }
  let closed = 0;
  for (const row of rows) closed += await closeTogether(deps, [row], at);
  return closed;
}

async function closeAll(deps: SummaryDeps, rows: readonly ScheduleRow[], at: Date): Promise<number | 'overtaken'> {
  const among: Among = {
    accounts: [...new Set(rows.map(({ account }) => account))],
    workspaces: rows.map(({ _id }) => _id),
  };
  const [workspaces, accounts, audiences] = await Promise.all([
    workspacesAmong(among),
    accountsAmong(among),
    summaryAudiences(among),
  ]);
  const due: Due[] = [];
  for (const row of rows) {
    const workspace = workspaces.get(row._id);
    if (!workspace) await setAside(deps, row, new Error('its workspace is gone'), at);
    else if (at < endOf(row.period, workspace.timeZone)) await postpone(row, workspace.timeZone);
    else due.push({ row, workspace });
  }
  const reads = await readDueMonths(deps.ledger, due, among, at);
  const closing: Closing[] = [];
  for (const { row, workspace } of due) {
    const read = reads.get(row._id)!;
    const account = accounts.get(row.account);
    if ('fault' in read) await setAside(deps, row, read.fault, at);
    else {
      const audience = audiences.get(row._id)!;
      const on = workspace.status === 'active' && account?.status === 'enabled';
      closing.push({ row, month: read.month, audience, on, ...(account?.locale && { locale: account.locale }) });
    }
  }
  return closing.length === 0 ? 0 : closeMonths(deps, closing, at);
}

async function setAside({ log }: SummaryDeps, row: ScheduleRow, error: unknown, at: Date): Promise<0> {
  await delay(row, new Date(at.getTime() + TROUBLED_MS));
  log.error({ err: error, workspace: row._id, period: row.period }, 'a summary could not be made');
  return 0;
}

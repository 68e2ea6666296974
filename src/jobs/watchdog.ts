import type { Db } from 'mongodb';
import { type LedgerProof, ledgerProof } from '../ledger/verify-round.js';
import type { Log } from '../log.js';
import { outboxHealth, type OutboxHealth } from '../notices/outbox/health.js';
import { JOBS } from './clock.js';
import type { Sweep } from './sweep.js';

export interface Health {
  /** Sweeps without a document in Agenda's collection: nothing wakes them. */
  missing: string[];
  /** Sweeps that should have run long ago. */
  overdue: string[];
  /** How late the longest-waiting due document of a sweep is, of those that can tell. */
  lateMs: Readonly<Record<string, number>>;
  outbox: OutboxHealth;
  ledger: LedgerProof;
}

const OVERDUE_MS = 3 * 60_000;
const LATE_ROW_MS = 60_000;

/** Looks from outside Agenda whether the sweeps are woken and the outbox drains. */
export async function inspect(db: Db, sweeps: readonly Sweep[], at: Date): Promise<Health> {
  const jobs = await db
    .collection(JOBS)
    .find({ name: { $in: sweeps.map(({ name }) => name) } }, { projection: { name: 1, nextRunAt: 1 } })
    .toArray();
  const nextRuns = new Map(jobs.map((job): [unknown, unknown] => [job['name'], job['nextRunAt']]));
  const isOverdue = (next: unknown) => !(next instanceof Date) || at.getTime() - next.getTime() > OVERDUE_MS;
  const names = sweeps.map(({ name }) => name);
  return {
    missing: names.filter((name) => !nextRuns.has(name)),
    overdue: names.filter((name) => nextRuns.has(name) && isOverdue(nextRuns.get(name))),
    lateMs: await lateMs(sweeps, at),
    outbox: await outboxHealth(at),
    ledger: await ledgerProof(db, at),
  };
}

async function lateMs(sweeps: readonly Sweep[], at: Date): Promise<Record<string, number>> {
  const late: [string, number][] = [];
  for (const sweep of sweeps) {
    if (!sweep.oldestDue) continue;
    const since = await sweep.oldestDue(at);
    late.push([sweep.name, since ? Math.max(0, at.getTime() - since.getTime()) : 0]);
  }
  return Object.fromEntries(late);
}

/** Looks every `everyMs`, hands what it saw to `report` and logs what somebody must mend. */
export function startWatchdog(deps: {
  db: Db;
  sweeps: readonly Sweep[];
  log: Pick<Log, 'error'>;
  report: (health: Health) => void;
  everyMs?: number;
  now?: () => Date;
}): { stop(): Promise<void> } {
  const now = deps.now ?? (() => new Date());
  let looking: Promise<void> | undefined;
  const look = async () => {
    try {
      const health = await inspect(deps.db, deps.sweeps, now());
      deps.report(health);
      const { missing, overdue, outbox } = health;
      if (missing.length > 0 || overdue.length > 0) deps.log.error({ missing, overdue }, 'sweeps are not woken');
      if (outbox.oldestDueMs > LATE_ROW_MS) deps.log.error({ ...outbox }, 'notices are late');
    } catch (error) {
      deps.log.error({ err: error }, 'the watchdog could not look');
    }
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined));
  }, deps.everyMs ?? 30_000);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

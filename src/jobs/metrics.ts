import { Counter, Gauge } from 'prom-client';
import type { Outcome } from '../notices/send-row.js';
import type { Health } from './watchdog.js';

const oldestDue = new Gauge({
  name: 'outbox_oldest_due_seconds',
  help: 'How long the longest-waiting due notice has waited.',
});
const unknown = new Gauge({ name: 'outbox_unknown', help: 'Notices of which nobody knows whether they arrived.' });
const dead = new Gauge({ name: 'outbox_dead', help: 'Notices that were given up.' });
const unwoken = new Gauge({ name: 'sweeps_not_woken', help: 'Sweeps that are missing or overdue.' });
const outcomes = new Counter({
  name: 'outbox_rows_total',
  help: 'What became of rows taken in hand.',
  labelNames: ['outcome'],
});

/** Shows on /metrics what the watchdog saw. */
export function reportHealth({ missing, overdue, outbox }: Health): void {
  oldestDue.set(outbox.oldestDueMs / 1000);
  unknown.set(outbox.unknown);
  dead.set(outbox.dead);
  unwoken.set(missing.length + overdue.length);
}

/** Counts what became of each row the dispatcher took in hand. */
export function countOutcome(outcome: Outcome): void {
  outcomes.inc({ outcome });
}

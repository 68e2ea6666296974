import { Counter, Gauge, Histogram } from 'prom-client';
import type { Outcome, Way } from '../notices/outbox/send-row.js';
import type { DeliveryOutcome } from '../webhooks/deliver.js';
import type { Ran } from './sweep.js';
import type { Health } from './watchdog.js';

const oldestDue = new Gauge({
  name: 'outbox_oldest_due_seconds',
  help: 'How long the longest-waiting due notice has waited.',
});
const due = new Gauge({ name: 'outbox_due', help: 'Notices that are due and not sent yet.' });
const unknown = new Gauge({ name: 'outbox_unknown', help: 'Notices of which nobody knows whether they arrived.' });
const dead = new Gauge({ name: 'outbox_dead', help: 'Notices that were given up.' });
const unwoken = new Gauge({ name: 'sweeps_not_woken', help: 'Sweeps that are missing or overdue.' });
const outcomes = new Counter({
  name: 'outbox_rows_total',
  help: 'What became of rows taken in hand, by where they went: the rate of those sent is posts a second.',
  labelNames: ['outcome', 'platform'],
});
const late = new Gauge({
  name: 'sweep_oldest_due_seconds',
  help: 'How long the longest-waiting due document of a sweep has waited.',
  labelNames: ['sweep'],
});
const runs = new Histogram({
  name: 'sweep_duration_seconds',
  help: 'How long the runs of a sweep took.',
  labelNames: ['sweep', 'outcome'],
  buckets: [0.01, 0.05, 0.2, 1, 5, 20],
});
const webhookOutcomes = new Counter({
  name: 'webhook_events_total',
  help: 'What became of events for outgoing webhooks taken in hand.',
  labelNames: ['outcome'],
});
const ledgerFindings = new Gauge({
  name: 'ledger_findings',
  help: 'What did not add up in the last whole round of the verifier, or in the one under way.',
});
const ledgerEntries = new Gauge({
  name: 'ledger_verified_entries',
  help: 'Entries that the last whole round of the verifier proved.',
});
const ledgerAge = new Gauge({
  name: 'ledger_verified_age_seconds',
  help: 'Since the last whole round of the verifier began; NaN before the first.',
});
const ledgerWork = new Counter({
  name: 'ledger_swept_total',
  help: 'Entries added to the running totals, holds expired and entries verified by the sweeps.',
  labelNames: ['work'],
});
const failedTurns = new Counter({
  name: 'ledger_turns_failed_total',
  help: 'Turns among processes that could not be taken or given. Costs speed, not correctness.',
});

/** Shows on /metrics what the watchdog saw. */
export function reportHealth({ missing, overdue, lateMs, outbox, ledger }: Health): void {
  oldestDue.set(outbox.oldestDueMs / 1000);
  due.set(outbox.due);
  unknown.set(outbox.unknown);
  dead.set(outbox.dead);
  for (const [sweep, ms] of Object.entries(lateMs)) late.set({ sweep }, ms / 1000);
  unwoken.set(missing.length + overdue.length);
  ledgerFindings.set(ledger.findings);
  ledgerEntries.set(ledger.entries);
  ledgerAge.set(ledger.ageMs === undefined ? Number.NaN : ledger.ageMs / 1000);
}

/** Counts what became of each row the dispatcher took in hand. */
export function countOutcome(outcome: Outcome, platform: Way): void {
  outcomes.inc({ outcome, platform });
}

/** Measures one run of a sweep. */
export function countRun({ sweep, tookMs, outcome }: Ran): void {
  runs.observe({ sweep, outcome }, tookMs / 1000);
}

/** Counts what became of each event for a workspace's endpoint. */
export function countWebhook(outcome: DeliveryOutcome): void {
  webhookOutcomes.inc({ outcome });
}

/** Counts a turn among the ledger's processes that was done without. */
export function countFailedTurn(): void {
  failedTurns.inc();
}

/** Counts what the ledger's sweeps did. */
export function countLedgerWork(work: 'projected' | 'expired' | 'verified', count: number): void {
  ledgerWork.inc({ work }, count);
}

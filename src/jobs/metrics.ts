import { Counter, Gauge } from 'prom-client';
import type { Outcome } from '../notices/outbox/send-row.js';
import type { DeliveryOutcome } from '../webhooks/deliver.js';
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
export function reportHealth({ missing, overdue, outbox, ledger }: Health): void {
  oldestDue.set(outbox.oldestDueMs / 1000);
  unknown.set(outbox.unknown);
  dead.set(outbox.dead);
  unwoken.set(missing.length + overdue.length);
  ledgerFindings.set(ledger.findings);
  ledgerEntries.set(ledger.entries);
  ledgerAge.set(ledger.ageMs === undefined ? Number.NaN : ledger.ageMs / 1000);
}

/** Counts what became of each row the dispatcher took in hand. */
export function countOutcome(outcome: Outcome): void {
  outcomes.inc({ outcome });
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

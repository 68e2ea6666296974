import { Counter, Gauge } from 'prom-client';
import type { Reconciled } from '../payments/payments.js';
import type { PaymentHealth } from '../payments/health.js';

const stuck = new Gauge({
  name: 'payments_stuck',
  help: 'Charges whose outcome is not known for ten minutes, and payments that are on their way for a week.',
});
const suspended = new Gauge({
  name: 'payments_in_suspense',
  help: 'Payments that fit no top-up and that nobody has resolved.',
});
const swept = new Counter({
  name: 'payments_swept_total',
  help: 'What the reconciler found: top-ups credited, events that no webhook told of, and what could not be looked up.',
  labelNames: ['what'],
});

const clearing = new Counter({
  name: 'payments_clearing_total',
  help: "Lines of the provider's account that were held against the ledger, and findings: what does not agree.",
  labelNames: ['what'],
});

/** Shows on /metrics how payments are, and what the reconciler had to make good. */
export function reportPayments(health: PaymentHealth, { credited, followed, troubled }: Reconciled): void {
  stuck.set(health.stuck);
  suspended.set(health.suspended);
  swept.inc({ what: 'credited' }, credited);
  swept.inc({ what: 'followed' }, followed);
  swept.inc({ what: 'troubled' }, troubled);
}

/** Counts what was held against the provider's account. */
export function countClearing(compared: number, findings: number): void {
  clearing.inc({ what: 'compared' }, compared);
  clearing.inc({ what: 'findings' }, findings);
}

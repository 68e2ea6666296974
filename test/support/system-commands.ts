/**
 * The system's sweeps look through every account: each of their commands that names none, by what it looks for. What
 * they find they go on with inside its account. Nothing that people ask for may be in this list.
 */
export const SWEEP_COMMANDS = {
  alerts: [
    'alerts.distinct _id',
    'alerts.find lookAt',
    'cursors.find _id',
    'cursors.update _id',
    'entries.find alert.at',
    'workspaces.find _id',
  ],
  outbox: [
    'outbox.aggregate state, rank, dueAt',
    'outbox.distinct state, rank, queue, dueAt',
    'outbox.find state, leaseUntil',
    'outbox.find state, rank, queue, dueAt',
    'outbox.find state, rank, queue, dueAt, lane',
  ],
  expiries: ['invitations.find state, expiresAt', 'requests.find state, expiresAt'],
  reminders: ['requests.find state, nextStepAt'],
  approved: ['requests.find state, decidedAt, result'],
  ledger: ['entries.find s', 'ledgerOpenHolds.find expiresAt'],
  migrations: ['migrations.distinct _id, doneAt'],
  verify: ['entries.find ', 'entries.find $or', 'ledgerRounds.find _id', 'ledgerRounds.update _id'],
  automatic: ['automatic_payments.find checkAt'],
  receipts: ['payment_reversals.find receipt, kind', 'top_ups.find state, receipt'],
  topUps: [
    'top_ups.aggregate state, createdAt',
    'top_ups.aggregate state, method, needsCardholder, charge.chosenAt',
    'top_ups.find $or, told',
    'top_ups.find state',
    'top_ups.find state, settledAt',
  ],
  payments: [
    'payment_cursors.find _id',
    'payment_cursors.update _id',
    'payment_events.find _id',
    'payment_suspense.aggregate resolvedAt',
    'payment_reversals.find told',
    'payment_suspense.find told',
  ],
  transfers: ['transfers.find state, askedAt', 'transfers.find told'],
  webhooks: ['webhook_deliveries.find state, dueAt', 'webhook_deliveries.update state, leaseUntil'],
  campaigns: ['campaigns.find state, askedAt', 'campaigns.find told'],
  keyAges: ['policies.find values.keyMaxAgeDays'],
  meetings: ['policies.find values.meetingRetentionDays'],
  handovers: ['handovers.find state, expiresAt', 'payment_customers.find former'],
  continuity: ['accounts.find ', 'continuity.find state'],
  summaries: [
    'account_summary_schedules.find dueAt',
    'summary_schedules.distinct _id',
    'summary_schedules.find dueAt',
    'workspaces.find ',
  ],
};

/** What else looks through every account, and is nothing that people ask for. */
export const SYSTEM_COMMANDS = {
  clock: [
    'agendaJobs.find name',
    'agendaJobs.findAndModify name',
    'agendaJobs.findAndModify name, disabled, $or',
    'agendaJobs.update _id, name',
    'agendaJobs.update lastModifiedBy, lockedAt',
    'agendaJobs.update name, repeatInterval',
  ],
  migrations: [
    'migrations.distinct _id, doneAt',
    'migrations.find _id, doneAt',
    'migrations.findAndModify _id, doneAt, leaseUntil',
    'migrations.update _id, fence, doneAt',
    'outbox.find state, leaseUntil, queue',
    'outbox.find state, queue',
    'outbox.find state, rank, queue',
  ],
  metrics: ['outbox.aggregate state', 'outbox.aggregate state, dueAt', 'outbox.find state, dueAt'],
  operator: [
    'ledgerTotals.find u',
    'outbox.find state',
    'outbox.update _id, state',
    'outbox.update state',
    'payment_suspense.find resolvedAt',
    'payment_suspense.findAndModify _id, resolvedAt',
  ],
  tokens: ['slackInstallations.find expiresAt'],
  provider: ['payment_events.update _id'],
  /** Whose turn it is to write first, by lanes of wallets: wrong without harm. */
  turns: ['ledgerTurns.find _id', 'ledgerTurns.findAndModify _id'],
};

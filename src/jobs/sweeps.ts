import { alertEnrolmentSweep, alertLookSweep, alertSweep } from './alert-sweep.js';
import { approvedSweep } from './approved-sweep.js';
import { automaticSweep } from './automatic-sweep.js';
import { campaignSweep } from './campaign-sweep.js';
import { clearingSweep } from './clearing-sweep.js';
import { continuitySweep } from './continuity-sweep.js';
import { expirySweep } from './expiry-sweep.js';
import { handoverSweep } from './handover-sweep.js';
import { keyAgeSweep } from './key-age-sweep.js';
import { holdsSweep, runningTotalsSweep, verifySweep } from './ledger-sweeps.js';
import { meetingSweep } from './meeting-sweep.js';
import { migrationSweep } from './migration-sweep.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { outboxSweep } from './outbox-sweep.js';
import { receiptSweep } from './receipt-sweep.js';
import { accountSummarySweep, enrolmentSweep, summarySweep } from './summary-sweeps.js';
import { reminderSweep } from './reminder-sweep.js';
import type { Sweep } from './sweep.js';
import { topUpSweep } from './top-up-sweep.js';
import { transferSweep } from './transfer-sweep.js';
import { webhookSweep } from './webhook-sweep.js';

type Needs = Parameters<typeof outboxSweep>[0] &
  Parameters<typeof webhookSweep>[0] &
  Parameters<typeof alertSweep>[0] &
  Parameters<typeof alertLookSweep>[0] &
  Parameters<typeof topUpSweep>[0] &
  Parameters<typeof clearingSweep>[0] &
  Parameters<typeof automaticSweep>[0] &
  Parameters<typeof transferSweep>[0] &
  Parameters<typeof campaignSweep>[0] &
  Parameters<typeof receiptSweep>[0] &
  Parameters<typeof summarySweep>[0] &
  Parameters<typeof expirySweep>[0] &
  Parameters<typeof handoverSweep>[0] &
  Parameters<typeof continuitySweep>[0] &
  Parameters<typeof verifySweep>[0];

/** Every sweep of the product. */
export function allSweeps(needs: Needs): Sweep[] {
  return [
    outboxSweep(needs),
    webhookSweep(needs),
    alertSweep(needs),
    alertLookSweep(needs),
    alertEnrolmentSweep(),
    topUpSweep(needs),
    clearingSweep(needs),
    automaticSweep(needs),
    transferSweep(needs),
    campaignSweep(needs),
    receiptSweep(needs),
    summarySweep(needs),
    enrolmentSweep(needs),
    expirySweep(needs),
    handoverSweep(needs),
    accountSummarySweep(needs),
    continuitySweep(needs),
    reminderSweep(needs),
    keyAgeSweep(needs),
    meetingSweep(needs),
    approvedSweep(needs),
    migrationSweep({ migrations: MIGRATIONS }),
    runningTotalsSweep(needs),
    holdsSweep(needs),
    verifySweep(needs),
  ];
}

import type { Card } from '../../src/cards/card.js';
import { apologyCard } from '../../src/cards/refusals/apology-card.js';
import { nothingDoneCard } from '../../src/cards/refusals/nothing-done-card.js';
import { ALERT_SAMPLES } from './alert-samples.js';
import { ASKED_SAMPLES } from './asked-samples.js';
import { AUTOMATIC_SAMPLES } from './automatic-samples.js';
import { BALANCE_SAMPLES } from './balance-samples.js';
import { CAMPAIGN_SAMPLES } from './campaign-samples.js';
import { CHANNEL_SAMPLES } from './channel-samples.js';
import { FORECAST_SAMPLES } from './forecast-samples.js';
import { HOME_SAMPLES } from './home-samples.js';
import { KEY_SAMPLES } from './key-samples.js';
import { MEMBER_SAMPLES } from './member-samples.js';
import { MOVING_SAMPLES } from './moving-samples.js';
import { CHARGE_SAMPLES, TRANSFER_SAMPLES } from './money-samples.js';
import { OWNERSHIP_SAMPLES } from './ownership-samples.js';
import { PAYMENT_SAMPLES } from './payment-samples.js';
import { RECEIPT_SAMPLES } from './receipt-samples.js';
import { REQUEST_SAMPLES } from './request-samples.js';
import { RESOURCE_SAMPLES } from './resource-samples.js';
import { ROOM_SAMPLES } from './room-samples.js';
import { AUDIT_SAMPLES, POLICY_SAMPLES } from './rule-samples.js';
import { STANDING_SAMPLES } from './standing-samples.js';
import { SUMMARY_SAMPLES } from './summary-samples.js';
import { UNDELIVERED_SAMPLES } from './undelivered-samples.js';
import { WEBHOOK_SAMPLES } from './webhook-samples.js';
import { WORKSPACE_SAMPLES } from './workspace-samples.js';

/** One of every card that commands answer or announce, as in the story where it has one, by what they are about. */
export const SAMPLES_BY_SUBJECT: Readonly<Record<string, readonly Card[]>> = {
  workspaces: [...WORKSPACE_SAMPLES, ...OWNERSHIP_SAMPLES],
  home: [apologyCard('R-7F3K2Q'), nothingDoneCard('R-7F3K2Q'), ...HOME_SAMPLES],
  members: [...MEMBER_SAMPLES, ...MOVING_SAMPLES, ...STANDING_SAMPLES],
  requests: [...ASKED_SAMPLES, ...REQUEST_SAMPLES],
  rooms: [...CHANNEL_SAMPLES, ...ROOM_SAMPLES],
  balance: [...BALANCE_SAMPLES, ...TRANSFER_SAMPLES],
  forecast: FORECAST_SAMPLES,
  payments: [...PAYMENT_SAMPLES, ...RECEIPT_SAMPLES, ...CHARGE_SAMPLES, ...AUTOMATIC_SAMPLES],
  alerts: ALERT_SAMPLES,
  notices: UNDELIVERED_SAMPLES,
  summaries: SUMMARY_SAMPLES,
  policies: POLICY_SAMPLES,
  audit: AUDIT_SAMPLES,
  dev: [...KEY_SAMPLES, ...WEBHOOK_SAMPLES],
  resources: RESOURCE_SAMPLES,
  campaigns: CAMPAIGN_SAMPLES,
};

export const SAMPLES: readonly Card[] = Object.values(SAMPLES_BY_SUBJECT).flat();

/** `home 2`: numbered among those of its name, so that one sample more renames no other's golden words. */
export function numbered<T extends { name: string }>(all: readonly T[]): (readonly [name: string, one: T])[] {
  return all.map((one, index) => {
    const before = all.slice(0, index).filter(({ name }) => name === one.name);
    return [`${one.name} ${before.length + 1}`, one];
  });
}

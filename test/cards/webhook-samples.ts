import type { Card } from '../../src/cards/card.js';
import { type HealthFacts, healthCard } from '../../src/cards/notices/health-card.js';
import {
  webhookCard,
  webhookConfirmCard,
  type WebhookFacts,
  webhookSecretCard,
  webhookSetCard,
  webhookTestedCard,
} from '../../src/cards/dev/webhook-cards.js';
import { webhookLogCard } from '../../src/cards/dev/webhook-log-card.js';
import { webhookOffCard } from '../../src/cards/dev/webhook-notice-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const host = 'hooks.acme.com';
const page = 'https://bot.test/secret/1';
const at = '2026-11-16T09:00:00.000Z';
const webhook: WebhookFacts = {
  url: 'https://hooks.acme.com/workspaces',
  rotations: 1,
  lastArrivedAt: at,
  waiting: 0,
  failed: 0,
};
const failing = { since: at, met: { status: 500 } };
const event = { id: 'msg_1', type: 'campaign.started', at, tries: 1 };

const well: HealthFacts = {
  about,
  zone,
  notices: [],
  noticesTotal: 0,
  offset: 0,
  pageSize: 5,
  lostChannels: [],
  unbound: [],
  keys: [],
  campaigns: [],
};

/** The webhook of a workspace, and its health. */
export const WEBHOOK_SAMPLES: readonly Card[] = [
  webhookCard({ about, zone }),
  webhookCard({ about, zone, webhook: { ...webhook, formerUntil: '2026-11-17T09:00:00.000Z' } }),
  webhookCard({ about, zone, webhook: { ...webhook, failing, waiting: 3, failed: 1 } }),
  webhookCard({ about, zone, webhook: { ...webhook, off: { why: 'failing', since: at }, failing, waiting: 12 } }),
  webhookCard({ about, zone, webhook: { ...webhook, off: { why: 'byHand', since: at } }, said: 'It is off.' }),
  webhookSetCard({ about, host, page }),
  webhookSetCard({ about, host }),
  webhookSecretCard({ about, zone, host, page, until: '2026-11-17T09:00:00.000Z' }),
  webhookConfirmCard({ about, what: 'secret', host, rotations: 1 }),
  webhookConfirmCard({ about, what: 'off', host, rotations: 1 }),
  webhookConfirmCard({ about, what: 'remove', host, rotations: 1 }),
  webhookTestedCard({ about, host, met: { status: 204 }, ms: 84, off: false }),
  webhookTestedCard({ about, host, met: { status: 200 }, ms: 1_240, off: true }),
  webhookTestedCard({ about, host, met: { status: 301 }, ms: 84, off: false }),
  webhookTestedCard({ about, host, met: { status: 401 }, ms: 84, off: false }),
  webhookTestedCard({ about, host, met: { why: 'certificate' }, ms: 84, off: false }),
  webhookTestedCard({ about, host, met: { why: 'tooSlow' }, ms: 5_000, off: false }),
  webhookLogCard({
    about,
    zone,
    host,
    deliveries: [
      { ...event, id: 'msg_5', state: 'sending' },
      { ...event, id: 'msg_4', state: 'pending', tries: 0 },
      {
        ...event,
        id: 'msg_3',
        state: 'pending',
        tries: 2,
        lastMet: { why: 'noSuchHost' },
        dueAt: '2026-11-16T09:05:00.000Z',
      },
      { ...event, id: 'msg_2', type: 'balance.low', state: 'failed', tries: 11, lastMet: { status: 500 } },
      { ...event, type: 'member.joined', state: 'delivered', lastMet: { status: 204 } },
    ],
    offset: 10,
    pageSize: 10,
    more: true,
    off: false,
  }),
  webhookLogCard({ about, zone, host, deliveries: [], offset: 0, pageSize: 10, more: false, off: false }),
  webhookLogCard({
    ...{ about, zone, host, search: 'failed', offset: 0, pageSize: 10, more: false, off: false },
    deliveries: [{ ...event, state: 'failed', tries: 11, lastMet: { status: 500 } }],
  }),
  webhookLogCard({
    about,
    zone,
    host,
    search: 'topup',
    deliveries: [],
    offset: 0,
    pageSize: 10,
    more: false,
    off: false,
  }),
  webhookOffCard({ about, host, why: 'failing', met: { why: 'refused' } }),
  webhookOffCard({ about, host, why: 'gone', met: { status: 410 } }),
  healthCard(well),
  healthCard({
    ...well,
    notices: [
      {
        id: 'n1',
        to: '#marketing',
        says: 'Low: Marketing has £18.40, under 20 %.',
        unknown: true,
        failure: '',
        since: at,
      },
      { id: 'n2', to: 'Mia', unknown: false, failure: 'rejected: userGone', since: at },
    ],
    noticesTotal: 7,
    lostChannels: [{ binding: 'b_1', name: 'marketing', platform: 'slack', since: at }],
    unbound: ['approvals'],
    webhook: { host, off: { since: at }, failing, failed: 2 },
    keys: [
      { id: 'k1', name: 'Engine', rotations: 0, endsAt: '2026-11-18T09:00:00.000Z', over: false, renewable: true },
      { id: 'k2', name: 'Old script', rotations: 0, endsAt: '2026-11-14T09:00:00.000Z', over: true, renewable: false },
    ],
    campaigns: [{ id: 'cp_1', name: 'Spring', since: '2026-10-26T09:00:00.000Z', heldMinor: 4_816 }],
    said: 'On its way again.',
  }),
];

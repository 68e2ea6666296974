import { apologyCard } from '../../src/cards/refusals/apology-card.js';
import {
  askForButton,
  balanceCard,
  balancesCard,
  insertedBalanceCard,
  payCard,
  toppedUpCard,
} from '../../src/cards/balance/balance-card.js';
import type { Card } from '../../src/cards/card.js';
import {
  channelBoundCard,
  channelUnboundCard,
  channelUnboundElsewhereCard,
} from '../../src/cards/channels/channel-cards.js';
import { helpCard, helpTopicCard } from '../../src/cards/home/help-card.js';
import { homeCard, meCard, type MySeat, pickerCard } from '../../src/cards/home/home-card.js';
import { invitationCard, inviteResultsCard, welcomeCard } from '../../src/cards/members/invitation-card.js';
import { keyChangeCard, keyMadeCard, keysCard } from '../../src/cards/dev/key-cards.js';
import { downloadCard } from '../../src/cards/download-card.js';
import { entryCard } from '../../src/cards/balance/entry-card.js';
import {
  billingDetailsCard,
  receiptCard,
  type ReceiptLine,
  receiptIssuedCard,
  receiptsCard,
} from '../../src/cards/payments/receipt-cards.js';
import { historyCard, usageCard } from '../../src/cards/balance/ledger-cards.js';
import { PAYMENT_SAMPLES } from './payment-samples.js';
import {
  leftCard,
  membersCard,
  removedCard,
  removedToldCard,
  roleChangedCard,
  roleToldCard,
} from '../../src/cards/members/people-cards.js';
import {
  type Ask,
  approvedButFailedCard,
  approvedCard,
  askedCard,
  decidedCard,
  deniedCard,
  offerToAskCard,
  questionCard,
  requestCard,
} from '../../src/cards/requests/request-card.js';
import { requestsCard } from '../../src/cards/requests/requests-card.js';
import { alertsCard } from '../../src/cards/notices/alert-settings-card.js';
import { linkCodeCard, linkConfirmCard, linkedCard } from '../../src/cards/home/link-cards.js';
import { undeliveredCard } from '../../src/cards/notices/undelivered-card.js';
import { AUTOMATIC_SAMPLES } from './automatic-samples.js';
import { CAMPAIGN_SAMPLES } from './campaign-samples.js';
import { CHARGE_SAMPLES, TRANSFER_SAMPLES } from './money-samples.js';
import { NOTICE_SAMPLES } from './notice-samples.js';
import { OWNERSHIP_SAMPLES } from './ownership-samples.js';
import { WEBHOOK_SAMPLES } from './webhook-samples.js';
import { REQUEST_SAMPLES } from './request-samples.js';
import { AUDIT_SAMPLES, POLICY_SAMPLES } from './rule-samples.js';
import { RESOURCE_SAMPLES } from './resource-samples.js';
import { ROOM_SAMPLES } from './room-samples.js';
import { STANDING_SAMPLES } from './standing-samples.js';
import {
  accountReadyCard,
  renamedCard,
  switchedCard,
  workspaceActiveCard,
} from '../../src/cards/workspaces/workspace-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

const receiptLine: ReceiptLine = {
  id: 'rc_1',
  label: 'K3F9QZ-000001',
  kind: 'receipt',
  issuedAt: '2026-11-16T09:01:00.000Z',
  totalMinor: 10_000,
  by: 'Olivia',
};

const ask: Ask = {
  id: 'req_1',
  version: 1,
  by: 'Mia',
  wants: 'to invite nina@acme.com',
  context: ['2 seats free.'],
  until: { at: '2026-11-23T09:00:00.000Z', zone },
  thread: [],
  about,
  yes: 'Approve',
};
const discussed: Ask = {
  ...ask,
  version: 3,
  thread: [
    { by: 'Adam', text: 'Who is she?' },
    { by: 'Mia', text: 'Our new writer.' },
  ],
};
const forMoney: Ask = { ...ask, id: 'req_2', wants: 'for £100.00 for Marketing', context: [], yes: 'Pay £100.00' };

const seats: readonly MySeat[] = [
  {
    id: 'ws_1',
    name: 'Marketing',
    role: 'admin',
    active: true,
    suspended: false,
    balanceMinor: 11_840,
    currency: 'GBP',
    daysLeft: 9,
  },
  {
    id: 'ws_2',
    name: 'Support',
    role: 'member',
    active: false,
    suspended: false,
    balanceMinor: 4_000,
    currency: 'GBP',
  },
  { id: 'ws_3', name: 'Tokyo', role: 'member', active: false, suspended: true, balanceMinor: 9_000, currency: 'JPY' },
];

const totals = {
  openingMinor: 0,
  inMinor: 20_000,
  outMinor: 8_160,
  closingMinor: 11_840,
  byKind: new Map(),
  spendByResource: new Map([
    ['Spring sale', 6_000],
    ['Newsletter', 2_160],
  ]),
  spendByPerson: new Map(),
  spendByItem: new Map(),
};

/** One of every card that commands answer or announce, as in the story where it has one. */
export const SAMPLES: readonly Card[] = [
  apologyCard('R-7F3K2Q'),
  accountReadyCard('Acme'),
  workspaceActiveCard({ ...about, balanceMinor: 0 }, { elsewhere: false }),
  switchedCard(about, true),
  renamedCard({ ...about, name: 'Campaigns' }, 'Marketing'),
  channelBoundCard({ about, purposes: ['alerts', 'approvals'], by: 'Olivia' }),
  channelBoundCard({ about, purposes: ['approvals'], by: 'Olivia' }),
  channelUnboundCard({ about, by: 'Olivia' }),
  invitationCard({ inviter: 'Olivia', workspace: 'Marketing', role: 'admin', invitation: 'inv_1', daysLeft: 7 }),
  inviteResultsCard({
    workspace: 'Marketing',
    role: 'member',
    results: [
      { name: 'Max', outcome: 'invited', by: 'chat' },
      { name: 'nina@acme.com', outcome: 'invited', by: 'email' },
      { outcome: 'refused', why: 'Mia is already in Marketing.' },
    ],
    seatsFree: 1,
  }),
  welcomeCard({ workspace: 'Marketing', id: 'ws_1', role: 'admin', active: true }),
  welcomeCard({ workspace: 'Support', id: 'ws_2', role: 'member', active: false }),
  requestCard(ask),
  requestCard(discussed),
  requestCard(forMoney),
  decidedCard(ask, { state: 'approved', by: 'Adam' }),
  decidedCard(ask, { state: 'denied', by: 'Adam', note: 'We are full until spring.' }),
  decidedCard(ask, { state: 'expired' }),
  decidedCard(ask, { state: 'withdrawn' }),
  askedCard({ whoDoes: 'Owners and admins invite', about }),
  offerToAskCard({ whoDoes: 'Owners top up', names: ['Olivia'], ask: askForButton(about, 10_000), about }),
  approvedCard({ decider: 'Adam', wanted: 'for £100.00 for Marketing', about }),
  approvedButFailedCard({
    decider: 'Adam',
    wanted: 'to invite nina@acme.com',
    why: [{ part: 'text', text: ['No standard seat is free.'] }],
    about,
  }),
  deniedCard({ decider: 'Adam', note: 'We are full until spring.', wanted: 'to invite nina@acme.com', about }),
  questionCard({
    by: 'Adam',
    text: 'Who is she?',
    request: 'req_1',
    wanted: 'to invite nina@acme.com',
    mine: true,
    about,
  }),
  requestsCard({
    forMe: [ask, forMoney],
    waiting: 13,
    mine: [{ id: 'req_3', wants: 'for a workspace called Sales', state: 'waiting' }],
    asked: 7,
    offset: 0,
    pageSize: 10,
  }),
  requestsCard({ forMe: [], waiting: 0, mine: [], asked: 0, offset: 0, pageSize: 10 }),
  homeCard({
    note: 'Approved. The person who asked is told.',
    name: 'Adam',
    seats,
    invitations: [],
    requestsForMe: 2,
    forMe: [discussed, forMoney],
    myRequests: 1,
    mine: [{ id: 'req_3', wants: 'to create Events', state: 'waiting' }],
    mayCreate: false,
  }),
  homeCard({
    name: 'Nora',
    seats: [],
    invitations: [{ id: 'inv_1', workspace: 'Marketing', inviter: 'Olivia' }],
    requestsForMe: 0,
    forMe: [],
    myRequests: 0,
    mine: [],
    mayCreate: false,
  }),
  homeCard({
    name: 'Olivia',
    seats: [],
    invitations: [],
    requestsForMe: 0,
    forMe: [],
    myRequests: 0,
    mine: [],
    mayCreate: true,
  }),
  pickerCard({ seats, total: 12, offset: 0, pageSize: 10 }),
  meCard({
    name: 'Olivia',
    email: 'olivia@acme.com',
    account: 'Acme',
    accountOwner: true,
    identities: ['Slack', 'Teams'],
    seats,
  }),
  helpCard([{ name: 'balance', aliases: ['bal'], usage: 'balance [all]', summary: 'How much is left' }], '/workspace'),
  helpTopicCard(
    { name: 'balance', aliases: ['bal'], usage: 'balance [all]', summary: 'How much is left' },
    '/workspace',
  ),
  membersCard({
    about,
    members: [
      { person: 'p_1', name: 'Olivia', role: 'primaryOwner', licence: 'standard', suspended: false },
      { person: 'p_2', name: 'Mia', role: 'member', licence: 'pro', suspended: true },
    ],
    total: 14,
    offset: 10,
    pageSize: 10,
    zone,
    invited: {
      lines: [{ id: 'inv_1', name: 'nina@acme.com', role: 'member', until: '2026-11-23T09:00:00.000Z' }],
      total: 8,
    },
    filter: {},
  }),
  roleChangedCard({ about, name: 'Mia', before: 'member', after: 'admin' }),
  roleToldCard({ about, by: 'Olivia', after: 'admin' }),
  removedCard({ about, name: 'Mia', seatFree: true }),
  removedToldCard({ workspace: 'Marketing', by: 'Olivia', reason: 'The project is over' }),
  leftCard({ workspace: 'Marketing', nowActive: 'Support' }),
  balanceCard({ about: { ...about, balanceMinor: 1_840 }, heldMinor: 500, level: 'low' }, {}),
  balanceCard({ about, heldMinor: 0, level: 'ok' }, { shared: { by: 'Mia' } }),
  insertedBalanceCard({ about: { ...about, balanceMinor: 1_840 }, heldMinor: 0, level: 'low' }, 'Mia'),
  balancesCard({
    all: [about, { id: 'ws_2', name: 'Support', currency: 'GBP', balanceMinor: 4_000 }],
    total: 2,
    offset: 0,
    pageSize: 30,
  }),
  payCard({ about, amountMinor: 10_000, url: 'https://pay.test/1' }),
  toppedUpCard({ about: { ...about, balanceMinor: 10_000 }, amountMinor: 10_000 }),
  historyCard({
    about,
    zone,
    lines: [
      {
        sequence: 3,
        at: '2026-11-16T09:00:00.000Z',
        kind: 'usage',
        what: 'Spring sale',
        amountMinor: -8_160,
        balanceMinor: 11_840,
      },
    ],
    older: 3,
    filter: {},
  }),
  usageCard({ about, month: 'November', running: false, totals, people: new Map([['Adam', 8_160]]), other: 'this' }),
  alertsCard({ about, thresholds: { lowPercent: 20, criticalPercent: 10 }, changed: false, mayChange: true }),
  keysCard({
    about,
    zone,
    keys: [
      {
        id: 'k1',
        name: 'Engine',
        scopes: ['usage:write'],
        createdAt: '2026-11-02T09:00:00.000Z',
        createdBy: 'Adam',
        lastUsedAt: '2026-11-16T09:00:00.000Z',
        formerUntil: '2026-11-17T09:00:00.000Z',
        over: false,
        rotations: 1,
      },
      {
        id: 'k2',
        name: 'Old script',
        scopes: ['balance:read', 'entries:read'],
        createdAt: '2026-10-02T09:00:00.000Z',
        expiresAt: '2026-11-01T09:00:00.000Z',
        over: true,
        rotations: 0,
      },
    ],
    offset: 0,
    pageSize: 2,
    total: 3,
  }),
  keyChangeCard({ about, what: 'rotate', key: { id: 'k1', name: 'Engine', rotations: 1 }, overlapHours: 24 }),
  keyChangeCard({ about, what: 'revoke', key: { id: 'k1', name: 'Engine', rotations: 1 }, overlapHours: 24 }),
  keyMadeCard({
    about,
    zone,
    name: 'Engine',
    scopes: ['usage:write', 'balance:read'],
    url: 'https://bot.test/secret/1',
    expiresAt: '2027-02-14T09:00:00.000Z',
  }),
  keyMadeCard({
    about,
    zone,
    name: 'Engine',
    scopes: ['usage:write'],
    url: 'https://bot.test/secret/1',
    formerUntil: '2026-11-17T09:00:00.000Z',
  }),
  linkCodeCard({ code: 'ABCD-EFGH' }),
  linkedCard({ identities: ['Slack', 'Teams'], linked: true }),
  linkConfirmCard({ name: 'Adam', email: 'adam@acme.com', where: 'Teams', code: 'ABCD-EFGH' }),
  channelUnboundElsewhereCard({ about, channelName: 'marketing' }),
  undeliveredCard({
    unreached: { why: 'noApp', name: 'Adam', platform: 'teams' },
    undelivered: 'Olivia invites you to Marketing as admin.',
    members: 'ws_1',
  }),
  undeliveredCard({ unreached: { why: 'accountGone', name: 'Adam' }, undelivered: 'Adam said yes.' }),
  undeliveredCard({ unreached: { why: 'addressRefused', name: 'nina@acme.com' }, undelivered: 'Olivia invites you.' }),
  undeliveredCard({ unreached: { why: 'noMail', name: 'nina@acme.com' }, undelivered: 'Olivia invites you.' }),
  undeliveredCard({ unreached: { why: 'other', name: 'Adam' }, undelivered: 'Adam said yes.' }),
  workspaceActiveCard({ ...about, balanceMinor: 0 }, { elsewhere: true, addMinor: 10_000 }),
  ...PAYMENT_SAMPLES,
  receiptsCard({
    about,
    zone,
    receipts: [
      { ...receiptLine, id: 'rc_2', label: 'K3F9QZ-000002', kind: 'creditNote', totalMinor: 2_500 },
      receiptLine,
    ],
    month: { asked: '2026-11', words: 'November 2026' },
    older: 1,
    newest: true,
    mayChangeDetails: true,
  }),
  receiptsCard({ about, zone, receipts: [], newest: true, mayChangeDetails: false }),
  receiptCard({
    about,
    zone,
    receipt: {
      ...receiptLine,
      buyer: 'Acme',
      netMinor: 8_333,
      taxes: [{ name: 'VAT', taxMinor: 1_667 }],
      paidWith: 'Visa ending in 4242',
      entry: 2,
      askedIn: '#marketing in Slack, reference R-7F3K2Q',
      related: [{ id: 'rc_2', kind: 'creditNote', label: 'K3F9QZ-000002' }],
      pdf: 'https://bot.test/download/1',
    },
  }),
  receiptIssuedCard({ about: { id: 'ws_1', name: 'Marketing', currency: 'GBP' }, receipt: receiptLine }),
  billingDetailsCard({ about, details: { name: 'Acme Ltd', address: ['1 High Street', 'London'], taxId: 'GB1' } }),
  downloadCard({
    about,
    what: 'The entries of Marketing are ready as CSV, all of them, oldest first.',
    url: 'https://bot.test/download/1',
  }),
  entryCard({
    about,
    zone,
    entry: {
      sequence: 3,
      at: '2026-11-16T09:00:00.000Z',
      kind: 'refund',
      amountMinor: -2_500,
      balanceMinor: 7_500,
      heldMinor: 500,
      key: 'refund:re_1',
      person: 'Olivia',
      cause: '#marketing in Slack, reference R-7F3K2Q',
      reverses: { sequence: 2 },
      receipt: { id: 'rc_2', label: 'K3F9QZ-000002' },
    },
  }),
  historyCard({
    about,
    zone,
    lines: [],
    filter: { kind: 'transfer', days: 30 },
    filterWords: 'Only: Transfer, the last 30 days.',
  }),
  ...POLICY_SAMPLES,
  ...AUDIT_SAMPLES,
  ...ROOM_SAMPLES,
  ...TRANSFER_SAMPLES,
  ...CHARGE_SAMPLES,
  ...AUTOMATIC_SAMPLES,
  ...NOTICE_SAMPLES,
  ...WEBHOOK_SAMPLES,
  ...REQUEST_SAMPLES,
  ...STANDING_SAMPLES,
  ...RESOURCE_SAMPLES,
  ...OWNERSHIP_SAMPLES,
  ...CAMPAIGN_SAMPLES,
];

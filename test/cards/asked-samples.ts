import { askForButton } from '../../src/cards/balance/balance-card.js';
import type { Card, Form } from '../../src/cards/card.js';
import {
  type Ask,
  approvedButFailedCard,
  approvedCard,
  askedCard,
  decidedCard,
  deniedCard,
  offerToAskCard,
  questionCard,
  questionSentCard,
  requestCard,
} from '../../src/cards/requests/request-card.js';
import { approveForm, askBackForm, denyForm } from '../../src/cards/requests/request-forms.js';
import { requestsCard } from '../../src/cards/requests/requests-card.js';
import { youDecidedCard } from '../../src/cards/requests/you-decided-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

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

export const discussed: Ask = {
  ...ask,
  version: 3,
  thread: [
    { by: 'Adam', text: 'Who is she?' },
    { by: 'Mia', text: 'Our new writer.' },
  ],
};

export const forMoney: Ask = {
  ...ask,
  id: 'req_2',
  wants: 'for £100.00 for Marketing',
  context: [],
  yes: 'Pay £100.00',
};

export const REQUEST_FORMS: readonly Form[] = [
  approveForm(forMoney, 1),
  denyForm(ask),
  askBackForm(ask, false),
  askBackForm(discussed, true),
];

/** Requests as the story tells them. */
export const ASKED_SAMPLES: readonly Card[] = [
  requestCard(ask),
  requestCard(discussed),
  requestCard(forMoney),
  youDecidedCard({ outcome: 'approved' }),
  youDecidedCard({ outcome: 'denied', told: true }),
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
  questionSentCard({ by: 'Mia', mine: false }),
  questionSentCard({ by: 'Mia', mine: true }),
];

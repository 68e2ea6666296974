import type { Card } from '../../src/cards/card.js';
import { helpCard, helpTopicCard } from '../../src/cards/home/help-card.js';
import { type MySeat, homeCard, meCard, pickerCard } from '../../src/cards/home/home-card.js';
import {
  linkCodeCard,
  linkConfirmCard,
  linkedCard,
  unlinkConfirmCard,
  unlinkedCard,
} from '../../src/cards/home/link-cards.js';
import { discussed, forMoney } from './asked-samples.js';

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

/** What is there for somebody, and who they are. */
export const HOME_SAMPLES: readonly Card[] = [
  homeCard({
    note: 'Approved. The person who asked is told.',
    name: 'Adam',
    seats,
    total: 3,
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
    total: 0,
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
    total: 0,
    invitations: [],
    requestsForMe: 0,
    forMe: [],
    myRequests: 0,
    mine: [],
    mayCreate: true,
  }),
  pickerCard({ seats, total: 12, offset: 0, pageSize: 10 }),
  pickerCard({ seats: seats.slice(0, 1), search: 'mark', total: 1, offset: 0, pageSize: 10 }),
  pickerCard({ seats: [], search: 'zebra', total: 0, offset: 0, pageSize: 10 }),
  meCard({
    name: 'Olivia',
    email: 'olivia@acme.com',
    account: 'Acme',
    accountOwner: true,
    identities: ['Slack', 'Teams'],
    seats,
    total: 3,
  }),
  helpCard([{ name: 'balance', aliases: ['bal'], usage: 'balance [all]', summary: 'How much is left' }], '/workspace'),
  helpTopicCard(
    { name: 'balance', aliases: ['bal'], usage: 'balance [all]', summary: 'How much is left' },
    '/workspace',
  ),
  linkCodeCard({ code: 'ABCD-EFGH' }),
  linkedCard({ identities: ['Slack', 'Teams'] }),
  unlinkConfirmCard({ here: 'Slack', others: ['Teams'], workspaces: 12 }),
  unlinkConfirmCard({ here: 'Teams', others: ['Slack'], workspaces: 1 }),
  unlinkedCard({ here: 'Slack', others: ['Teams'] }),
  linkConfirmCard({ name: 'Adam', email: 'adam@acme.com', where: 'Teams', code: 'ABCD-EFGH' }),
];

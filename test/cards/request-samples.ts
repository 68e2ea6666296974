import type { Card } from '../../src/cards/card.js';
import { addedCard, invitationsCard, inviteResultsCard, welcomeCard } from '../../src/cards/members/invitation-card.js';
import {
  answerReminderCard,
  reminderCard,
  requestEndedCard,
  requestExpiredCard,
  requestStatusCard,
} from '../../src/cards/requests/reminder-cards.js';
import { type Ask, changedRequestCard, requestCard } from '../../src/cards/requests/request-card.js';
import { requestsCard } from '../../src/cards/requests/requests-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const until = { at: '2026-11-23T09:00:00.000Z', zone };
const wanted = 'to invite nina@acme.com';

const ask: Ask = {
  id: 'req_1',
  version: 1,
  by: 'Mia',
  wants: 'to invite nina@acme.com and Otto as admin',
  context: ['1 seat free.'],
  details: [
    'There are seats for 1 of the 2. More come with the Enterprise plan, £490.00 a month.',
    'What binds them here: Meetings are kept for 90 days; Longest life of API keys 30 days.',
  ],
  why: 'we need writers',
  until,
  thread: [],
  about,
  yes: 'Approve',
};

/** What is asked and invited, and what becomes of it while nobody answers. */
export const REQUEST_SAMPLES: readonly Card[] = [
  requestCard(ask),
  requestCard({ ...ask, thread: [{ by: 'Adam', text: 'Who is Otto?' }] }, { since: '2026-11-16T09:00:00.000Z', zone }),
  changedRequestCard({ ...ask, version: 2, thread: [{ by: 'Adam', text: 'Who is Otto?' }] }),
  reminderCard({ by: 'Mia', wants: wanted, until, about }),
  answerReminderCard({ by: 'Adam', text: 'Who is she?', wanted, request: 'req_1', about }),
  requestStatusCard({ wanted, request: 'req_1', until, chased: { step: 'remind', names: [] }, about }),
  requestStatusCard({ wanted, request: 'req_1', until, chased: { step: 'remind', names: ['Olivia', 'Adam'] }, about }),
  requestStatusCard({ wanted, request: 'req_1', until, chased: { step: 'escalate', names: ['Olivia'] }, about }),
  requestEndedCard({ wanted, decision: { state: 'approved', by: 'Adam' }, about }),
  requestExpiredCard({
    wanted,
    again: { command: 'invite', args: { people: ['nina@acme.com'] }, workspace: 'ws_1' },
    about,
  }),
  requestsCard({
    forMe: [],
    waiting: 0,
    mine: [
      { id: 'req_3', wants: 'for a workspace called Sales', state: 'waiting' },
      { id: 'req_4', wants: wanted, state: 'nobody answered', workspace: 'Marketing' },
    ],
    asked: 12,
    mineAlone: true,
    offset: 10,
    pageSize: 10,
  }),
  inviteResultsCard({
    workspace: 'Marketing',
    role: 'admin',
    results: [
      { name: 'Max', outcome: 'joined' },
      { outcome: 'refused', why: 'I can’t find “nina@acme”. Pick the person with @, or type their e-mail address.' },
    ],
    seatsFree: 0,
  }),
  addedCard({ by: 'Olivia', workspace: 'Marketing', id: 'ws_1', role: 'member' }),
  welcomeCard({ workspace: 'Marketing', id: 'ws_1', role: 'member', active: true, left: ['Support'] }),
  invitationsCard({
    about,
    page: {
      lines: [
        { id: 'inv_1', name: 'nina@acme.com', role: 'member', until: until.at },
        { id: 'inv_2', name: 'Max', role: 'admin', until: until.at },
      ],
      total: 12,
    },
    offset: 10,
    pageSize: 10,
    zone,
  }),
  invitationsCard({ about, page: { lines: [], total: 0 }, offset: 0, pageSize: 10, zone }),
];

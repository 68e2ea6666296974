import type { Card, Form } from '../../src/cards/card.js';
import {
  invitationCard,
  invitationsChangedCard,
  inviteResultsCard,
  welcomeCard,
} from '../../src/cards/members/invitation-card.js';
import { inviteForm, inviteGroupForm } from '../../src/cards/members/invite-forms.js';
import {
  leaveConfirmCard,
  leftCard,
  membersCard,
  removedCard,
  removedToldCard,
  roleChangedCard,
  roleToldCard,
} from '../../src/cards/members/people-cards.js';
import { roleConfirmCard, roleForm } from '../../src/cards/members/role-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

/** Who comes, who is there, and who goes. */
export const MEMBER_SAMPLES: readonly Card[] = [
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
  roleConfirmCard({ about, person: 'p_2', name: 'Mia', before: 'member', after: 'admin' }),
  roleChangedCard({ about, name: 'Mia', before: 'member', after: 'admin' }),
  roleToldCard({ about, by: 'Olivia', after: 'admin' }),
  removedCard({ about, name: 'Mia', seatFree: true }),
  removedToldCard({ workspace: 'Marketing', by: 'Olivia', reason: 'The project is over' }),
  leftCard({ workspace: 'Marketing', nowActive: 'Support' }),
  leaveConfirmCard({ about, seatFree: true }),
  leaveConfirmCard({ about, seatFree: false }),
  invitationsChangedCard({ about, change: 'sentAgain', names: ['nina@acme.com'] }),
  invitationsChangedCard({ about, change: 'takenBack', names: ['nina@acme.com', 'Max'] }),
];

const free = new Map([
  ['standard', 2],
  ['pro', 0],
] as const);
const terms = { roles: ['member', 'admin'], role: 'member', free, licence: 'standard' } as const;

export const MEMBER_FORMS: readonly Form[] = [
  inviteForm({ about, terms, kept: {}, nobody: false }),
  inviteForm({
    about,
    terms: { ...terms, roles: ['member'], free: new Map() },
    kept: { why: 'writers' },
    nobody: true,
  }),
  inviteGroupForm({
    about,
    terms,
    kept: {},
    handles: ['design'],
    inGroups: ['Ann', 'Bob'],
    people: ['slack:T02:U0ANN', 'slack:T02:U0BOB'],
  }),
  roleForm({ about, whom: { person: 'p_2', name: 'Mia', role: 'member' }, roles: ['member', 'admin', 'owner'] }),
  roleForm({ about, roles: ['member', 'admin'], role: 'admin' }),
];

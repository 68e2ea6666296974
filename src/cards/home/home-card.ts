import { readersMoney } from '../../readers-money.js';
import type { Role, WorkspaceId } from '../../workspace/entities.js';
import type { Button, Card, Form, Part } from '../card.js';
import { formToFind, searchLine } from '../form-to-find.js';
import { buttons, count, press, quoted, subtle, text } from '../parts.js';
import type { Ask } from '../requests/request-card.js';
import { askedItem, type MyRequest, waitingItem } from '../requests/requests-card.js';
import { roleName } from '../role-words.js';

export interface MySeat {
  id: WorkspaceId;
  name: string;
  role: Role;
  active: boolean;
  suspended: boolean;
  /** The workspace is switched off. */
  disabled?: { mayEnable: boolean };
  balanceMinor: number;
  currency: string;
  /** Absent where it is too new to guess, or nothing is spent. */
  daysLeft?: number;
}

/** Of the reader's workspaces, where they are not what is asked for. */
export const WORKSPACES_SHOWN = 10;

export interface MyInvitation {
  id: string;
  workspace: string;
  inviter: string;
}

/** Private: where the reader stands, and the next steps as buttons. */
export function homeCard(to: {
  /** What was just done from the card. */
  note?: string;
  name: string;
  /** The first of `total`. */
  seats: readonly MySeat[];
  total: number;
  invitations: readonly MyInvitation[];
  requestsForMe: number;
  /** The first of them. */
  forMe: readonly Ask[];
  /** How many of the reader's own still wait for an answer. */
  myRequests: number;
  /** The newest of them. */
  mine: readonly MyRequest[];
  /** How many meetings the reader hosts, where they are in no workspace. */
  meetings?: number;
  mayCreate: boolean;
}): Card {
  const active = to.seats.find((seat) => seat.active);
  return {
    name: 'home',
    heading: { text: active ? `${active.name} is active` : `Hello ${to.name}` },
    parts: [
      ...(to.note ? [text({ strong: to.note })] : []),
      ...invitationParts(to.invitations),
      ...(to.seats.length > 0 ? seatParts(to) : emptyWords(to)),
      ...requestParts(to),
      ...(to.meetings ? [text(`You host ${count(to.meetings, 'meeting')}, which stay yours.`)] : []),
      ...buttons(
        active ? press('Add balance', 'topup', {}, { workspace: active.id }) : undefined,
        active ? press('Invite', 'invite', {}, { workspace: active.id }) : undefined,
        requestsButton(to),
        to.meetings ? press('My meetings', 'meetings') : undefined,
        active ? undefined : press('Create a workspace', 'create', {}, { style: 'primary' }),
        to.seats.length > 0 ? undefined : press('What I did', 'audit'),
        press('What can I type?', 'help', { topic: 'all' }),
      ),
    ],
    ...(active && { foot: { workspace: active.name, balance: readersMoney(active.balanceMinor, active.currency) } }),
  };
}

function requestParts({ requestsForMe, forMe, myRequests, mine }: Parameters<typeof homeCard>[0]): Part[] {
  const wait = (many: number) => (many === 1 ? 'waits' : 'wait');
  const parts: Part[] = [];
  if (requestsForMe > 0) {
    parts.push(text(`${count(requestsForMe, 'request')} ${wait(requestsForMe)} for you.`));
    parts.push({ part: 'list', items: forMe.map((ask) => waitingItem(ask, { home: true })) });
  }
  if (myRequests > 0) {
    parts.push(text(`${count(myRequests, 'request')} of yours ${wait(myRequests)} for an answer.`));
    parts.push({ part: 'list', items: mine.map((request) => askedItem(request, { home: true })) });
  }
  return parts;
}

function requestsButton(to: { requestsForMe: number; myRequests: number }): Button | undefined {
  if (to.requestsForMe > 0) return press('Requests', 'requests');
  return to.myRequests > 0 ? press('My requests', 'requests', { mine: true }) : undefined;
}

/** Private: a page of the reader's workspaces, to switch between. */
export function pickerCard(to: {
  seats: readonly MySeat[];
  total: number;
  search?: string;
  offset: number;
  pageSize: number;
}): Card {
  const { seats, total, search, offset, pageSize } = to;
  const page = (label: string, start: number) => press(label, 'list', { ...(search && { search }), offset: start });
  const found = search ? ` with ${quoted(search)}` : '';
  return {
    name: 'workspace-list',
    heading: { text: `${count(total, 'workspace')}${found}` },
    parts: [
      seats.length > 0 ? seatList(seats) : text('None of your workspaces has that in its name.'),
      ...(total > pageSize
        ? [
            subtle(
              `${offset + 1} to ${offset + seats.length} of ${total}. Type switch and a name to go to any of them.`,
            ),
          ]
        : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        total > pageSize && !search ? press('Find', 'list', { find: true }) : undefined,
        search ? press('My workspaces', 'list') : undefined,
      ),
    ],
  };
}

export function findWorkspaceForm(): Form {
  return formToFind({
    name: 'find-workspace',
    title: 'Find a workspace',
    list: { command: 'list', args: {} },
    field: searchLine('Part of its name'),
  });
}

/** Private: what the product knows of the reader. */
export function meCard(to: {
  name: string;
  email?: string;
  account: string;
  accountOwner: boolean;
  identities: readonly string[];
  /** The first of `total`. */
  seats: readonly MySeat[];
  total: number;
}): Card {
  return {
    name: 'me',
    heading: { text: to.name },
    parts: [
      {
        part: 'facts',
        facts: [
          { label: 'Company', value: [to.accountOwner ? `${to.account} (you are the account owner)` : to.account] },
          ...(to.email ? [{ label: 'E-mail', value: [to.email] }] : []),
          { label: 'Linked chats', value: [to.identities.toSorted().join(', ')] },
        ],
      },
      ...seatParts(to),
      ...buttons(
        press('Link another chat', 'link'),
        to.identities.length > 1 ? press('Take chats apart', 'link', { remove: true }) : undefined,
      ),
    ],
  };
}

/** The first of them, and the way to the others. */
function seatParts({ seats, total }: { seats: readonly MySeat[]; total: number }): Part[] {
  if (seats.length === 0) return [];
  const all = total > seats.length ? press(`All ${count(total, 'workspace')}`, 'list') : undefined;
  return [seatList(seats), ...buttons(all)];
}

function seatList(seats: readonly MySeat[]): Part {
  return {
    part: 'list',
    items: seats.map((seat) => ({
      title: [{ strong: seat.name }, ...(seat.active ? [' (active)'] : [])],
      detail: [seat.suspended ? 'suspended' : seat.disabled ? 'disabled' : seatStanding(seat)],
      ...seatButtons(seat),
    })),
  };
}

function seatButtons({ id, active, disabled, suspended }: MySeat): { buttons?: readonly Button[] } {
  if (suspended || (disabled && !disabled.mayEnable)) return {};
  if (disabled) return { buttons: [press('Enable', 'enable', {}, { workspace: id })] };
  return active ? {} : { buttons: [press('Switch', 'switch', {}, { workspace: id })] };
}

/** `£40.00 · about 5 days left · member` */
export function seatStanding({ balanceMinor, currency, daysLeft, role }: MySeat): string {
  const lasts =
    daysLeft === undefined ? [] : [daysLeft === 0 ? 'may not last the day' : `about ${count(daysLeft, 'day')} left`];
  return [readersMoney(balanceMinor, currency), ...lasts, roleName(role)].join(' · ');
}

function invitationParts(invitations: readonly MyInvitation[]): Part[] {
  if (invitations.length === 0) return [];
  return [
    {
      part: 'list',
      items: invitations.map((invitation) => ({
        title: [`${invitation.inviter} invites you to ${invitation.workspace}.`],
        buttons: [press('Join', 'join', { invitation: invitation.id }, { style: 'primary' })],
      })),
    },
  ];
}

function emptyWords(to: { invitations: readonly MyInvitation[]; mayCreate: boolean }): Part[] {
  if (to.invitations.length > 0) return [];
  if (to.mayCreate) return [text('A workspace has its own people, balance and reports. Name your first one.')];
  return [text('You are in no workspace yet. Ask a colleague to invite you, or ask for a workspace of your own.')];
}

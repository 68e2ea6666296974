import type { Licence, PersonId, Role } from '../../workspace/entities.js';
import type { Card, Part } from '../card.js';
import { type InvitedPage, invitedList } from './invited-parts.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';
import { asA, asRole, roleName } from '../role-words.js';
import { type UndoOffer, undoParts } from './undo-parts.js';

export interface MemberLine {
  person: PersonId;
  name: string;
  role: Role;
  licence: Licence;
  suspended: boolean;
}

/** Private: a page of a workspace's people; on the first, those who are still invited, the newest first. */
export function membersCard(to: {
  about: About;
  members: readonly MemberLine[];
  total: number;
  offset: number;
  pageSize: number;
  filter: { role?: string; search?: string };
  invited?: InvitedPage;
  zone: string;
}): Card {
  const { about, filter, offset, pageSize, total } = to;
  const page = (label: string, start: number) =>
    press(label, 'members', { ...filter, offset: start }, { workspace: about.id });
  const found = filter.role || filter.search ? 'found' : 'in all';
  return {
    name: 'members',
    heading: { text: `${about.name}: ${count(total, 'person', 'people')} ${found}` },
    parts: [
      ...(to.members.length > 0
        ? [{ part: 'list' as const, items: to.members.map((member) => memberItem(member, about)) }]
        : [text('Nobody fits that. Try without the filter.')]),
      ...(total > pageSize
        ? [subtle(`${offset + 1} to ${offset + to.members.length} of ${total.toLocaleString('en-GB')}`)]
        : []),
      ...(to.invited ? invitedParts(to.invited, about, to.zone) : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        press('Invite', 'invite', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function invitedParts({ lines, total }: InvitedPage, about: About, zone: string): Part[] {
  if (total === 0) return [];
  const all = press(
    `All ${total.toLocaleString('en-GB')} invitations`,
    'invite',
    { what: 'list' },
    { workspace: about.id },
  );
  return [
    text({ strong: 'Invited' }),
    invitedList(lines, about.id, zone),
    ...(total > lines.length ? buttons(all) : []),
  ];
}

function memberItem(member: MemberLine, about: About) {
  const detail = [roleName(member.role), member.licence, ...(member.suspended ? ['suspended'] : [])].join(' · ');
  const open = press('Open', 'members', { person: member.person }, { workspace: about.id });
  return { title: [member.name], detail: [detail], buttons: [open] };
}

/** To the one who changed it. */
export function roleChangedCard(to: { about: About; name: string; before: Role; after: Role; undo?: UndoOffer }): Card {
  const words =
    to.before === to.after
      ? `${to.name} is ${asA(to.after)} already.`
      : `${to.name} is ${asA(to.after)} now, and was ${asA(to.before)}.`;
  return { name: 'role-changed', parts: [text(words), ...undoParts(to.about, to.undo)], ...footOf(to.about) };
}

/** To the one whose role it is. */
export function roleToldCard(to: { about: About; by: string; after: Role }): Card {
  return {
    name: 'role-told',
    parts: [text(`${to.by} changed your role: you are in ${to.about.name} ${asRole(to.after)} now.`)],
    ...footOf(to.about),
  };
}

/** To the one who removed somebody. `handed`: who got what they held. */
export function removedCard(to: {
  about: About;
  name: string;
  seatFree: boolean;
  handed?: { to: string; held: string };
  undo?: UndoOffer;
}): Card {
  const { about, handed } = to;
  return {
    name: 'member-removed',
    parts: [
      text(`${to.name} is no longer in ${about.name}.${to.seatFree ? ' The seat is free.' : ''}`),
      ...(handed ? [text(`${handed.to} has ${handed.held} now, and is told.`)] : []),
      subtle('What they did stays in the audit trail.'),
      ...undoParts(about, to.undo),
    ],
    ...footOf(about),
  };
}

/** To the one removed, kindly. */
export function removedToldCard(to: { workspace: string; by: string; reason?: string }): Card {
  return {
    name: 'member-removed-told',
    parts: [
      text(`${to.by} took you out of ${to.workspace}.${to.reason ? ` “${to.reason}”` : ''}`),
      subtle('Your other workspaces stay as they are. If this is a mistake, please ask them.'),
      ...buttons(press('My workspaces', 'list')),
    ],
  };
}

export function leftCard(to: { workspace: string; nowActive?: string; handed?: { to: string; held: string } }): Card {
  const next = to.nowActive ? ` ${to.nowActive} is active now.` : '';
  return {
    name: 'member-left',
    parts: [
      text(`You left ${to.workspace}.${next}`),
      ...(to.handed ? [text(`${to.handed.to} has ${to.handed.held} now, and is told.`)] : []),
      ...buttons(press('My workspaces', 'list')),
    ],
  };
}

/** Private: asks once more, as nobody comes back by themselves. */
export function leaveConfirmCard({ about, seatFree }: { about: About; seatFree: boolean }): Card {
  const seat = seatFree ? ' Your seat becomes free.' : '';
  return {
    name: 'leave-confirm',
    parts: [
      text(`Leave ${about.name}?${seat} Coming back takes a new invitation.`),
      ...buttons(press('Leave', 'leave', { sure: true }, { workspace: about.id, style: 'danger' })),
    ],
    ...footOf(about),
  };
}

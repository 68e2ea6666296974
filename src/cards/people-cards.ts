import type { Licence, PersonId, Role } from '../workspace/entities.js';
import type { Button, Card, Part } from './card.js';
import { type About, buttons, count, footOf, invitationButtons, press, subtle, text } from './parts.js';
import { asRole, roleName } from './role-words.js';

export interface MemberLine {
  person: PersonId;
  name: string;
  role: Role;
  licence: Licence;
  suspended: boolean;
  mayChange: boolean;
}

/** Somebody who is invited and has not come yet. */
export interface InvitedLine {
  id: string;
  name: string;
  role: Role;
  until: string;
}

const MOST_INVITED = 5;

/** Private: a page of a workspace's people; on the first, those who are still invited, the newest first. */
export function membersCard(to: {
  about: About;
  members: readonly MemberLine[];
  total: number;
  offset: number;
  pageSize: number;
  filter: { role?: string; search?: string };
  invited?: readonly InvitedLine[];
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
      ...invitedParts(to.invited ?? [], about, to.zone),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        press('Invite', 'invite', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function invitedParts(invited: readonly InvitedLine[], about: About, zone: string): Part[] {
  if (invited.length === 0) return [];
  const items = invited.slice(0, MOST_INVITED).map(({ id, name, role, until }) => ({
    title: [name],
    detail: [`${roleName(role)} · until `, { time: until, show: 'date' as const, zone }],
    buttons: invitationButtons(id, about.id),
  }));
  const more = invited.length - items.length;
  return [
    text({ strong: 'Invited' }),
    { part: 'list', items },
    ...(more > 0 ? [subtle(`And ${count(more, 'older one')}. Invite somebody again to find theirs.`)] : []),
  ];
}

function memberItem(member: MemberLine, about: About) {
  const detail = [roleName(member.role), member.licence, ...(member.suspended ? ['suspended'] : [])].join(' · ');
  const change: Button[] = member.mayChange
    ? [
        press('Role', 'role', { person: member.person }, { workspace: about.id }),
        press('Remove', 'remove', { person: member.person }, { workspace: about.id, style: 'danger' }),
      ]
    : [];
  return { title: [member.name], detail: [detail], ...(change.length > 0 && { buttons: change }) };
}

/** To the one who changed it. */
export function roleChangedCard(to: { about: About; name: string; before: Role; after: Role }): Card {
  const words =
    to.before === to.after
      ? `${to.name} is ${roleName(to.after)} already.`
      : `${to.name} is ${roleName(to.after)} now, and was ${roleName(to.before)}.`;
  return { name: 'role-changed', parts: [text(words)], ...footOf(to.about) };
}

/** To the one whose role it is. */
export function roleToldCard(to: { about: About; by: string; after: Role }): Card {
  return {
    name: 'role-told',
    parts: [text(`${to.by} changed your role: you are in ${to.about.name} ${asRole(to.after)} now.`)],
    ...footOf(to.about),
  };
}

export function removedCard(to: { about: About; name: string; seatFree: boolean }): Card {
  return {
    name: 'member-removed',
    parts: [
      text(`${to.name} is no longer in ${to.about.name}.${to.seatFree ? ' The seat is free.' : ''}`),
      subtle('What they did stays in the audit trail. Invite them again to undo it.'),
    ],
    ...footOf(to.about),
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

export function leftCard(to: { workspace: string; nowActive?: string }): Card {
  const next = to.nowActive ? ` ${to.nowActive} is active now.` : '';
  return {
    name: 'member-left',
    parts: [text(`You left ${to.workspace}.${next}`), ...buttons(press('My workspaces', 'list'))],
  };
}

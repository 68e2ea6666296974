import type { Role } from '../../workspace/entities.js';
import type { Card } from '../card.js';
import { type InvitedPage, invitedList } from './invited-parts.js';
import { type About, buttons, count, footOf, listOf, openLink, press, subtle, text } from '../parts.js';
import { asRole } from '../role-words.js';

/** To the person invited; for one without a chat account the button opens the page of their e-mailed link. */
export function invitationCard(to: {
  inviter: string;
  workspace: string;
  role: Role;
  invitation: string;
  link?: string;
  daysLeft: number;
}): Card {
  const join = to.link
    ? openLink('Join', to.link)
    : press('Join', 'join', { invitation: to.invitation }, { style: 'primary' });
  return {
    name: 'invitation',
    parts: [
      text(`${to.inviter} invites you to ${to.workspace} ${asRole(to.role)}.`),
      ...buttons(join),
      subtle(`The invitation lasts ${count(to.daysLeft, 'day')}.`),
    ],
  };
}

export type InviteOutcome =
  | { name: string; outcome: 'invited'; by: 'chat' | 'email' }
  /** Without being asked, as a colleague from another workspace. */
  | { name: string; outcome: 'joined' }
  /** `why` says who it was. */
  | { outcome: 'refused'; why: string };

/** One run of text holds so many characters on every platform. */
const MOST_CHARACTERS = 2_000;

/** To the inviter alone: a line per person. */
export function inviteResultsCard(to: {
  workspace: string;
  role: Role;
  results: readonly InviteOutcome[];
  seatsFree: number;
}): Card {
  const refused = to.results.filter((result) => result.outcome === 'refused').length;
  const brought = to.results.length - refused;
  return {
    name: 'invite-results',
    ...(refused > 0 && { heading: { text: `${brought} invited, ${refused} not`, mood: 'warning' as const } }),
    parts: [
      ...inRuns(to.results.map((result) => resultLine(result, to))).map((lines) => text(lines)),
      subtle(to.seatsFree === 0 ? 'No seat is free any more.' : `${count(to.seatsFree, 'seat')} free.`),
    ],
    foot: { workspace: to.workspace },
  };
}

/** Line under line, as many to a run as fit. */
function inRuns(lines: readonly string[]): string[] {
  const runs: string[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last === undefined || last.length + line.length >= MOST_CHARACTERS) runs.push(line);
    else runs[runs.length - 1] = `${last}\n${line}`;
  }
  return runs;
}

function resultLine(result: InviteOutcome, to: { workspace: string; role: Role }): string {
  switch (result.outcome) {
    case 'refused':
      return result.why;
    case 'joined':
      return `${result.name} is in ${to.workspace} now, ${asRole(to.role)}, and is told.`;
    case 'invited': {
      const how = result.by === 'email' ? 'by e-mail' : 'in chat';
      return `${result.name} is invited to ${to.workspace} ${asRole(to.role)}, ${how}.`;
    }
  }
}

/** To a colleague who is brought in without being asked, as the workspace's policy has it. */
export function addedCard(to: { by: string; workspace: string; id: string; role: Role }): Card {
  const workspace = { workspace: to.id };
  return {
    name: 'added',
    parts: [
      text(`${to.by} added you to ${to.workspace} ${asRole(to.role)}.`),
      subtle('Your active workspace stays as it is. If this is a mistake, leave it with one click.'),
      ...buttons(
        press(`Switch to ${to.workspace}`, 'switch', {}, { ...workspace, style: 'primary' }),
        press('Balance', 'balance', {}, workspace),
        press('Leave', 'leave', {}, workspace),
      ),
    ],
    foot: { workspace: to.workspace },
  };
}

/** Private: a page of who is invited and has not come yet. */
export function invitationsCard(to: {
  about: About;
  page: InvitedPage;
  offset: number;
  pageSize: number;
  zone: string;
}): Card {
  const { about, offset, page, pageSize } = to;
  const { lines, total } = page;
  const other = (label: string, start: number) =>
    press(label, 'invite', { what: 'list', offset: start }, { workspace: about.id });
  return {
    name: 'invitations',
    heading: { text: `${about.name}: ${total === 0 ? 'no open invitations' : count(total, 'open invitation')}` },
    parts: [
      ...(lines.length > 0
        ? [invitedList(lines, about.id, to.zone)]
        : [text('Nobody who was invited is still to come. Whoever you invite stands here until they join.')]),
      ...(total > pageSize
        ? [subtle(`${offset + 1} to ${offset + lines.length} of ${total.toLocaleString('en-GB')}`)]
        : []),
      ...buttons(
        offset > 0 ? other('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? other('More', offset + pageSize) : undefined,
        press('Invite', 'invite', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

const WELCOMES: Readonly<Record<Role, string>> = {
  member: 'Here you can see the balance, get its warnings and ask for what you need.',
  admin: 'Here you can invite people and approve requests.',
  owner: 'Here you can add balance, invite people and approve requests.',
  primaryOwner: 'This workspace is yours: you can add balance, invite people and approve requests.',
};

/** To somebody who just joined. */
export function welcomeCard(to: {
  workspace: string;
  id: string;
  role: Role;
  active: boolean;
  /** The workspaces that they were moved out of. */
  left?: readonly string[];
  /** Who got what they held there. */
  handed?: { to: string; held: string };
}): Card {
  const many = to.role !== 'member';
  const left = to.left ?? [];
  return {
    name: 'welcome',
    parts: [
      text(`Welcome! ${WELCOMES[to.role]}`),
      ...(left.length > 0
        ? [text(`You left ${listOf(left)}: in your company everybody is in one workspace at a time.`)]
        : []),
      ...(to.handed ? [text(`${to.handed.to} has ${to.handed.held} now, and is told.`)] : []),
      ...(to.active ? [] : [text(`Another workspace is your active one; switch when you like.`)]),
      ...buttons(
        to.active
          ? undefined
          : press(`Switch to ${to.workspace}`, 'switch', {}, { workspace: to.id, style: 'primary' }),
        many ? press('Invite', 'invite', {}, { workspace: to.id }) : undefined,
        press('Balance', 'balance', {}, { workspace: to.id }),
      ),
    ],
    foot: { workspace: to.workspace },
  };
}

/** To whoever sent open invitations once more, or took them back. */
export function invitationsChangedCard(to: {
  about: About;
  change: 'sentAgain' | 'takenBack';
  names: readonly string[];
}): Card {
  const { about, change, names } = to;
  const words = (name: string) =>
    change === 'sentAgain' ? `${name} is invited again, for another week.` : `The invitation of ${name} is taken back.`;
  return {
    name: 'invitation-changed',
    parts: [
      ...names.map((name) => text(words(name))),
      ...buttons(press('Open invitations', 'invite', { what: 'list' }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

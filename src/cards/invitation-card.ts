import type { Role } from '../workspace/entities.js';
import type { Card } from './card.js';
import { buttons, count, openLink, press, subtle, text } from './parts.js';
import { asRole } from './role-words.js';

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
  /** `why` says who it was. */
  | { outcome: 'refused'; why: string };

/** To the inviter alone: a line per person. */
export function inviteResultsCard(to: {
  workspace: string;
  role: Role;
  results: readonly InviteOutcome[];
  seatsFree: number;
}): Card {
  const invited = to.results.filter((result) => result.outcome === 'invited').length;
  const refused = to.results.length - invited;
  return {
    name: 'invite-results',
    ...(refused > 0 && { heading: { text: `${invited} invited, ${refused} not`, mood: 'warning' as const } }),
    parts: [
      ...to.results.map((result) => text(resultLine(result, to))),
      subtle(`${count(to.seatsFree, 'seat')} free.`),
    ],
    foot: { workspace: to.workspace },
  };
}

function resultLine(result: InviteOutcome, to: { workspace: string; role: Role }): string {
  if (result.outcome === 'refused') return result.why;
  const how = result.by === 'email' ? 'by e-mail' : 'in chat';
  return `${result.name} is invited to ${to.workspace} ${asRole(to.role)}, ${how}.`;
}

const WELCOMES: Readonly<Record<Role, string>> = {
  member: 'Here you can see the balance, get its warnings and ask for what you need.',
  admin: 'Here you can invite people and approve requests.',
  owner: 'Here you can add balance, invite people and approve requests.',
  primaryOwner: 'This workspace is yours: you can add balance, invite people and approve requests.',
};

/** To somebody who just joined. */
export function welcomeCard(to: { workspace: string; id: string; role: Role; active: boolean }): Card {
  const many = to.role !== 'member';
  return {
    name: 'welcome',
    parts: [
      text(`Welcome! ${WELCOMES[to.role]}`),
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

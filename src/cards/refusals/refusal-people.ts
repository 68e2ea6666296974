import { readersMoney } from '../../readers-money.js';
import { invitationButtons, listOf, press, quoted } from '../parts.js';
import { planName } from '../workspaces/plan-words.js';
import type { Of, Words } from './refusal-words.js';

/** Somebody else whom it was about. */
export function peopleWords(
  reason: Of<
    | 'notMember'
    | 'alreadyMember'
    | 'alreadyInvited'
    | 'unknownPerson'
    | 'otherAccount'
    | 'cannotJoin'
    | 'noSeat'
    | 'primaryOwnerStays'
    | 'changedSince'
  >,
): Words {
  switch (reason.kind) {
    case 'notMember':
      return {
        said: [`${reason.name} is not in ${reason.workspaceName}.`],
        buttons: reason.person ? [press(`Invite ${reason.name}`, 'invite', { people: [reason.person] })] : [],
      };
    case 'alreadyMember':
      return {
        said: [`${reason.name} is already in ${reason.workspaceName}.`],
        buttons: [press(`Show ${reason.name}`, 'members', { person: reason.person })],
      };
    case 'alreadyInvited':
      return {
        said: [`${reason.name} is already invited to ${reason.workspaceName}, and has not answered yet.`],
        buttons: invitationButtons(reason.open.invitation, reason.open.workspace),
      };
    case 'unknownPerson':
      return {
        said: [`I can't find ${quoted(reason.typed)}.`],
        next: ['Pick the person with @, or type their e-mail address.'],
      };
    case 'otherAccount':
      return {
        said: [`${reason.name} belongs to another company here.`],
        next: ['Only people of your own company can join.'],
      };
    case 'cannotJoin':
      return {
        said: [`${reason.name} ${CANNOT_JOIN[reason.who]}, and can't join.`],
        next: ['A workspace needs full members of your company.'],
      };
    case 'noSeat':
      return {
        said: [
          `No ${reason.licence} seat is free: ${reason.used} of ${reason.seats} are taken on the ${planName(reason.plan)} plan.`,
        ],
        next: [moreSeats(reason)],
        buttons: [press('Members', 'members'), press('Plans', 'plan')],
      };
    case 'primaryOwnerStays':
      if (reason.own) {
        return {
          said: [`You are the primary owner of ${reason.workspaceName}, and a workspace always has one.`],
          next: ['Hand it over to an owner first.'],
          buttons: [press('Hand over', 'handover', {}, { workspace: reason.own })],
        };
      }
      return {
        said: [`${reason.name} is the primary owner of ${reason.workspaceName}, and a workspace always has one.`],
        next: ['They hand it over to an owner first.'],
      };
    case 'changedSince':
      return changedSince(reason);
  }
}

function changedSince({ name, workspaceName, of }: Of<'changedSince'>): Words {
  return {
    said: [`${name}'s place in ${workspaceName} has changed since, so nothing was done.`],
    next: ['Look at it as it is now.'],
    buttons: [press(`Show ${name}`, 'members', { person: of.person }, { workspace: of.workspace })],
  };
}

/** Who could free a seat, and what more of them would cost. */
function moreSeats({ couldFree, next }: Of<'noSeat'>): string {
  const free = couldFree.length > 0 ? [`${listOf(couldFree, 'or')} could free one by removing somebody.`] : [];
  if (!next) return [...free, 'Support can add more.'].join(' ');
  const price = next.priceMinor === undefined ? '' : ` for ${readersMoney(next.priceMinor, next.currency)} a month`;
  const larger = `The ${planName(next.plan)} plan has ${next.seats.toLocaleString('en-GB')}${price};`;
  return [...free, larger, 'the primary owner can change to it.'].join(' ');
}

const CANNOT_JOIN = {
  guest: 'is a guest in your chat',
  connect: 'is from another company',
  bot: 'is a bot',
  deactivated: 'has a deactivated chat account',
} as const;

/** What was to be answered: requests, invitations, codes. */
export function askWords(
  reason: Of<'ownRequest' | 'requestClosed' | 'unknownRequest' | 'invitationGone' | 'linkCode'>,
): Words {
  switch (reason.kind) {
    case 'ownRequest':
      return {
        said: ['This is your own request, so somebody else decides it.'],
        buttons: [press('My requests', 'requests', { mine: true })],
      };
    case 'requestClosed':
      return { said: [closedWords(reason)], buttons: [press('Open requests', 'requests')] };
    case 'unknownRequest':
      return { said: ['I find no such request waiting for you.'], buttons: [press('Open requests', 'requests')] };
    case 'invitationGone':
      return {
        said: [INVITATION_GONE[reason.why]],
        ...(reason.why !== 'used' && { next: ['Ask the person who invited you for a new one.'] }),
        buttons: [reason.why === 'used' ? press('My workspaces', 'list') : press('Where I stand', 'help')],
      };
    case 'linkCode':
      return { said: [LINK_CODE[reason.why]], buttons: [press('Get a code', 'link')] };
  }
}

function closedWords({ outcome, by }: Of<'requestClosed'>): string {
  if (outcome === 'changed') return 'This request has changed since its card was drawn. Please look at it again.';
  if (outcome === 'expired') return 'Too late: nobody answered this request in time.';
  if (outcome === 'withdrawn') return 'Too late: this request was taken back.';
  return by ? `Too late: this was already ${outcome} by ${by}.` : `Too late: this was already ${outcome}.`;
}

const INVITATION_GONE = {
  expired: 'This invitation has run out.',
  used: 'This invitation was already used.',
  revoked: 'This invitation was taken back.',
  notYours: 'This invitation is for somebody else.',
  unknown: 'There is no open invitation for you.',
} as const;

const LINK_CODE = {
  unknown: 'That is not a code I gave out.',
  expired: 'That code has run out.',
  used: 'That code was already used.',
  samePlatform: 'That code comes from this same chat. Get it in one chat and type it in the other.',
  tooManyTries: 'Too many wrong codes. Please get a new one.',
  notLinked: 'This chat is linked to no other one.',
} as const;

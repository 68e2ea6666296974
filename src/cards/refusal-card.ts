import { formatMoney, LARGEST_MINOR } from '../money.js';
import type { Reason } from '../refusal.js';
import type { Button, Card, Text } from './card.js';
import { buttons, count, listOf, press, quoted } from './parts.js';

interface Words {
  /** What happened, in one sentence. */
  said: Text;
  /** What to do next. */
  next?: Text;
  buttons?: readonly Button[];
}

/** Words a reason for the person who met it. Buttons given replace the reason's own. */
export function refusalCard(reason: Reason, more: { buttons?: readonly Button[]; foot?: Card['foot'] } = {}): Card {
  const words = wordsFor(reason);
  return {
    name: `refusal-${reason.kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    parts: [
      { part: 'text', text: words.next ? [...words.said, ' ', ...words.next] : words.said },
      ...buttons(...(more.buttons?.length ? more.buttons : (words.buttons ?? []))),
    ],
    ...(more.foot && { foot: more.foot }),
  };
}

function wordsFor(reason: Reason): Words {
  switch (reason.kind) {
    case 'notEnabled':
    case 'accountDisabled':
    case 'outsider':
    case 'suspended':
    case 'notAllowed':
    case 'rankGuard':
      return standingWords(reason);
    case 'noWorkspace':
    case 'notInWorkspace':
    case 'unknownCommand':
    case 'unknownWorkspace':
    case 'ambiguousWorkspace':
    case 'workspaceDisabled':
    case 'workspaceNameTaken':
    case 'notHere':
    case 'botNotInChannel':
      return placeWords(reason);
    case 'notMember':
    case 'alreadyMember':
    case 'alreadyInvited':
    case 'unknownPerson':
    case 'otherAccount':
    case 'cannotJoin':
    case 'noSeat':
    case 'primaryOwnerStays':
      return peopleWords(reason);
    case 'ownRequest':
    case 'requestClosed':
    case 'unknownRequest':
    case 'invitationGone':
    case 'linkCode':
      return askWords(reason);
    case 'badAmount':
    case 'badArgument':
    case 'insufficient':
    case 'keyConflict':
    case 'tooFast':
      return inputWords(reason);
  }
}

type Of<K extends Reason['kind']> = Extract<Reason, { kind: K }>;

function standingWords(
  reason: Of<'notEnabled' | 'accountDisabled' | 'outsider' | 'suspended' | 'notAllowed' | 'rankGuard'>,
): Words {
  switch (reason.kind) {
    case 'notEnabled':
      return {
        said: [
          `Workspaces aren't on for ${reason.tenantName ?? 'your company'} yet. Send support this: `,
          { code: `${reason.tenant} ${reason.user}` },
        ],
        ...(reason.support && { next: ['You reach support at ', reason.support, '.'] }),
      };
    case 'accountDisabled':
      return {
        said: [`Workspaces are switched off for ${reason.accountName}. Nothing is lost.`],
        next: [
          reason.support
            ? `Ask support to switch them on again: ${reason.support}.`
            : 'Ask support to switch them on again.',
        ],
      };
    case 'outsider':
      if (reason.who === 'deactivated')
        return { said: [`Your chat account is deactivated, so this is closed to you; ask ${reason.ownerName}.`] };
      return { said: [`This needs a full member of ${reason.accountName}; ask ${reason.ownerName}.`] };
    case 'suspended':
      return {
        said: [`You are suspended in ${reason.workspaceName}, so commands and buttons there do nothing for you.`],
        next: [`Your seat is kept. Ask ${reason.ownerName}.`],
        buttons: [press('My workspaces', 'list')],
      };
    case 'notAllowed':
      return {
        said: [`You can't ${reason.doing}.`],
        next: reason.holders.length > 0 ? [`${listOf(reason.holders, 'or')} can.`] : [],
      };
    case 'rankGuard':
      return { said: [`${reason.targetName} ranks above what you may change.`], next: ['Ask an owner.'] };
  }
}

function placeWords(
  reason: Of<
    | 'noWorkspace'
    | 'notInWorkspace'
    | 'unknownCommand'
    | 'unknownWorkspace'
    | 'ambiguousWorkspace'
    | 'workspaceDisabled'
    | 'workspaceNameTaken'
    | 'notHere'
    | 'botNotInChannel'
  >,
): Words {
  switch (reason.kind) {
    case 'noWorkspace':
      return reason.hasInvitations
        ? {
            said: ['You are in no workspace yet, but you are invited.'],
            next: ['Join to start.'],
            buttons: [press('Join', 'join', {}, { style: 'primary' })],
          }
        : {
            said: ['You are in no workspace yet.'],
            next: ['Ask a colleague to invite you, or ask for a workspace of your own.'],
            buttons: [press('Create a workspace', 'create')],
          };
    case 'notInWorkspace':
      return {
        said: [`This ${reason.what} belongs to a workspace that you are not in.`],
        next:
          reason.what === 'channel'
            ? ['Add in: and the name of yours, like ', { code: 'balance in:Support' }, '.']
            : ['Ask a colleague there to invite you.'],
        buttons: [press('My workspaces', 'list')],
      };
    case 'unknownCommand':
      return reason.nearest.length > 0
        ? {
            said: [`I don't know ${quoted(reason.typed)}. Did you mean ${listOf(reason.nearest, 'or')}?`],
            buttons: reason.nearest.map((name) => press(name, name)),
          }
        : {
            said: [`I don't know ${quoted(reason.typed)}.`],
            next: ['Here is what I can do.'],
            buttons: [press('Help', 'help')],
          };
    case 'unknownWorkspace':
      return {
        said: [`You are in no workspace called ${quoted(reason.typed)}.`],
        next: reason.nearest.length > 0 ? [`Did you mean ${listOf(reason.nearest, 'or')}?`] : ['These are yours.'],
        buttons: [press('My workspaces', 'list')],
      };
    case 'ambiguousWorkspace':
      return {
        said: [`${quoted(reason.typed)} could be ${listOf(reason.names, 'or', 5)}.`],
        next: ['Please type the whole name.'],
      };
    case 'workspaceDisabled':
      return {
        said: [`${reason.workspaceName} is disabled. Its people and balance are kept.`],
        next: [`Ask ${reason.ownerName} to enable it.`],
      };
    case 'workspaceNameTaken':
      return { said: [`There is already a workspace called ${reason.name}.`], next: ['Please take another name.'] };
    case 'notHere':
      return { said: [`${reason.what} does not work here.`], next: [`Please do it ${reason.where}.`] };
    case 'botNotInChannel':
      return {
        said: [`I am not in #${reason.channelName}, so I can't post there.`],
        next:
          reason.platform === 'slack'
            ? ['Type ', { code: '/invite @Workspace' }, ' in that channel, then try again.']
            : ['Add the Workspace app to that team, then try again.'],
      };
  }
}

function peopleWords(
  reason: Of<
    | 'notMember'
    | 'alreadyMember'
    | 'alreadyInvited'
    | 'unknownPerson'
    | 'otherAccount'
    | 'cannotJoin'
    | 'noSeat'
    | 'primaryOwnerStays'
  >,
): Words {
  switch (reason.kind) {
    case 'notMember':
      return { said: [`${reason.name} is not in ${reason.workspaceName}.`] };
    case 'alreadyMember':
      return { said: [`${reason.name} is already in ${reason.workspaceName}.`] };
    case 'alreadyInvited':
      return { said: [`${reason.name} is already invited to ${reason.workspaceName}, and has not answered yet.`] };
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
          `No ${reason.licence} seat is free: ${reason.used} of ${reason.seats} are taken on the ${reason.plan} plan.`,
        ],
        next:
          reason.couldFree.length > 0
            ? [`${listOf(reason.couldFree, 'or')} could free one by removing somebody; a larger plan has more.`]
            : ['A larger plan has more.'],
      };
    case 'primaryOwnerStays':
      return {
        said: [`${reason.name} is the primary owner of ${reason.workspaceName}, and a workspace always has one.`],
        next: ['They hand it over to an owner first.'],
      };
  }
}

const CANNOT_JOIN = {
  guest: 'is a guest in your chat',
  connect: 'is from another company',
  bot: 'is a bot',
  deactivated: 'has a deactivated chat account',
} as const;

function askWords(
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
      return { said: [INVITATION_GONE[reason.why]], next: ['Ask the person who invited you for a new one.'] };
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
} as const;

function inputWords(reason: Of<'badAmount' | 'badArgument' | 'insufficient' | 'keyConflict' | 'tooFast'>): Words {
  switch (reason.kind) {
    case 'badAmount':
      return amountWords(reason);
    case 'badArgument':
      if (!reason.argument) {
        return {
          said: [`I don't understand ${quoted(reason.typed)} here.`],
          next: ['It goes like this: ', { code: reason.expected }],
        };
      }
      return { said: [`I can't take ${quoted(reason.typed)}.`], next: [`Please give ${reason.expected}.`] };
    case 'insufficient':
      return {
        said: [
          `${reason.workspaceName} has ${formatMoney(reason.availableMinor, reason.currency)}, and this needs ${formatMoney(reason.neededMinor, reason.currency)}.`,
        ],
        buttons: [press('Add balance', 'topup', {}, { style: 'primary' })],
      };
    case 'keyConflict':
      return {
        said: [`This button was already used for something else: ${reason.firstUsedFor}.`],
        next: ['Please start again.'],
      };
    case 'tooFast':
      return {
        said: ['That was a little fast for me.'],
        next: [`Please try again in ${count(reason.retryAfterSeconds, 'second')}.`],
      };
  }
}

function amountWords(reason: Of<'badAmount'>): Words {
  const typed = quoted(reason.typed);
  const example = formatMoney(100_000, reason.currency);
  switch (reason.why) {
    case 'notANumber':
      return {
        said: [`I can't read ${typed} as an amount.`],
        next: [`Please type it with the digits 0 to 9, like 100 or ${example}.`],
      };
    case 'zero':
      return { said: ['The amount must be above zero.'] };
    case 'negative':
      return { said: ['The amount must be above zero.'], next: ['Please type it without a minus.'] };
    case 'tooPrecise':
      return {
        said: [`${typed} is finer than ${reason.currency} can be, or has a point where a comma belongs.`],
        next: [`Please type it like ${example}.`],
      };
    case 'tooLarge':
      return {
        said: [`${typed} is too much at once.`],
        next: [`The most is ${formatMoney(LARGEST_MINOR, reason.currency)}.`],
      };
    case 'otherCurrency':
      return {
        said: [`This workspace counts in ${reason.currency}, so I can't take ${typed}.`],
        next: [`Please type it like ${example}.`],
      };
  }
}

import type { Reason } from '../refusal.js';
import type { Button, Card } from './card.js';
import { buttons } from './parts.js';
import { inputWords } from './refusal-input.js';
import { moneyWords } from './refusal-money.js';
import { paymentWords } from './refusal-payment.js';
import { askWords, peopleWords } from './refusal-people.js';
import { ownershipWords } from './refusal-ownership.js';
import { askedWords, placeWords, standingWords } from './refusal-standing.js';
import { webhookWords } from './refusal-webhook.js';
import type { Words } from './refusal-words.js';

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
      return askedWords(reason);
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
    case 'changedSince':
      return askWords(reason);
    case 'handoverOpen':
    case 'handoverGone':
    case 'notAnOwner':
    case 'seatsInUse':
    case 'planChanged':
      return ownershipWords(reason);
    case 'noSavedCard':
    case 'automaticOpen':
      return paymentWords(reason);
    case 'badAmount':
    case 'badArgument':
    case 'keyConflict':
    case 'tooFast':
      return inputWords(reason);
    case 'webhookAddress':
      return webhookWords(reason);
    case 'insufficient':
    case 'planNeeded':
    case 'twoNeeded':
    case 'noSecondPerson':
    case 'cannotTransfer':
    case 'noUndo':
      return moneyWords(reason);
  }
}

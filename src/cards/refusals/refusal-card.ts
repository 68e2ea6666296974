import type { Reason, ReasonKind } from '../../refusal.js';
import type { Button, Card } from '../card.js';
import { buttons } from '../parts.js';
import { campaignWords } from './refusal-campaign.js';
import { inputWords } from './refusal-input.js';
import { inviteWords } from './refusal-invite.js';
import { moneyWords } from './refusal-money.js';
import { paymentWords } from './refusal-payment.js';
import { askWords, peopleWords } from './refusal-people.js';
import { policyWords } from './refusal-policy.js';
import { resourceWords } from './refusal-resource.js';
import { roomWords } from './refusal-rooms.js';
import { ownershipWords } from './refusal-ownership.js';
import { askedWords, placeWords, standingWords } from './refusal-standing.js';
import { webhookWords } from './refusal-webhook.js';
import type { Of, Words } from './refusal-words.js';

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

/** Whose words a reason has: a further one is a line here, and the compiler names one that is missing. */
const WORDS: { readonly [K in ReasonKind]: (reason: Of<K>) => Words } = {
  notEnabled: standingWords,
  accountDisabled: standingWords,
  outsider: standingWords,
  suspended: standingWords,
  notAllowed: standingWords,
  rankGuard: standingWords,
  noWorkspace: askedWords,
  notInWorkspace: askedWords,
  unknownCommand: askedWords,
  unknownWorkspace: askedWords,
  ambiguousWorkspace: askedWords,
  workspaceDisabled: placeWords,
  workspaceNameTaken: placeWords,
  notHere: placeWords,
  botNotInChannel: placeWords,
  notMember: peopleWords,
  alreadyMember: peopleWords,
  alreadyInvited: peopleWords,
  unknownPerson: peopleWords,
  otherAccount: peopleWords,
  cannotJoin: peopleWords,
  noSeat: peopleWords,
  primaryOwnerStays: peopleWords,
  changedSince: peopleWords,
  ownRequest: askWords,
  requestClosed: askWords,
  unknownRequest: askWords,
  invitationGone: askWords,
  linkCode: askWords,
  handoverOpen: ownershipWords,
  handoverGone: ownershipWords,
  notAnOwner: ownershipWords,
  seatsInUse: ownershipWords,
  planChanged: ownershipWords,
  noSavedCard: paymentWords,
  automaticOpen: paymentWords,
  badAmount: inputWords,
  badArgument: inputWords,
  keyConflict: inputWords,
  tooFast: inputWords,
  ambiguousPerson: inviteWords,
  notInvited: inviteWords,
  unknownGroup: inviteWords,
  campaignState: campaignWords,
  campaignChanged: campaignWords,
  campaignBlocked: campaignWords,
  estimateChanged: campaignWords,
  campaignShort: campaignWords,
  webhookAddress: webhookWords,
  unknownChannel: roomWords,
  channelNameTaken: roomWords,
  channelArchived: roomWords,
  privateChannel: roomWords,
  selfIntoPrivate: roomWords,
  notInChannel: roomWords,
  unknownMeeting: roomWords,
  meetingChanged: roomWords,
  policyForbids: policyWords,
  wouldLockOut: policyWords,
  ruleInForce: policyWords,
  unknownResource: resourceWords,
  resourceNameTaken: resourceWords,
  badCsv: resourceWords,
  fileUnread: resourceWords,
  importGone: resourceWords,
  insufficient: moneyWords,
  planNeeded: moneyWords,
  twoNeeded: moneyWords,
  noSecondPerson: moneyWords,
  cannotTransfer: moneyWords,
  noUndo: moneyWords,
};

function wordsFor(reason: Reason): Words {
  const word = WORDS[reason.kind] as (reason: Reason) => Words;
  return word(reason);
}

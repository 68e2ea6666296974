import { describe, expect, test } from '@jest/globals';
import { plainText } from '../../src/cards/plain-text.js';
import { refusalCard } from '../../src/cards/refusal-card.js';
import type { Reason, ReasonKind } from '../../src/refusal.js';
import { SAMPLES } from './samples.js';

const firstLines = SAMPLES.map((card) => plainText(card).split('\n')[0]);

describe("the story's words", () => {
  test.each([
    'Acme is ready. Name your first workspace.',
    'Marketing is active. £0.00.',
    "Marketing's alerts and requests come here. Set by Olivia.",
    'Olivia invites you to Marketing as admin.',
    'Welcome! Here you can invite people and approve requests.',
    'Owners and admins invite, so I asked them for you.',
    'Mia asks to invite nina@acme.com. 2 seats free.',
    'Approved by Adam.',
    'Adam said yes.',
    '£100.00 added. Balance £100.00.',
    'Owners top up. Ask Olivia?',
    'Mia asks for £100.00 for Marketing.',
  ])('%s', (line) => {
    expect(firstLines).toContain(line);
  });
});

/** `home 2`: numbered among those of its name, so that one sample more renames no other's golden words. */
const NUMBERED = SAMPLES.map((card, index) => {
  const before = SAMPLES.slice(0, index).filter(({ name }) => name === card.name);
  return [`${card.name} ${before.length + 1}`, card] as const;
});

/** The golden words: a changed wording shows in the review as what people will read. */
describe('every card, as plain text', () => {
  test.each(NUMBERED)('%s', (_name, card) => {
    expect(`\n${plainText(card)}\n`).toMatchSnapshot();
  });

  test('is plain JSON, as the outbox stores it, and names no id', () => {
    for (const card of SAMPLES) {
      expect(JSON.parse(JSON.stringify(card))).toEqual(card);
      expect(plainText(card)).not.toMatch(/\b(ws|p|req|acc|inv)_\w/);
    }
  });
});

const REASONS: { [K in ReasonKind]: Extract<Reason, { kind: K }> } = {
  unknownChannel: { kind: 'unknownChannel', typed: 'Salse', nearest: ['Sales'] },
  channelNameTaken: { kind: 'channelNameTaken', name: 'Sales' },
  channelArchived: { kind: 'channelArchived', channel: 'ch_1', name: 'Sales' },
  privateChannel: { kind: 'privateChannel', managers: ['Mia'] },
  selfIntoPrivate: { kind: 'selfIntoPrivate', name: 'Deal room' },
  notInChannel: { kind: 'notInChannel', name: 'Mia', channelName: 'Sales' },
  unknownMeeting: { kind: 'unknownMeeting', typed: 'Pricing talk' },
  meetingChanged: { kind: 'meetingChanged', meeting: 'mt_1', workspace: 'ws_1' },
  notEnabled: { kind: 'notEnabled', tenant: 'slack:T02', user: 'U0OLIVIA', tenantName: 'Acme' },
  accountDisabled: { kind: 'accountDisabled', accountName: 'Acme', support: 'help@workspaces.test' },
  outsider: { kind: 'outsider', accountName: 'Acme', who: 'guest', ownerName: 'Olivia' },
  noWorkspace: { kind: 'noWorkspace', hasInvitations: true },
  notInWorkspace: { kind: 'notInWorkspace', what: 'channel' },
  unknownCommand: { kind: 'unknownCommand', typed: 'balnce', nearest: ['balance'] },
  unknownWorkspace: { kind: 'unknownWorkspace', typed: 'Suport', nearest: ['Support'] },
  noSavedCard: { kind: 'noSavedCard', workspaceName: 'Marketing' },
  automaticOpen: { kind: 'automaticOpen', workspaceName: 'Marketing' },
  ambiguousWorkspace: { kind: 'ambiguousWorkspace', typed: 'sales', names: ['Sales', 'SALES'] },
  workspaceDisabled: { kind: 'workspaceDisabled', workspaceName: 'Marketing', ownerName: 'Olivia' },
  workspaceNameTaken: { kind: 'workspaceNameTaken', name: 'Marketing' },
  suspended: { kind: 'suspended', workspaceName: 'Marketing', ownerName: 'Olivia' },
  notAllowed: { kind: 'notAllowed', doing: 'rename the workspace', holders: ['Olivia', 'Adam'] },
  rankGuard: { kind: 'rankGuard', targetName: 'Olivia' },
  ownRequest: { kind: 'ownRequest' },
  notMember: { kind: 'notMember', name: 'Nina', workspaceName: 'Marketing' },
  alreadyMember: { kind: 'alreadyMember', name: 'Mia', workspaceName: 'Marketing' },
  alreadyInvited: {
    kind: 'alreadyInvited',
    name: 'Nina',
    workspaceName: 'Marketing',
    open: { invitation: 'inv_1', workspace: 'ws_1' },
  },
  unknownPerson: { kind: 'unknownPerson', typed: '@nobody' },
  notInvited: { kind: 'notInvited', name: 'Nina', workspaceName: 'Marketing' },
  unknownGroup: { kind: 'unknownGroup', name: 'design', why: 'nobody' },
  otherAccount: { kind: 'otherAccount', name: 'Hank' },
  cannotJoin: { kind: 'cannotJoin', name: 'Vic', who: 'guest' },
  noSeat: {
    kind: 'noSeat',
    licence: 'standard',
    used: 5,
    seats: 5,
    plan: 'teams',
    couldFree: ['Olivia', 'Adam'],
    next: { plan: 'enterprise', seats: 10_000, priceMinor: 49_000, currency: 'GBP' },
  },
  primaryOwnerStays: { kind: 'primaryOwnerStays', name: 'Olivia', workspaceName: 'Marketing' },
  changedSince: {
    kind: 'changedSince',
    name: 'Mia',
    workspaceName: 'Marketing',
    of: { person: 'p_1', workspace: 'ws_1' },
  },
  handoverOpen: {
    kind: 'handoverOpen',
    to: 'Nora',
    handover: 'ho_1',
    workspace: 'ws_1',
    workspaceName: 'Marketing',
  },
  handoverGone: { kind: 'handoverGone', why: 'expired' },
  notAnOwner: { kind: 'notAnOwner', name: 'Adam', person: 'p_1', workspace: 'ws_1', workspaceName: 'Marketing' },
  seatsInUse: { kind: 'seatsInUse', plan: 'free', licence: 'standard', used: 4, seats: 3 },
  planChanged: { kind: 'planChanged' },
  invitationGone: { kind: 'invitationGone', why: 'expired' },
  requestClosed: { kind: 'requestClosed', outcome: 'approved', by: 'Adam' },
  unknownRequest: { kind: 'unknownRequest', typed: '' },
  badAmount: { kind: 'badAmount', typed: '1e9', why: 'notANumber', currency: 'GBP' },
  badArgument: { kind: 'badArgument', argument: 'name', typed: '', expected: 'a name of 1 to 60 characters' },
  insufficient: {
    kind: 'insufficient',
    workspaceName: 'Marketing',
    availableMinor: 500,
    neededMinor: 900,
    currency: 'GBP',
  },
  campaignState: { kind: 'campaignState', name: 'Spring', state: 'running', doing: 'archive' },
  campaignChanged: { kind: 'campaignChanged', name: 'Spring', campaign: 'cp_1', workspace: 'ws_1' },
  campaignBlocked: {
    ...{ kind: 'campaignBlocked', name: 'Spring', campaign: 'cp_1', workspace: 'ws_1', why: 'noPrice' },
    ...{ template: 'Greeting', list: 'Customers', item: 'sms' },
  },
  estimateChanged: {
    ...{ kind: 'estimateChanged', name: 'Spring', campaign: 'cp_1', workspace: 'ws_1' },
    ...{ shownMinor: 4_816, nowMinor: 6_020, currency: 'GBP' },
  },
  campaignShort: {
    ...{ kind: 'campaignShort', name: 'Spring', campaign: 'cp_1', workspace: 'ws_1', workspaceName: 'Marketing' },
    ...{ availableMinor: 4_000, heldMinor: 1_000, neededMinor: 4_816, currency: 'GBP' },
    siblings: [{ workspace: 'ws_2', name: 'Support' }],
  },
  planNeeded: { kind: 'planNeeded', what: 'Policies', plan: 'free', needs: 'teams' },
  policyForbids: {
    kind: 'policyForbids',
    policy: 'emailDomains',
    workspaceName: 'Marketing',
    name: 'zoe@else.com',
    allowed: ['acme.com'],
  },
  wouldLockOut: { kind: 'wouldLockOut', name: 'Olivia', workspaceName: 'Marketing' },
  twoNeeded: { kind: 'twoNeeded', workspaceName: 'Marketing', eligible: ['Olivia'] },
  noSecondPerson: {
    kind: 'noSecondPerson',
    workspace: 'ws_1',
    workspaceName: 'Marketing',
    aboveMinor: 100_000,
    currency: 'GBP',
  },
  cannotTransfer: { kind: 'cannotTransfer', why: 'same', fromName: 'Marketing' },
  noUndo: {
    kind: 'noUndo',
    why: 'spent',
    toName: 'Support',
    availableMinor: 2_000,
    neededMinor: 5_000,
    currency: 'GBP',
  },
  keyConflict: { kind: 'keyConflict', key: 'k', firstUsedFor: 'a top-up' },
  botNotInChannel: { kind: 'botNotInChannel', channelName: 'marketing', platform: 'slack' },
  linkCode: { kind: 'linkCode', why: 'expired' },
  notHere: { kind: 'notHere', what: 'A channel for notices', where: 'in the channel that should have them' },
  webhookAddress: { kind: 'webhookAddress', typed: 'https://10.0.0.1', why: 'private' },
  tooFast: { kind: 'tooFast', retryAfterSeconds: 3 },
  unknownResource: { kind: 'unknownResource', what: 'template', typed: 'Welcom', nearest: ['Welcome'] },
  resourceNameTaken: { kind: 'resourceNameTaken', what: 'contact list', name: 'Spring' },
  badCsv: {
    kind: 'badCsv',
    why: 'badRows',
    rows: [
      { line: 2, why: 'needsCountry', typed: '07400 123456' },
      { line: 5, why: 'noPhone' },
    ],
  },
  fileUnread: { kind: 'fileUnread', why: 'notText', name: 'spring.xlsx' },
  importGone: { kind: 'importGone' },
};

test.each(Object.values(REASONS))('refusal $kind', (reason) => {
  expect(`\n${plainText(refusalCard(reason))}\n`).toMatchSnapshot();
});

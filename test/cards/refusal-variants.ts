import type { Reason } from '../../src/refusal.js';
import { REASONS } from './refusal-samples.js';

/** The reason with each of these values there: all that the type knows, so that a new one is missed here. */
function each<R extends Reason, K extends keyof R>(reason: R, key: K, values: Record<R[K] & string, true>): Reason[] {
  return Object.keys(values).map((value) => ({ ...reason, [key]: value }));
}

const { cannotTransfer, campaignBlocked, campaignState, policyForbids, workspaceDisabled } = REASONS;
const noUndo: Exclude<Extract<Reason, { kind: 'noUndo' }>, { why: 'spent' }> = { kind: 'noUndo', why: 'tooLate' };
const of = { workspaceName: 'Marketing' };

/** The other wordings of refusals that have several. */
const VARIANTS: readonly Reason[] = [
  ...each(REASONS.outsider, 'who', { guest: true, connect: true, bot: true, deactivated: true, otherTenant: true }),
  ...each(REASONS.cannotJoin, 'who', { guest: true, connect: true, bot: true, deactivated: true }),
  ...each(REASONS.notInWorkspace, 'what', { card: true, channel: true }),
  ...each(REASONS.badAmount, 'why', {
    ...{ notANumber: true, zero: true, negative: true, tooPrecise: true },
    ...{ tooSmall: true, tooLarge: true, otherCurrency: true },
  }),
  ...each({ ...REASONS.unknownGroup, most: 100 }, 'why', { unknown: true, nobody: true, empty: true, tooMany: true }),
  ...each(REASONS.handoverGone, 'why', {
    ...{ accepted: true, declined: true, cancelled: true, expired: true },
    ...{ notYours: true, unknown: true, changed: true, back: true },
  }),
  ...each(REASONS.invitationGone, 'why', { expired: true, used: true, revoked: true, notYours: true, unknown: true }),
  ...each({ ...cannotTransfer, toName: 'Support' }, 'why', {
    ...{ same: true, alone: true, otherCurrency: true, suspended: true, disabled: true, gone: true },
  }),
  { ...cannotTransfer, why: 'gone', asker: 'Adam' },
  ...each(noUndo, 'why', { tooLate: true, undone: true, unknown: true }),
  ...each({ ...noUndo, what: 'member' }, 'why', { tooLate: true, undone: true, unknown: true }),
  ...each(REASONS.linkCode, 'why', {
    ...{ unknown: true, expired: true, used: true, samePlatform: true, tooManyTries: true, notLinked: true },
  }),
  ...each(REASONS.webhookAddress, 'why', { malformed: true, notHttps: true, credentials: true, private: true }),
  ...each(REASONS.fileUnread, 'why', { tooLarge: true, gone: true, notText: true }),
  ...each({ kind: 'badCsv', why: 'empty', line: 3, column: 'visits', most: 20 }, 'why', {
    ...{ empty: true, noRows: true, openQuote: true, noPhoneColumn: true, severalPhoneColumns: true, badColumn: true },
    ...{ columnTwice: true, otherType: true, tooManyColumns: true, tooManyRows: true, tooManyContacts: true },
  }),
  {
    kind: 'badCsv',
    why: 'badRows',
    rows: [
      { line: 2, why: 'notAPhone', typed: '12' },
      { line: 3, why: 'tooManyCells' },
      { line: 4, why: 'notANumber', column: 'visits', typed: 'many' },
      { line: 5, why: 'notADate', column: 'joined', typed: 'soon' },
      { line: 6, why: 'notAnEmail', column: 'mail', typed: 'ann' },
      { line: 7, why: 'tooLong', column: 'note' },
    ],
  },
  ...each(campaignBlocked, 'why', {
    ...{ templateArchived: true, listArchived: true, listEmpty: true, noPrice: true, tooMuch: true, timePast: true },
  }),
  ...each(campaignState, 'doing', { change: true, start: true, end: true, archive: true }),
  ...each(REASONS.unknownResource, 'what', { 'contact list': true, template: true, campaign: true, report: true }),
  ...each(REASONS.botNotInChannel, 'platform', { slack: true, teams: true }),
  { ...policyForbids, policy: 'allowedTenants', ...of, name: 'Tina', allowed: ['slack'] },
  { ...policyForbids, policy: 'allowedTenants', ...of, allowed: ['teams'] },
  { ...policyForbids, policy: 'keyMaxAgeDays', ...of, days: 90 },
  { ...policyForbids, policy: 'meetingSharing', ...of },
  { ...workspaceDisabled, enable: { workspace: 'ws_1', asks: true } },
  { ...workspaceDisabled, enable: { workspace: 'ws_1', asks: false } },
  { ...REASONS.rankGuard, newRole: 'owner' },
  { ...REASONS.primaryOwnerStays, own: 'ws_1' },
  { ...REASONS.insufficient, workspace: 'ws_1', heldMinor: 300 },
  { ...REASONS.requestClosed, outcome: 'denied' },
  { ...REASONS.requestClosed, outcome: 'expired' },
  { ...REASONS.noWorkspace, hasInvitations: false },
  { ...REASONS.unknownCommand, nearest: [] },
  { ...REASONS.unknownWorkspace, nearest: [] },
  { ...REASONS.unknownChannel, nearest: [] },
];

/** One refusal for each reason, then its other wordings. */
export const ALL_REASONS: readonly Reason[] = [...Object.values(REASONS), ...VARIANTS];

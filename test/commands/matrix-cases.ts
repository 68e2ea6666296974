import type { Role } from '../../src/workspace/entities.js';
import type { Action, Cell } from '../../src/workspace/permissions.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { NOW } from '../support/acme.js';
import { MATRIX_CELLS } from '../support/matrix.js';
import { billed, channelBy, fund, type MatrixCompany, meetingOfPat, policy, spent } from './matrix-company.js';

/** What somebody who types it meets: it is done or asked for by a form, becomes a request, is denied, or shows a part. */
export type Met = 'yes' | 'request' | 'no' | 'own' | 'totals' | 'notBilling';

/** A role, or none: of the company only. */
export type Who = Role | 'none';

export interface MatrixCase {
  action: Action;
  /** Without what a platform needs before it. */
  typed: string;
  /** Where the cell leaves it to the case, or to what this role is to it. */
  meets?: Readonly<Partial<Record<Cell | Who, Met>>>;
  /** Where more than a yes is to be told: what of it an answer shows. */
  part?: (words: string) => Met;
  /** What has to be there first. */
  given?: (company: MatrixCompany) => Promise<unknown>;
  /** What has the last word instead of the role's cell: to change that alone changes nothing. */
  decidedBy?: 'the channel' | 'the meeting' | 'the column of no role' | 'the rank guard' | 'whose it is';
  /** It is about the person or the account, not about a workspace: suspended people may. */
  ofPerson?: true;
}

const oneByOne =
  (sign: string) =>
  (words: string): Met =>
    words.includes(sign) ? 'yes' : 'totals';

/** Every action that can be asked for by typing, as somebody would type it. */
export const MATRIX_CASES: readonly MatrixCase[] = [
  { action: 'seeBalance', typed: 'balance' },
  { action: 'forecast', typed: 'forecast' },
  { action: 'seeAlerts', typed: 'alerts' },
  { action: 'switchWorkspace', typed: 'switch Support', ofPerson: true, decidedBy: 'the column of no role' },
  { action: 'ownProfile', typed: 'me', ofPerson: true, decidedBy: 'the column of no role' },
  {
    action: 'readPublicChannels',
    typed: 'channel open Launch',
    given: channelBy('max', 'public'),
    decidedBy: 'the channel',
  },
  { action: 'workWithResources', typed: 'resources' },
  {
    action: 'readPrivateChannels',
    typed: 'channel open Launch',
    given: channelBy('max', 'private'),
    decidedBy: 'the channel',
    meets: { invited: 'no' },
  },
  { action: 'createChannel', typed: 'channel create Launch', meets: { byPolicy: 'request' } },
  {
    action: 'createChannel',
    typed: 'channel create Sales',
    given: policy('whoMayCreateChannels', 'members'),
    meets: { byPolicy: 'yes' },
  },
  {
    action: 'manageChannels',
    typed: 'channel archive Launch',
    given: channelBy('max', 'public'),
    meets: { own: 'no' },
  },
  {
    action: 'manageChannels',
    typed: 'channel archive Launch',
    given: channelBy('mia', 'public'),
    meets: { own: 'yes' },
  },
  { action: 'maintain', typed: 'health' },
  { action: 'manageKeys', typed: 'dev' },
  { action: 'bindChannel', typed: 'channel bind' },
  { action: 'chooseApprovals', typed: 'channel approvals' },
  { action: 'setAlerts', typed: 'alerts at 20%' },
  { action: 'seeMembers', typed: 'members' },
  { action: 'invite', typed: 'invite nina@acme.com' },
  {
    action: 'invite',
    typed: 'invite otto@partner.com',
    given: policy('whoMayInvite', 'owners'),
    meets: { adminsInvite: 'request' },
  },
  {
    action: 'invite',
    typed: 'invite ann@partner.com',
    given: policy('whoMayInvite', 'members'),
    meets: { everybodyInvites: 'yes' },
  },
  { action: 'manageInvitations', typed: 'invite list' },
  { action: 'changeLicence', typed: 'licence pat@acme.com pro', meets: { ownRequest: 'no' } },
  { action: 'changeLicence', typed: 'licence pro' },
  { action: 'unlinkMember', typed: 'remove pat@acme.com' },
  { action: 'unlinkMember', typed: 'remove max@acme.com', meets: { admin: 'no' }, decidedBy: 'the rank guard' },
  { action: 'suspendMember', typed: 'suspend pat@acme.com' },
  { action: 'changeAdmins', typed: 'role pat@acme.com admin' },
  { action: 'changeOwners', typed: 'role pat@acme.com owner' },
  { action: 'handOver', typed: 'handover max@acme.com' },
  { action: 'seePolicies', typed: 'policy' },
  { action: 'setPolicies', typed: 'policy retype 500' },
  { action: 'setOwnersCap', typed: 'policy cap 100' },
  { action: 'renameWorkspace', typed: 'rename Growth' },
  { action: 'manageBilling', typed: 'plan' },
  { action: 'addBalance', typed: 'topup 100' },
  { action: 'transferBalance', typed: 'transfer 10 from Marketing to Support', given: fund },
  { action: 'setAutomaticPayments', typed: 'auto topup below 10 add 50 max 200' },
  { action: 'pauseAutomaticPayments', typed: 'auto pause' },
  { action: 'seeEntries', typed: 'history', given: spent, part: oneByOne('Usage: Spring') },
  { action: 'seeUsage', typed: 'usage', given: spent, part: oneByOne('Pat') },
  { action: 'seeIndividualSpend', typed: 'report pat@acme.com', meets: { own: 'no' } },
  { action: 'seeIndividualSpend', typed: 'report mia@acme.com', meets: { own: 'yes' }, decidedBy: 'whose it is' },
  { action: 'seeReceipts', typed: 'receipts' },
  { action: 'setPrices', typed: 'prices sms 0.04' },
  { action: 'setAccountPrices', typed: 'prices sms 0.04 everywhere' },
  { action: 'createWorkspace', typed: 'create Growth', ofPerson: true, decidedBy: 'the column of no role' },
  // Its form comes first, for whoever may ask too.
  { action: 'disableWorkspace', typed: 'disable Marketing', meets: { request: 'yes' } },
  {
    action: 'enableWorkspace',
    typed: 'enable Marketing',
    given: ({ account, marketing, olivia }) =>
      disableWorkspace({ account: account.id, workspace: marketing.id, by: olivia.id, at: NOW }),
  },
  {
    action: 'seeAudit',
    typed: 'audit',
    given: billed,
    part: (words) => (words.includes('is billed') ? 'yes' : words.includes('Pat') ? 'notBilling' : 'own'),
  },
  {
    ...{ action: 'readMeeting', typed: 'meeting open Kick-off', given: meetingOfPat },
    ...{ meets: { shared: 'no' }, decidedBy: 'the meeting' },
  },
  {
    ...{ action: 'manageMeeting', typed: 'meeting delete Kick-off', given: meetingOfPat },
    ...{ meets: { host: 'no' }, decidedBy: 'the meeting' },
  },
];

/** Actions that nobody types as such. */
export const NOT_TYPED: Readonly<Partial<Record<Action, string>>> = {
  startLargeCampaign: 'test/commands/campaigns.test.ts',
  takeOver: 'test/commands/continuity.test.ts',
  undoTransfer: 'a button: test/commands/transfer.test.ts',
  secondPerson: 'a request: test/commands/money.test.ts',
};

const AS_IT_SAYS: Readonly<Record<Cell, Met>> = {
  yes: 'yes',
  request: 'request',
  no: 'no',
  see: 'no',
  invited: 'yes',
  host: 'yes',
  shared: 'yes',
  own: 'own',
  ownRequest: 'request',
  totals: 'totals',
  notBilling: 'notBilling',
  upToOwnRank: 'yes',
  upToAmount: 'yes',
  linkOrCap: 'yes',
  ownsSource: 'yes',
  adminsInvite: 'yes',
  everybodyInvites: 'request',
  accountOwner: 'request',
  accountOwnerOrSee: 'no',
  byPolicy: 'request',
};

/** What a cell means in a case. The account owner is Marketing's primary owner. */
function meant(says: Cell, { meets }: MatrixCase, role: Who): Met {
  if (role === 'primaryOwner' && (says === 'accountOwner' || says === 'accountOwnerOrSee')) return 'yes';
  return meets?.[role] ?? meets?.[says] ?? AS_IT_SAYS[says];
}

/** Each case by each role and by somebody without any, with what the matrix has them meet. */
export function matrixCells(cases: readonly MatrixCase[]) {
  return cases.flatMap((one) =>
    MATRIX_CELLS.flatMap(([action, of, says]) => {
      const role: Who = of ?? 'none';
      return action === one.action ? [{ one, role, met: meant(says, one, role), typed: one.typed }] : [];
    }),
  );
}

/**
 * What an answer's words are. A form or anything that was done is a yes. What somebody may not read is not found, or
 * for those who manage it, private; who is in no workspace is told that.
 */
export function metIn(words: string, { part }: Pick<MatrixCase, 'part'>): Met {
  if (/You can't |ranks above what you may|I find no |is private\. |You are in no workspace/.test(words)) return 'no';
  if (/so I asked|^Only .* Ask |\. Ask [^.]*\?$/m.test(words)) return 'request';
  return part?.(words) ?? 'yes';
}

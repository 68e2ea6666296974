import mongoose from 'mongoose';
import { createChannel } from '../../src/channels/channels.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { createMeeting } from '../../src/meetings/meetings.js';
import type { Person, Role } from '../../src/workspace/entities.js';
import type { Action, Cell } from '../../src/workspace/permissions.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { type Acme, addTo, NOW, slackUser } from '../support/acme.js';
import { MATRIX_CELLS } from '../support/matrix.js';

/** What somebody who types it meets: it is done or asked for by a form, becomes a request, or is denied. */
export type Met = 'yes' | 'request' | 'no';

/** Acme with a person for each role of Marketing, who are in Support too; Max is another owner, Pat another member. */
export interface MatrixCompany extends Acme {
  /** Owner of Marketing. */
  otto: Person;
  /** A member of it. */
  pat: Person;
}

export interface MatrixCase {
  action: Action;
  /** Without what a platform needs before it. */
  typed: string;
  /** Where the cell leaves it to the case, or to what this role is to it. */
  meets?: Readonly<Partial<Record<Cell | Role, Met>>>;
  /** What has to be there first. */
  given?: (company: MatrixCompany) => Promise<unknown>;
  /** It is about the person or the account, not about a workspace: suspended people may. */
  ofPerson?: true;
}

/** Adds to Acme whom the matrix needs besides. */
export async function addRoles(acme: Acme): Promise<MatrixCompany> {
  const { marketing, support, olivia, adam, mia, max } = acme;
  const account = { ...acme.account, seats: { standard: 20, pro: 20 } };
  const { seats } = account;
  await mongoose.connection
    .db!.collection<{ _id: string }>('accounts')
    .updateOne({ _id: account.id }, { $set: { seats } });
  const person = (name: string) =>
    ensurePerson(
      account,
      slackUser(`U0${name.toUpperCase()}`),
      { name, email: `${name.toLowerCase()}@acme.com`, emailVerified: true, standing: 'full' },
      NOW,
    );
  const [otto, pat] = [await person('Otto'), await person('Pat')];
  await addTo(account, marketing, olivia, otto, 'owner');
  await addTo(account, marketing, olivia, max, 'owner');
  await addTo(account, marketing, olivia, pat, 'member');
  for (const one of [otto, adam, mia]) await addTo(account, support, olivia, one, 'member');
  return { ...acme, account, otto, pat };
}

const meetingOfPat = ({ account, marketing, pat }: MatrixCompany) =>
  createMeeting({
    ...{ account: account.id, workspace: marketing.id, host: pat.id, at: NOW },
    ...{ title: 'Kick-off', startsAt: NOW, highlights: [], open: false },
  });

const channelByAnOwner =
  (kind: 'public' | 'private') =>
  ({ account, marketing, max }: MatrixCompany) =>
    createChannel({ account: account.id, workspace: marketing.id, name: 'Launch', kind, by: max.id, at: NOW });

const fund = ({ marketing }: MatrixCompany) =>
  createLedger(mongoose.connection.db!).post({
    ...{ wallet: marketing.id, key: 'topup:matrix', kind: 'topup', amountMinor: 10_000, contra: 'provider', at: NOW },
  });

/** Every action that can be asked for by typing, as somebody would type it. */
export const MATRIX_CASES: readonly MatrixCase[] = [
  { action: 'seeBalance', typed: 'balance' },
  { action: 'forecast', typed: 'forecast' },
  { action: 'seeAlerts', typed: 'alerts' },
  { action: 'switchWorkspace', typed: 'switch Support', ofPerson: true },
  { action: 'ownProfile', typed: 'me', ofPerson: true },
  { action: 'readPublicChannels', typed: 'channel open Launch', given: channelByAnOwner('public') },
  { action: 'workWithResources', typed: 'resources' },
  {
    action: 'readPrivateChannels',
    typed: 'channel open Launch',
    given: channelByAnOwner('private'),
    meets: { invited: 'no' },
  },
  { action: 'createChannel', typed: 'channel create Launch', meets: { byPolicy: 'request' } },
  {
    action: 'manageChannels',
    typed: 'channel archive Launch',
    given: channelByAnOwner('public'),
    meets: { own: 'no' },
  },
  { action: 'maintain', typed: 'health' },
  { action: 'manageKeys', typed: 'dev' },
  { action: 'bindChannel', typed: 'channel bind' },
  { action: 'chooseApprovals', typed: 'channel approvals' },
  { action: 'setAlerts', typed: 'alerts at 20%' },
  { action: 'seeMembers', typed: 'members' },
  { action: 'invite', typed: 'invite nina@acme.com' },
  { action: 'manageInvitations', typed: 'invite list' },
  { action: 'changeLicence', typed: 'licence pat@acme.com pro', meets: { ownRequest: 'no' } },
  { action: 'unlinkMember', typed: 'remove pat@acme.com' },
  { action: 'unlinkMember', typed: 'remove max@acme.com', meets: { admin: 'no' } },
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
  { action: 'seeEntries', typed: 'history' },
  { action: 'seeUsage', typed: 'usage' },
  { action: 'seeIndividualSpend', typed: 'report pat@acme.com', meets: { own: 'no' } },
  { action: 'seeReceipts', typed: 'receipts' },
  { action: 'setPrices', typed: 'prices sms 0.04' },
  { action: 'setAccountPrices', typed: 'prices sms 0.04 everywhere' },
  { action: 'createWorkspace', typed: 'create Growth', ofPerson: true },
  // Its form comes first, for whoever may ask too.
  { action: 'disableWorkspace', typed: 'disable Marketing', meets: { request: 'yes' } },
  {
    action: 'enableWorkspace',
    typed: 'enable Marketing',
    given: ({ account, marketing, olivia }) =>
      disableWorkspace({ account: account.id, workspace: marketing.id, by: olivia.id, at: NOW }),
  },
  { action: 'seeAudit', typed: 'audit' },
  { action: 'readMeeting', typed: 'meeting open Kick-off', given: meetingOfPat, meets: { shared: 'no' } },
  { action: 'manageMeeting', typed: 'meeting delete Kick-off', given: meetingOfPat, meets: { host: 'no' } },
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
  own: 'yes',
  ownRequest: 'request',
  totals: 'yes',
  notBilling: 'yes',
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
function meant(says: Cell, { meets }: MatrixCase, role: Role): Met {
  if (role === 'primaryOwner' && (says === 'accountOwner' || says === 'accountOwnerOrSee')) return 'yes';
  return meets?.[role] ?? meets?.[says] ?? AS_IT_SAYS[says];
}

/** Each case by each role, with what the matrix has them meet. */
export function matrixCells(cases: readonly MatrixCase[]) {
  return cases.flatMap((one) =>
    MATRIX_CELLS.flatMap(([action, role, says]) =>
      action === one.action && role ? [{ one, role, met: meant(says, one, role), typed: one.typed }] : [],
    ),
  );
}

/**
 * What an answer's words are. A form or anything that was done is a yes. What somebody may not read is not found, or
 * for those who manage it, private.
 */
export function metIn(words: string): Met {
  if (/You can't |ranks above what you may|I find no |is private\. /.test(words)) return 'no';
  return /so I asked|^Only .* Ask |\. Ask [^.]*\?$/m.test(words) ? 'request' : 'yes';
}

import type { Role } from '../../src/workspace/entities.js';
import type { Action, Cell } from '../../src/workspace/permissions.js';

/** Who may do what once more, as the product's specification states it: primary owner, owner, admin, member, no role. */
const MATRIX = `
  seeBalance              yes          yes          yes          yes          no
  seeAlerts               yes          yes          yes          yes          no
  switchWorkspace         yes          yes          yes          yes          no
  ownProfile              yes          yes          yes          yes          yes
  forecast                yes          yes          yes          yes          no
  readPublicChannels      yes          yes          yes          yes          no
  workWithResources       yes          yes          yes          yes          no
  startLargeCampaign      yes          yes          yes          upToAmount   no
  readPrivateChannels     invited      invited      invited      invited      no
  createChannel           yes          yes          yes          byPolicy     no
  manageChannels          yes          yes          yes          own          no
  maintain                yes          yes          yes          no           no
  manageKeys              yes          yes          yes          no           no
  bindChannel             yes          yes          yes          no           no
  chooseApprovals         yes          yes          yes          no           no
  setAlerts               yes          yes          yes          no           no
  seeMembers              yes          yes          yes          no           no
  invite                  yes          yes          adminsInvite everybodyInvites no
  manageInvitations       yes          yes          yes          no           no
  changeLicence           yes          yes          yes          ownRequest   no
  unlinkMember            yes          upToOwnRank  upToOwnRank  no           no
  suspendMember           yes          upToOwnRank  upToOwnRank  no           no
  changeAdmins            yes          yes          yes          no           no
  changeOwners            yes          yes          no           no           no
  handOver                yes          no           no           no           no
  takeOver                accountOwner accountOwner accountOwner accountOwner accountOwner
  seePolicies             yes          yes          yes          no           no
  setPolicies             yes          yes          see          no           no
  setOwnersCap            yes          no           no           no           no
  renameWorkspace         yes          yes          see          no           no
  manageBilling           yes          no           no           no           no
  addBalance              yes          linkOrCap    request      request      no
  transferBalance         ownsSource   ownsSource   request      no           no
  undoTransfer            ownsSource   ownsSource   no           no           no
  secondPerson            yes          yes          no           no           no
  setAutomaticPayments    yes          request      request      no           no
  pauseAutomaticPayments  yes          yes          yes          no           no
  seeEntries              yes          yes          yes          totals       no
  seeUsage                yes          yes          yes          totals       no
  seeIndividualSpend      yes          yes          yes          own          no
  seeReceipts             yes          yes          no           no           no
  setPrices               yes          see          see          see          no
  setAccountPrices        accountOwnerOrSee accountOwnerOrSee accountOwnerOrSee accountOwnerOrSee accountOwnerOrSee
  createWorkspace         accountOwner accountOwner accountOwner accountOwner accountOwner
  disableWorkspace        yes          request      request      no           no
  enableWorkspace         yes          request      request      no           no
  seeAudit                yes          yes          notBilling   own          own
  readMeeting             shared       shared       shared       shared       no
  manageMeeting           host         host         host         host         no
`;

const COLUMNS = ['primaryOwner', 'owner', 'admin', 'member', undefined] as const;

/** One cell of it. `role` is undefined for somebody of the account who is in no workspace. */
export type MatrixCell = readonly [action: Action, role: Role | undefined, says: Cell];

const rows = MATRIX.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

/** In the order of the specification. */
export const MATRIX_ACTIONS = rows.map(([action]) => action as Action);

export const MATRIX_CELLS: readonly MatrixCell[] = rows.flatMap(([action, ...says]) =>
  COLUMNS.map((role, i) => [action as Action, role, says[i] as Cell] as const),
);

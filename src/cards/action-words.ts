import type { Action, Holder } from '../workspace/permissions.js';
import { rolesThat } from './role-words.js';

/** After "You can't": what the action is. */
const DOING: Readonly<Record<Action, string>> = {
  seeBalance: 'see the balance',
  seeAlerts: 'see the alerts',
  switchWorkspace: 'switch there',
  ownProfile: 'see that profile',
  forecast: 'see the forecast',
  readPublicChannels: 'read that channel',
  workWithResources: 'work with its resources',
  startLargeCampaign: 'start a campaign of that size',
  readPrivateChannels: 'read that channel',
  createChannel: 'create channels',
  manageChannels: 'manage that channel',
  maintain: 'do maintenance',
  manageKeys: 'manage API keys',
  bindChannel: 'choose where notices go',
  chooseApprovals: 'choose where requests go',
  setAlerts: 'change the alerts',
  seeMembers: 'see the members',
  invite: 'invite people',
  manageInvitations: 'manage invitations',
  changeLicence: 'change licences',
  unlinkMember: 'remove people',
  suspendMember: 'suspend people',
  changeAdmins: 'change roles',
  changeOwners: 'make or remove owners',
  handOver: 'hand over primary ownership',
  takeOver: 'settle who takes the workspace over',
  seePolicies: 'see the policies',
  setPolicies: 'change policies',
  setOwnersCap: "set the owners' cap on the saved card",
  renameWorkspace: 'rename the workspace',
  manageBilling: 'manage billing',
  addBalance: 'add balance',
  transferBalance: 'move balance',
  undoTransfer: 'undo a transfer',
  secondPerson: 'be the second person',
  setAutomaticPayments: 'set automatic payments',
  pauseAutomaticPayments: 'pause automatic payments',
  seeEntries: 'see the entries',
  seeUsage: 'see the usage',
  seeIndividualSpend: "see people's spend",
  seeReceipts: 'see receipts',
  setPrices: 'change prices',
  setAccountPrices: 'change prices',
  createWorkspace: 'create workspaces',
  disableWorkspace: 'disable the workspace',
  enableWorkspace: 'enable the workspace',
  seeAudit: 'see the audit trail',
  readMeeting: 'read that meeting',
  manageMeeting: 'manage that meeting',
};

/** After the holders, where a request went to them: `Owners and admins invite`. */
const VERBS: Readonly<Partial<Record<Action, { many: string; one: string }>>> = {
  invite: { many: 'invite', one: 'invites' },
  changeLicence: { many: 'change licences', one: 'changes licences' },
  addBalance: { many: 'top up', one: 'tops up' },
  transferBalance: { many: 'move balance', one: 'moves balance' },
  startLargeCampaign: { many: 'start campaigns of that size', one: 'starts campaigns of that size' },
  setAutomaticPayments: { many: 'set automatic payments', one: 'sets automatic payments' },
  takeOver: { many: 'settle who takes over', one: 'settles who takes over' },
  disableWorkspace: { many: 'disable it', one: 'disables it' },
  enableWorkspace: { many: 'enable it', one: 'enables it' },
  createWorkspace: { many: 'create workspaces', one: 'creates workspaces' },
  createChannel: { many: 'create channels', one: 'creates channels' },
  readMeeting: { many: 'decide who reads it', one: 'decides who reads it' },
};

export function doing(action: Action): string {
  return DOING[action];
}

/** `Owners and admins invite`, `The account owner creates workspaces`. */
export function whoDoes(action: Action, holders: readonly Holder[]): string {
  const roles = holders.filter((holder) => holder !== 'accountOwner' && holder !== 'host');
  const one = roles.length === 0 || (roles.length === 1 && roles[0] === 'primaryOwner');
  const who = roles.length > 0 ? rolesThat(roles) : holders[0] === 'host' ? 'The host' : 'The account owner';
  const verb = VERBS[action] ?? { many: `may ${DOING[action]}`, one: `may ${DOING[action]}` };
  return `${who} ${one ? verb.one : verb.many}`;
}

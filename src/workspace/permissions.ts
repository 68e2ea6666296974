import { type PersonId, type Role, ROLES, type WhoMayInvite } from './entities.js';

/**
 * What a cell of the matrix says.
 * - `request`: denied, but becomes a prefilled request to whoever holds the right.
 * - `no`: denied with the name of who can. `see`: may look, not change.
 * - `invited`: where invited to it. `host`: the meeting's host. `shared`: the host, and whom it is shared with.
 * - `own`: one's own only. `ownRequest`: one's own becomes a request, others' not. `totals`, `notBilling`: that part.
 * - `upToOwnRank`: people not above oneself.
 * - `linkOrCap`: by a payment link, or the saved card within the cap; beyond it a request.
 * - `ownsSource`: as owner of the source and member of the target.
 * - `accountOwner`: as the account owner, else a request. `accountOwnerOrSee`: else may look.
 * - `byPolicy`: a request by default, yes where the workspace's policy says so.
 * - `upToAmount`: yes up to the amount of the workspace's policy, a request above it.
 * - `adminsInvite`: yes, but a request where only owners invite. `everybodyInvites`: a request, but yes where everybody does.
 */
export type Cell =
  | 'yes'
  | 'request'
  | 'no'
  | 'see'
  | 'invited'
  | 'host'
  | 'shared'
  | 'own'
  | 'ownRequest'
  | 'totals'
  | 'notBilling'
  | 'upToOwnRank'
  | 'linkOrCap'
  | 'ownsSource'
  | 'accountOwner'
  | 'accountOwnerOrSee'
  | 'byPolicy'
  | 'upToAmount'
  | 'adminsInvite'
  | 'everybodyInvites';

interface Row {
  /** In the order primary owner, owner, admin, member. */
  readonly cells: readonly [Cell, Cell, Cell, Cell];
  /** For a person without a role: of the account only. */
  readonly noRole: Cell;
}

const row = (
  primaryOwner: Cell,
  owner: Cell,
  admin: Cell,
  member: Cell,
  also: { noRole: Cell } = { noRole: 'no' },
): Row => ({ cells: [primaryOwner, owner, admin, member], ...also });

/** Who may do what: every action of the product, those of later commands too. */
export const ACTIONS = {
  seeBalance: row('yes', 'yes', 'yes', 'yes'),
  seeAlerts: row('yes', 'yes', 'yes', 'yes'),
  switchWorkspace: row('yes', 'yes', 'yes', 'yes'),
  ownProfile: row('yes', 'yes', 'yes', 'yes', { noRole: 'yes' }),
  forecast: row('yes', 'yes', 'yes', 'yes'),
  readPublicChannels: row('yes', 'yes', 'yes', 'yes'),
  workWithResources: row('yes', 'yes', 'yes', 'yes'),
  startLargeCampaign: row('yes', 'yes', 'yes', 'upToAmount'),
  readPrivateChannels: row('invited', 'invited', 'invited', 'invited'),
  createChannel: row('yes', 'yes', 'yes', 'byPolicy'),
  manageChannels: row('yes', 'yes', 'yes', 'own'),
  maintain: row('yes', 'yes', 'yes', 'no'),
  manageKeys: row('yes', 'yes', 'yes', 'no'),
  bindChannel: row('yes', 'yes', 'yes', 'no'),
  chooseApprovals: row('yes', 'yes', 'yes', 'no'),
  setAlerts: row('yes', 'yes', 'yes', 'no'),
  seeMembers: row('yes', 'yes', 'yes', 'no'),
  invite: row('yes', 'yes', 'adminsInvite', 'everybodyInvites'),
  manageInvitations: row('yes', 'yes', 'yes', 'no'),
  changeLicence: row('yes', 'yes', 'yes', 'ownRequest'),
  unlinkMember: row('yes', 'upToOwnRank', 'upToOwnRank', 'no'),
  suspendMember: row('yes', 'upToOwnRank', 'upToOwnRank', 'no'),
  changeAdmins: row('yes', 'yes', 'yes', 'no'),
  changeOwners: row('yes', 'yes', 'no', 'no'),
  handOver: row('yes', 'no', 'no', 'no'),
  /** To become primary owner in the place of one who is gone: whoever asks for it is looked at by the command. */
  takeOver: row('accountOwner', 'accountOwner', 'accountOwner', 'accountOwner', { noRole: 'accountOwner' }),
  seePolicies: row('yes', 'yes', 'yes', 'no'),
  setPolicies: row('yes', 'yes', 'see', 'no'),
  setOwnersCap: row('yes', 'no', 'no', 'no'),
  renameWorkspace: row('yes', 'yes', 'see', 'no'),
  manageBilling: row('yes', 'no', 'no', 'no'),
  addBalance: row('yes', 'linkOrCap', 'request', 'request'),
  transferBalance: row('ownsSource', 'ownsSource', 'request', 'no'),
  undoTransfer: row('ownsSource', 'ownsSource', 'no', 'no'),
  /** To be the second of the two people whom a large amount needs. */
  secondPerson: row('yes', 'yes', 'no', 'no'),
  setAutomaticPayments: row('yes', 'request', 'request', 'no'),
  pauseAutomaticPayments: row('yes', 'yes', 'yes', 'no'),
  seeEntries: row('yes', 'yes', 'yes', 'totals'),
  seeUsage: row('yes', 'yes', 'yes', 'totals'),
  seeIndividualSpend: row('yes', 'yes', 'yes', 'own'),
  seeReceipts: row('yes', 'yes', 'no', 'no'),
  setPrices: row('yes', 'see', 'see', 'see'),
  setAccountPrices: row('accountOwnerOrSee', 'accountOwnerOrSee', 'accountOwnerOrSee', 'accountOwnerOrSee', {
    noRole: 'accountOwnerOrSee',
  }),
  createWorkspace: row('accountOwner', 'accountOwner', 'accountOwner', 'accountOwner', { noRole: 'accountOwner' }),
  disableWorkspace: row('yes', 'request', 'request', 'no'),
  enableWorkspace: row('yes', 'request', 'request', 'no'),
  seeAudit: row('yes', 'yes', 'notBilling', 'own', { noRole: 'own' }),
  readMeeting: row('shared', 'shared', 'shared', 'shared'),
  manageMeeting: row('host', 'host', 'host', 'host'),
} as const satisfies Record<string, Row>;

export type Action = keyof typeof ACTIONS;

export function isAction(name: string): name is Action {
  return Object.hasOwn(ACTIONS, name);
}

/** Who can hold a right: a role, or a person by what they are to the account or the thing itself. */
export type Holder = Role | 'accountOwner' | 'host';

/** What the guards need to know of one case. What is left out is not known yet: the answer holds so far. */
export interface Facts {
  accountOwner?: boolean;
  /** Whether the thing or person concerned is the actor's own. */
  own?: boolean;
  invited?: boolean;
  host?: boolean;
  /** The meeting's host, to be named where somebody else is denied. */
  hostedBy?: PersonId;
  shared?: boolean;
  targetRole?: Role;
  payBy?: 'link' | 'savedCardWithinCap' | 'savedCardAboveCap';
  memberOfTarget?: boolean;
  membersMayCreateChannels?: boolean;
  /** Whether it costs no more than the policy lets members spend by themselves. */
  withinAmount?: boolean;
  whoMayInvite?: WhoMayInvite;
}

export type Verdict =
  /** `only` narrows it to that part. */
  | { answer: 'yes'; only?: 'own' | 'totals' | 'notBilling' }
  | { answer: 'request'; to: Holder[] }
  | { answer: 'see'; holders: Holder[] }
  | { answer: 'no'; holders: Holder[] };

const byRank = (role: Role): 0 | 1 | 2 | 3 => (3 - ROLES.indexOf(role)) as 0 | 1 | 2 | 3;

export function cell(action: Action, role: Role | undefined): Cell {
  const { cells, noRole }: Row = ACTIONS[action];
  return role ? cells[byRank(role)] : noRole;
}

/** Whether somebody with this role (none: no membership there) may do it, given what is known of the case. */
export function verdict(action: Action, role: Role | undefined, facts: Facts = {}): Verdict {
  const yes: Verdict = { answer: 'yes' };
  const all = holders(action, facts);
  const no: Verdict = { answer: 'no', holders: all };
  const request: Verdict = { answer: 'request', to: all.filter((holder) => holder !== role) };
  const see: Verdict = { answer: 'see', holders: all };
  const says = cell(action, role);
  switch (says) {
    case 'yes':
      return yes;
    case 'request':
      return request;
    case 'no':
      return no;
    case 'see':
      return see;
    case 'invited':
      return facts.invited === false ? no : yes;
    case 'host':
      return facts.host === false ? no : yes;
    case 'shared':
      return facts.host === false && facts.shared === false ? request : yes;
    case 'own':
      return facts.own === false ? no : { answer: 'yes', only: 'own' };
    case 'ownRequest':
      return facts.own === false ? no : request;
    case 'totals':
    case 'notBilling':
      return { answer: 'yes', only: says };
    case 'upToOwnRank':
      return !facts.targetRole || (role && rankGuard(role, facts.targetRole)) ? yes : no;
    case 'linkOrCap':
      return facts.payBy === 'savedCardAboveCap' ? request : yes;
    case 'ownsSource':
      return facts.memberOfTarget === false ? no : yes;
    case 'accountOwner':
      return facts.accountOwner ? yes : request;
    case 'accountOwnerOrSee':
      return facts.accountOwner ? yes : see;
    case 'byPolicy':
      return facts.membersMayCreateChannels ? yes : request;
    case 'upToAmount':
      return facts.withinAmount ? yes : request;
    case 'adminsInvite':
      return facts.whoMayInvite === 'owners' ? request : yes;
    case 'everybodyInvites':
      return facts.whoMayInvite === 'members' ? yes : request;
  }
}

const HELD: Readonly<Partial<Record<Cell, 'role' | 'accountOwner' | 'host'>>> = {
  yes: 'role',
  invited: 'role',
  upToOwnRank: 'role',
  linkOrCap: 'role',
  adminsInvite: 'role',
  ownsSource: 'role',
  accountOwner: 'accountOwner',
  accountOwnerOrSee: 'accountOwner',
  host: 'host',
  shared: 'host',
};

/** Who has the right in full, highest first: they are named in a denial, and they decide its requests. */
export function holders(action: Action, facts: Pick<Facts, 'whoMayInvite'> = {}): Holder[] {
  const found = ROLES.toReversed().flatMap((role): Holder[] => {
    const says = cell(action, role);
    if (says === 'adminsInvite' && facts.whoMayInvite === 'owners') return [];
    const held = HELD[says];
    return held === 'role' ? [role] : held ? [held] : [];
  });
  return [...new Set(found)];
}

/**
 * Never act on someone above you, never grant above yourself. Primary ownership is handed over, never granted.
 * `newRole` is the role to be given, where one is.
 */
export function rankGuard(actor: Role, target: Role, newRole?: Role): boolean {
  const rank = ROLES.indexOf(actor);
  if (newRole === 'primaryOwner') return false;
  return ROLES.indexOf(target) <= rank && (newRole === undefined || ROLES.indexOf(newRole) <= rank);
}

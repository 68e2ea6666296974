import type { IdentityKey, Platform, TenantKey } from './identity.js';

export type AccountId = string;
export type WorkspaceId = string;
export type PersonId = string;
export type RequestId = string;

export const ROLES = ['member', 'admin', 'owner', 'primaryOwner'] as const;
/** In rising order of rank: `ROLES.indexOf` compares two. */
export type Role = (typeof ROLES)[number];

export const PLANS = ['free', 'teams', 'enterprise'] as const;
export type Plan = (typeof PLANS)[number];

export const LICENCES = ['standard', 'pro'] as const;
export type Licence = (typeof LICENCES)[number];

/** A company. */
export interface Account {
  id: AccountId;
  name: string;
  plan: Plan;
  status: 'enabled' | 'disabled';
  currency: string;
  /** IANA zone, the default of its new workspaces. */
  timeZone: string;
  /** How its numbers are written where many read them; left out: as in British English. */
  locale?: string;
  /** The account owner: creates workspaces, sees the account's prices. */
  owner: PersonId;
  tenants: readonly TenantKey[];
  seats: Readonly<Record<Licence, number>>;
  /** Joining a workspace moves the person out of the one they were in. */
  strictSingle?: boolean;
}

export interface Workspace {
  id: WorkspaceId;
  account: AccountId;
  name: string;
  status: 'active' | 'disabled';
  currency: string;
  timeZone: string;
  createdAt: Date;
}

export interface Person {
  id: PersonId;
  account: AccountId;
  name: string;
  email?: string;
  emailVerified: boolean;
  timeZone?: string;
  locale?: string;
  /** Where private messages go: the identity last seen active. */
  lastIdentity?: IdentityKey;
}

export interface Membership {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  role: Role;
  licence: Licence;
  /** At most one per person is true: a unique partial index sees to it. */
  active: boolean;
  suspended: boolean;
  joinedAt: Date;
}

/** A change of somebody's place in a workspace that can be undone. */
export type PlaceChange = 'role' | 'licence' | 'suspension' | 'removal';

export interface Invitation {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  /** One of the two: a known person, or an address nobody here has yet. */
  person?: PersonId;
  email?: string;
  role: Role;
  licence: Licence;
  invitedBy: PersonId;
  state: 'open' | 'accepted' | 'revoked' | 'expired';
  expiresAt: Date;
}

export type RequestState = 'pending' | 'approved' | 'denied' | 'expired' | 'withdrawn';

/** An ask that somebody with the right decides; on approval its call runs. */
export interface Request {
  id: RequestId;
  account: AccountId;
  /** Absent for a request that concerns the account (creating a workspace). */
  workspace?: WorkspaceId;
  by: PersonId;
  byIdentity: IdentityKey;
  /** The permission the decider must hold, of workspace/permissions.ts. */
  action: string;
  /** The command as it would have run: commands/registry.ts gives it its meaning. */
  call: { command: string; args: Record<string, unknown> };
  why?: string;
  state: RequestState;
  version: number;
  /** Its run has passed every check and may have had its effect: a run that goes on from there is not checked anew. */
  begun?: true;
  /** Of the approved call's run: absent until it ran. */
  result?: { ok: boolean; detail: string };
  decidedBy?: PersonId;
  decidedAt?: Date;
  /** The reason of a denial, or the note of an approval. */
  note?: string;
  /** Questions and answers between decider and requester, oldest first. */
  thread: readonly { by: PersonId; text: string; at: Date }[];
  createdAt: Date;
  expiresAt: Date;
}

export const INVITERS = ['members', 'admins', 'owners'] as const;
/** The lowest role that invites without asking. */
export type WhoMayInvite = (typeof INVITERS)[number];

export const CHANNEL_MAKERS = ['members', 'admins'] as const;
export type WhoMayCreateChannels = (typeof CHANNEL_MAKERS)[number];

export const VISIBILITIES = ['private', 'channel', 'workspace'] as const;
/** Who may read a meeting: its people; those of the channel it is shared to; everybody in the workspace. */
export type MeetingVisibility = (typeof VISIBILITIES)[number];

export const SHARINGS = ['private', 'workspace'] as const;
/** How widely a host may share a meeting: to people and private channels, or to everybody in the workspace. */
export type MeetingSharing = (typeof SHARINGS)[number];

/** A workspace's policies, see policy-rows.ts. One that is left out is not set. Amounts in minor units. */
export interface Policies {
  /** Only people with an address there may come in; lower case, exact. */
  emailDomains?: readonly string[];
  /** Only chat identities from these tenants of the account may come in and act. */
  allowedTenants?: readonly TenantKey[];
  /** Not set: admins. */
  whoMayInvite?: WhoMayInvite;
  /** Whoever is in another workspace of the account joins at once instead of being asked. */
  joinDirectly?: boolean;
  /** Of an invitation that says none. Not set: member. */
  defaultRole?: 'member' | 'admin';
  /** Of an invitation that says none. Not set: standard. */
  defaultLicence?: Licence;
  /** Not set: admins; members ask. */
  whoMayCreateChannels?: WhoMayCreateChannels;
  /** Of a new meeting. Not set: private. */
  meetingVisibility?: MeetingVisibility;
  /** Not set: workspace. */
  meetingSharing?: MeetingSharing;
  /** Meetings are deleted this many days after they took place. */
  meetingRetentionDays?: number;
  /** What an owner may charge to the saved card at a time; not set: the card is the primary owner's alone. */
  ownersCapMinor?: number;
  /** Above it a change of money is typed once more. */
  retypeAboveMinor?: number;
  /** Above it two people who may decide over money are needed. */
  twoPeopleAboveMinor?: number;
  /** Above it a member's campaign needs a yes before it starts. */
  campaignApprovalAboveMinor?: number;
  /** An API key's secret works for so many days at most. */
  keyMaxAgeDays?: number;
}

export type PolicyKey = keyof Policies;

export const PURPOSES = ['alerts', 'approvals', 'payments', 'summaries', 'meetings'] as const;
/** What a chat channel gets. Summaries and meetings go where the alerts go while no channel has them for itself. */
export type Purpose = (typeof PURPOSES)[number];

export const ALERTS_FROM = ['critical', 'empty'] as const;
export type AlertsFrom = (typeof ALERTS_FROM)[number];

/** A chat channel that gets a workspace's notices. */
export interface Binding {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  platform: Platform;
  tenant: string;
  channel: string;
  channelName: string;
  purposes: readonly Purpose[];
  /** The least bad alert that it gets. Absent: it gets all. */
  alertsFrom?: AlertsFrom;
  /** The channel of ours whose meetings are posted there. */
  room?: string;
  boundBy: PersonId;
  /** Since when the bot is not in it, as the platform told. */
  lostAt?: Date;
}

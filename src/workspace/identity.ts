/** Who somebody is on a chat platform. The same user id in two tenants is two identities. */
export type Platform = 'slack' | 'teams';

export interface Identity {
  platform: Platform;
  /** Slack: enterprise id on Enterprise Grid, else team id. Teams: tenant id. */
  tenant: string;
  /** Slack: user id. Teams: aadObjectId. */
  user: string;
}

/** `slack:T02:U0OLIVIA`: how an identity is written in stored documents, buttons and command arguments. */
export type IdentityKey = string;

export function identityKey(identity: Identity): IdentityKey {
  return `${identity.platform}:${identity.tenant}:${identity.user}`;
}

/** The identity that a key names, or undefined where the text is no identity key. */
export function parseIdentityKey(key: string): Identity | undefined {
  const match = /^(slack|teams):([^:\s]+):(\S+)$/.exec(key);
  return match ? { platform: match[1] as Platform, tenant: match[2]!, user: match[3]! } : undefined;
}

/** A named group of a chat tenant's users, such as Slack's `@design`. */
export interface ChatGroup {
  platform: Platform;
  tenant: string;
  group: string;
}

/** `group:slack:T02:S1`: how a group is written in command arguments. */
export function groupKey({ platform, tenant, group }: ChatGroup): string {
  return `group:${platform}:${tenant}:${group}`;
}

export function parseGroupKey(key: string): ChatGroup | undefined {
  const match = /^group:(slack|teams):([^:\s]+):(\S+)$/.exec(key);
  return match ? { platform: match[1] as Platform, tenant: match[2]!, group: match[3]! } : undefined;
}

/** `slack:T02`: how a chat tenant is written, and what a person sends to support. */
export type TenantKey = string;

export function tenantKey(of: { platform: Platform; tenant: string }): TenantKey {
  return `${of.platform}:${of.tenant}`;
}

export function parseTenantKey(key: TenantKey): { platform: Platform; tenant: string } {
  const [platform, tenant] = key.split(':');
  return { platform: platform as Platform, tenant: tenant! };
}

/** What a chat platform says of one of its users. */
export interface Profile {
  name: string;
  email?: string;
  /** Whether the platform itself vouches for the address. */
  emailVerified: boolean;
  timeZone?: string;
  locale?: string;
  standing: 'full' | 'guest' | 'connect' | 'bot' | 'deactivated';
}

import type { Card } from '../../src/cards/card.js';
import type { SharedFile } from '../../src/chat/invocation.js';
import type { ChatTarget, GroupMembers, KnownChannel, MessageRef, ReadFile } from '../../src/chat/port.js';
import type { Ledger } from '../../src/ledger/entry.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Account, Person, Role, Workspace } from '../../src/workspace/entities.js';
import { type Identity, identityKey, type Profile } from '../../src/workspace/identity.js';
import { invite, joinByInvitation } from '../../src/workspace/invitations.js';
import { switchActive } from '../../src/workspace/memberships.js';
import { ensurePerson } from '../../src/workspace/people.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';

export const NOW = new Date('2026-11-16T09:00:00.000Z');

/** Slack's team of Acme, and the people's user ids in it. */
export const TEAM = 'T02';
export const slackUser = (user: string, tenant = TEAM): Identity => ({ platform: 'slack', tenant, user });

export const OLIVIA = slackUser('U0OLIVIA');
export const ADAM = slackUser('U0ADAM');
export const MIA = slackUser('U0MIA');
export const MAX = slackUser('U0MAX');

const profileOf = (name: string): Profile => ({
  name,
  email: `${name.toLowerCase()}@acme.com`,
  emailVerified: true,
  standing: 'full',
});

/** A chat platform in memory: who is who, who is in which group, and what was posted to its channels. */
export class FakeChat {
  readonly profiles = new Map<string, Profile>();
  /** By handle. */
  readonly groups = new Map<string, { id: string; people: readonly Identity[] }>();
  readonly posts: { to: ChatTarget; card: Card }[] = [];
  /** What people have sent, by the file's id. */
  readonly files = new Map<string, Uint8Array>();
  /** What channels are called, by their ids. */
  readonly channelNames = new Map<string, string>();
  /** Set: posting fails with it. */
  failure: Error | undefined;

  add(identity: Identity, profile: Profile): void {
    this.profiles.set(identityKey(identity), profile);
  }

  profile = async (identity: Identity): Promise<Profile | undefined> => this.profiles.get(identityKey(identity));

  findByEmail = async (tenant: string, email: string): Promise<Identity | undefined> => {
    for (const [key, profile] of this.profiles) {
      const [platform, of, user] = key.split(':') as [Identity['platform'], string, string];
      if (of === tenant && profile.email === email && profile.emailVerified) return { platform, tenant, user };
    }
    return undefined;
  };

  groupMembers = async (
    _tenant: string,
    wanted: { id: string } | { handle: string },
  ): Promise<GroupMembers | undefined> => {
    const found = [...this.groups].find(([handle, { id }]) =>
      'id' in wanted ? id === wanted.id : handle === wanted.handle,
    );
    return found && { handle: found[0], people: found[1].people };
  };

  /** None where the platform's forms have a picker of their own. */
  channels?: (person: Identity) => Promise<readonly KnownChannel[]>;

  channelName = async (_tenant: string, channel: string): Promise<string | undefined> => this.channelNames.get(channel);

  readFile = async ({ id }: SharedFile): Promise<ReadFile> => {
    const bytes = this.files.get(id);
    return bytes ? { bytes } : { unread: 'gone' };
  };

  post = async (to: ChatTarget, card: Card): Promise<MessageRef> => {
    if (this.failure) throw this.failure;
    this.posts.push({ to, card });
    const channel = to.kind === 'channel' ? to.channel : to.identity.user;
    return { platform: 'slack', tenant: TEAM, channel, message: String(this.posts.length) };
  };
}

/** Acme's Slack, with its four people. */
export function acmeChat(): FakeChat {
  const chat = new FakeChat();
  for (const [identity, name] of [
    [OLIVIA, 'Olivia'],
    [ADAM, 'Adam'],
    [MIA, 'Mia'],
    [MAX, 'Max'],
  ] as const) {
    chat.add(identity, profileOf(name));
  }
  return chat;
}

export interface Acme {
  account: Account;
  chat: FakeChat;
  olivia: Person;
  adam: Person;
  mia: Person;
  max: Person;
  marketing: Workspace;
  support: Workspace;
}

/**
 * Acme on Slack, as the story has it: olivia owns the account, Marketing and Support; adam is admin of Marketing, mia
 * its member; max is a member of Support alone. Everybody's active workspace is the first they joined.
 */
export async function setUpAcme(ledger: Ledger, at = NOW): Promise<Acme> {
  const { account, owner: olivia } = await enableAccount({
    name: 'Acme',
    tenant: `slack:${TEAM}`,
    ownerUser: OLIVIA.user,
    ownerProfile: profileOf('Olivia'),
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at,
  });
  const person = (identity: Identity, name: string) => ensurePerson(account, identity, profileOf(name), at);
  const adam = await person(ADAM, 'Adam');
  const mia = await person(MIA, 'Mia');
  const max = await person(MAX, 'Max');
  // One after the other, so that lists in order of joining are the same each time.
  const later = (seconds: number) => new Date(at.getTime() + (seconds - 60) * 1_000);
  const create = (name: string, seconds: number) =>
    createWorkspace({ ledger, account, name, primaryOwner: olivia.id, by: olivia.id, at: later(seconds) });
  const marketing = await create('Marketing', 0);
  const support = await create('Support', 1);
  await addTo(account, marketing, olivia, adam, 'admin', later(2));
  await addTo(account, marketing, olivia, mia, 'member', later(3));
  await addTo(account, support, olivia, max, 'member', later(4));
  await switchActive({ account: account.id, person: olivia.id, workspace: marketing.id, at });
  return { account, chat: acmeChat(), olivia, adam, mia, max, marketing, support };
}

/** Invites and joins in one go. */
export async function addTo(
  account: Account,
  workspace: Workspace,
  by: Person,
  person: Person,
  role: Role,
  at = NOW,
): Promise<void> {
  const { invitation } = await invite({
    account,
    workspace: workspace.id,
    to: { person: person.id },
    role,
    licence: 'standard',
    by: by.id,
    at,
  });
  await joinByInvitation({ account: account.id, person: person.id, invitation: invitation.id, at });
}

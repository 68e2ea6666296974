import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../ledger/entry.js';
import { createKey, keysOf } from '../usage/keys.js';
import { setPrice } from '../prices/set-price.js';
import { enableAccount, getAccount } from '../workspace/accounts.js';
import { bindChannel } from '../workspace/bindings.js';
import type { Account, Person, Role, Workspace } from '../workspace/entities.js';
import type { Identity, Profile } from '../workspace/identity.js';
import { invite, joinByInvitation } from '../workspace/invitations.js';
import { finishLink, startLink } from '../workspace/links.js';
import { membership } from '../workspace/memberships.js';
import { ensurePerson } from '../workspace/people.js';
import { createWorkspace, workspacesOfAccount } from '../workspace/workspaces.js';
import {
  type DemoPerson,
  demoEmail,
  demoPerson,
  MARKETING_CHANNEL,
  SLACK_TEAM,
  TEAMS_TENANT,
  TIME_ZONE,
} from './demo-people.js';

const MICRO_PER_MINOR = 1_000_000;
/** In pence. */
const PRICES = { sms: 4, whatsapp: 6, email: 1 };
const WORKSPACES = [
  { name: 'Marketing', balanceMinor: 120_00 },
  { name: 'Support', balanceMinor: 40_00 },
];
const MEMBERS: readonly { name: DemoPerson['name']; role: Role }[] = [
  { name: 'Adam', role: 'admin' },
  { name: 'Mia', role: 'member' },
  { name: 'Max', role: 'member' },
];

/**
 * Acme, once: two workspaces with money, four people known on both platforms, a bound channel, prices and an API key,
 * all through the functions that commands use. The key comes last: where it is there, nothing is done.
 * Answers the file that holds it.
 */
export async function seedDemo(demo: { ledger: Ledger; folder: string; pepper: string; at: Date }): Promise<string> {
  const { folder, pepper, at } = demo;
  const keyFile = join(folder, 'demo-key');
  const { account, owner } = await openAccount(at);
  const marketing = await marketingOf(account);
  if (marketing && existsSync(keyFile) && (await keysOf(account.id, marketing.id)).length > 0) return keyFile;
  const people = await seedPeople(account, owner, at);
  for (const { name, balanceMinor } of WORKSPACES) {
    const workspace = await seedWorkspace(demo.ledger, { account, owner, name, balanceMinor, at });
    await seedMembers(account, workspace, owner, people, at);
  }
  await seedChannelAndKey(account, (await marketingOf(account))!, owner, { pepper, keyFile, at });
  return keyFile;
}

async function marketingOf(account: Account): Promise<Workspace | undefined> {
  return (await workspacesOfAccount(account.id)).find(({ name }) => name === 'Marketing');
}

async function openAccount(at: Date): Promise<{ account: Account; owner: Person }> {
  const olivia = demoPerson('Olivia');
  const common = {
    name: 'Acme',
    ownerProfile: profileOf(olivia),
    currency: 'GBP',
    plan: 'teams' as const,
    timeZone: TIME_ZONE,
    at,
  };
  const onSlack = await enableAccount({ ...common, tenant: `slack:${SLACK_TEAM}`, ownerUser: olivia.user });
  const account = onSlack.account.id;
  await enableAccount({ ...common, tenant: `teams:${TEAMS_TENANT}`, ownerUser: olivia.aad, account });
  return { account: (await getAccount(account))!, owner: onSlack.owner };
}

async function seedPeople(account: Account, owner: Person, at: Date): Promise<ReadonlyMap<string, Person>> {
  const people = new Map([['Olivia', owner]]);
  for (const { name } of MEMBERS) {
    const person = demoPerson(name);
    const onSlack: Identity = { platform: 'slack', tenant: SLACK_TEAM, user: person.user };
    const onTeams: Identity = { platform: 'teams', tenant: TEAMS_TENANT, user: person.aad };
    const first = await ensurePerson(account, onSlack, profileOf(person), at);
    const second = await ensurePerson(account, onTeams, profileOf(person), at);
    people.set(name, first.id === second.id ? first : await link(account, { onSlack, onTeams, first, second, at }));
  }
  return people;
}

async function link(
  { id: account }: Account,
  of: { onSlack: Identity; onTeams: Identity; first: Person; second: Person; at: Date },
): Promise<Person> {
  const { onSlack, onTeams, first, second, at } = of;
  const { code } = await startLink({ account, identity: onSlack, person: first.id, at });
  return finishLink({ account, identity: onTeams, person: second.id, code, at });
}

async function seedWorkspace(
  ledger: Ledger,
  of: { account: Account; owner: Person; name: string; balanceMinor: number; at: Date },
): Promise<Workspace> {
  const { account, owner, name, balanceMinor, at } = of;
  const known = (await workspacesOfAccount(account.id)).find((workspace) => workspace.name === name);
  const by = { primaryOwner: owner.id, by: owner.id };
  const workspace = known ?? (await createWorkspace({ ledger, account, name, ...by, at }));
  const posted = await ledger.post({
    wallet: workspace.id,
    key: 'topup:demo',
    kind: 'topup',
    amountMinor: balanceMinor,
    contra: 'provider',
    memo: 'demo',
    at,
  });
  if (posted.outcome !== 'posted' && posted.outcome !== 'duplicate') throw new Error(`demo balance: ${posted.outcome}`);
  return workspace;
}

async function seedMembers(
  account: Account,
  { id: workspace }: Workspace,
  { id: by }: Person,
  people: ReadonlyMap<string, Person>,
  at: Date,
): Promise<void> {
  for (const { name, role } of MEMBERS) {
    const person = people.get(name)!.id;
    if (await membership(account.id, workspace, person)) continue;
    const { invitation } = await invite({ account, workspace, to: { person }, role, licence: 'standard', by, at });
    await joinByInvitation({ account: account.id, person, invitation: invitation.id, at });
  }
}

async function seedChannelAndKey(
  { id: account }: Account,
  { id: workspace }: Workspace,
  { id: by }: Person,
  { pepper, keyFile, at }: { pepper: string; keyFile: string; at: Date },
): Promise<void> {
  const channel = { channel: MARKETING_CHANNEL.id, channelName: MARKETING_CHANNEL.name };
  const where = { platform: 'slack', tenant: SLACK_TEAM, ...channel } as const;
  await bindChannel({ account, workspace, ...where, purposes: ['alerts', 'approvals'], by, at });
  for (const [item, pence] of Object.entries(PRICES)) {
    await setPrice({ account, item, priceMicro: pence * MICRO_PER_MINOR, validFrom: at, by, at });
  }
  const scopes = ['usage:write', 'balance:read', 'entries:read', 'resources:write'] as const;
  const { secretOnce } = await createKey({ account, workspace, name: 'Demo', scopes, by, at, pepper });
  await writeFile(keyFile, `${secretOnce}\n`, { mode: 0o600 });
}

function profileOf(person: DemoPerson): Profile {
  const { name } = person;
  return { name, email: demoEmail(person), emailVerified: true, timeZone: TIME_ZONE, standing: 'full' };
}

import { strict as assert } from 'node:assert';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, TenantModel, toAccount } from './account-model.js';
import { writeAudit } from './audit.js';
import type { Account, AccountId, Person, Plan } from './entities.js';
import type { IdentityKey, Profile, TenantKey } from './identity.js';
import { addIdentity, addPerson, getPerson, personOfIdentity } from './people.js';
import { SEATS } from './plans.js';

export interface Enabling {
  name: string;
  tenant: TenantKey;
  /** The account owner's user id in that tenant. */
  ownerUser: string;
  /** Without it, the platform is asked when the owner first comes. */
  ownerProfile?: Profile;
  currency: string;
  plan: Plan;
  timeZone: string;
  /** How numbers are written where many read them: `de-DE`. */
  locale?: string;
  strictSingle?: boolean;
  /** Joins the tenant to this account instead of making a new one. The user named there is the same account owner. */
  account?: AccountId;
  at: Date;
}

/**
 * Turns workspaces on for a company. Again for the same tenant, it only enables what was disabled: name, plan and
 * the rest stay as they are. Refuses where the tenant belongs to another account than the one named.
 */
export function enableAccount(enabling: Enabling): Promise<{ account: Account; owner: Person; fresh: boolean }> {
  return inTransaction(async () => {
    const known = await TenantModel.findOne({ _id: enabling.tenant }).lean();
    if (known) return enableAgain(known.account, enabling);
    return enabling.account ? addTenant(enabling.account, enabling) : openAccount(enabling);
  });
}

async function openAccount(enabling: Enabling): Promise<{ account: Account; owner: Person; fresh: boolean }> {
  const { name, tenant, currency, plan, timeZone, locale, strictSingle = false, at } = enabling;
  const id = newId('acc', at);
  const owner = await addOwner(id, enabling);
  const doc: AccountDoc = {
    _id: id,
    name,
    plan,
    status: 'enabled',
    currency,
    timeZone,
    ...(locale && { locale }),
    owner: owner.id,
    tenants: [tenant],
    seats: SEATS[plan],
    strictSingle,
    seatChanges: 0,
    createdAt: at,
  };
  await AccountModel.create(doc);
  await TenantModel.create({ _id: tenant, account: id });
  await writeAudit({ account: id, by: 'operator', action: 'account.enabled', detail: { name, tenant, plan }, at });
  return { account: toAccount(doc), owner, fresh: true };
}

async function addTenant(
  id: AccountId,
  enabling: Enabling,
): Promise<{ account: Account; owner: Person; fresh: boolean }> {
  const { tenant, ownerProfile, at } = enabling;
  const before = await getAccount(id);
  if (!before) return refuse({ kind: 'badArgument', argument: 'account', typed: id, expected: 'the id of an account' });
  const identity = ownerIdentity(enabling);
  if (!(await personOfIdentity(id, identity))) await addIdentity(id, before.owner, identity, ownerProfile, at);
  const tenants = [...before.tenants, tenant];
  await AccountModel.updateOne({ _id: id }, { $set: { tenants, status: 'enabled' } });
  await TenantModel.create({ _id: tenant, account: id });
  await writeAudit({ account: id, by: 'operator', action: 'account.tenantAdded', detail: { tenant }, at });
  return { account: { ...before, tenants, status: 'enabled' }, owner: await ownerOf(before), fresh: true };
}

async function enableAgain(
  id: AccountId,
  { tenant, account: named, at }: Enabling,
): Promise<{ account: Account; owner: Person; fresh: boolean }> {
  if (named && named !== id) return refuse({ kind: 'otherAccount', name: tenant });
  const before = await getAccount(id);
  assert(before, `tenant ${tenant} names the account ${id}, which is missing`);
  if (before.status === 'disabled') {
    await AccountModel.updateOne({ _id: id }, { $set: { status: 'enabled' } });
    await writeAudit({ account: id, by: 'operator', action: 'account.enabled', detail: { tenant }, at });
  }
  return { account: { ...before, status: 'enabled' }, owner: await ownerOf(before), fresh: false };
}

/** From here on every command of the account's people is refused. Harmless where it is disabled already. */
export function disableAccount({ tenant, at }: { tenant: TenantKey; at: Date }): Promise<Account> {
  return inTransaction(async () => {
    const account = await accountOfTenant(tenant);
    if (!account)
      return refuse({ kind: 'badArgument', argument: 'tenant', typed: tenant, expected: 'an enabled tenant' });
    if (account.status === 'disabled') return account;
    await AccountModel.updateOne({ _id: account.id }, { $set: { status: 'disabled' } });
    await writeAudit({ account: account.id, by: 'operator', action: 'account.disabled', detail: { tenant }, at });
    return { ...account, status: 'disabled' };
  });
}

/** Undefined where workspaces were never enabled for the tenant; a disabled account is returned. */
export async function accountOfTenant(tenant: TenantKey): Promise<Account | undefined> {
  const found = await TenantModel.findOne({ _id: tenant }).lean();
  return found ? getAccount(found.account) : undefined;
}

export async function getAccount(account: AccountId): Promise<Account | undefined> {
  const doc = await AccountModel.findOne({ _id: account }).lean<AccountDoc>();
  return doc ? toAccount(doc) : undefined;
}

/** All accounts, oldest first: for the operator and the sweeps. */
export async function listAccounts(): Promise<Account[]> {
  return (await AccountModel.find().sort({ _id: 1 }).lean<AccountDoc[]>()).map(toAccount);
}

const ownerIdentity = ({ tenant, ownerUser }: Enabling): IdentityKey => `${tenant}:${ownerUser}`;

async function addOwner(account: AccountId, enabling: Enabling): Promise<Person> {
  const { ownerUser, ownerProfile, at } = enabling;
  const profile = ownerProfile ?? { name: ownerUser, emailVerified: false };
  const owner = await addPerson(account, profile, at);
  await addIdentity(account, owner.id, ownerIdentity(enabling), ownerProfile, at);
  return owner;
}

async function ownerOf(account: Account): Promise<Person> {
  const person = await getPerson(account.id, account.owner);
  assert(person, `the owner ${account.owner} of account ${account.id} is missing`);
  return person;
}

import type { Invocation } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Account, Person } from '../workspace/entities.js';
import { tenantKey } from '../workspace/identity.js';
import { getPerson, recognise } from '../workspace/people.js';
import type { FindAccount } from './account-cache.js';
import type { Services } from './services.js';

export interface Sender {
  account: Account;
  person: Person;
}

/**
 * Who sent it, of which account. The account is the place's, never the sender's own claim.
 * @throws Refusal notEnabled, accountDisabled, outsider
 */
export async function recogniseSender(
  services: Services,
  findAccount: FindAccount,
  invocation: Invocation,
): Promise<Sender> {
  const { sender: identity, place, at } = invocation;
  const support = services.supportContact && { support: services.supportContact };
  const account = await findAccount(tenantKey(place), at);
  if (!account) {
    const tenantName = place.tenantName && { tenantName: place.tenantName };
    return refuse({ kind: 'notEnabled', tenant: tenantKey(identity), user: identity.user, ...tenantName, ...support });
  }
  if (account.status === 'disabled') return refuse({ kind: 'accountDisabled', accountName: account.name, ...support });
  if (invocation.outsider) return refuseOutsider(account, invocation.outsider);
  if (!account.tenants.includes(tenantKey(identity))) return refuseOutsider(account, 'connect');
  const profile = async () => services.chats[identity.platform]?.profile(identity);
  const { person, standing } = await recognise({ account, identity, at, profile });
  if (standing !== 'full') return refuseOutsider(account, standing);
  return { account, person };
}

async function refuseOutsider(
  account: Account,
  who: 'guest' | 'connect' | 'bot' | 'deactivated' | 'otherTenant',
): Promise<never> {
  const owner = await getPerson(account.id, account.owner);
  return refuse({ kind: 'outsider', accountName: account.name, who, ownerName: owner?.name ?? 'its owner' });
}

import type { Invocation } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import type { Account } from '../workspace/entities.js';
import { tenantKey } from '../workspace/identity.js';
import { getPerson } from '../workspace/people.js';
import { type Recognised, recognise } from '../workspace/recognise.js';
import type { FindAccount } from './account-cache.js';
import type { Services } from './services.js';

export interface Sender extends Omit<Recognised, 'standing'> {
  account: Account;
}

/**
 * Who sent it, of which account, and where they stand. The account is the place's, never the sender's own claim.
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
    const tenantName = place.tenantName ?? (await services.chats[place.platform]?.tenantName?.(place.tenant));
    const who = { tenant: tenantKey(identity), user: identity.user, ...(tenantName && { tenantName }) };
    return refuse({ kind: 'notEnabled', ...who, ...support });
  }
  if (account.status === 'disabled') return refuse({ kind: 'accountDisabled', accountName: account.name, ...support });
  if (invocation.outsider) return refuseOutsider(account, invocation.outsider);
  if (!account.tenants.includes(tenantKey(identity))) return refuseOutsider(account, 'connect');
  const profile = async () => services.chats[identity.platform]?.profile(identity);
  const channel = dependsOnChannel(invocation) && { channel: place };
  const { standing, ...recognised } = await recognise({ account, identity, at, profile, ...channel });
  if (standing !== 'full') return refuseOutsider(account, standing);
  return { account, ...recognised };
}

/** Whether the chat channel has a say in which workspace is meant. */
function dependsOnChannel({ ask, place }: Invocation): boolean {
  if (place.kind !== 'channel' || 'home' in ask || 'find' in ask || 'choose' in ask) return false;
  if ('typed' in ask) return true;
  return !('clicked' in ask ? ask.clicked : ask.submitted).workspace;
}

async function refuseOutsider(
  account: Account,
  who: 'guest' | 'connect' | 'bot' | 'deactivated' | 'otherTenant',
): Promise<never> {
  const owner = await getPerson(account.id, account.owner);
  return refuse({ kind: 'outsider', accountName: account.name, who, ownerName: owner?.name ?? 'its owner' });
}

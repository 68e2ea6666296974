import { accountOfTenant } from '../../workspace/accounts.js';
import { type Identity, identityKey, tenantKey } from '../../workspace/identity.js';
import { noteStanding } from '../../workspace/standing.js';
import { followStanding } from './continuity-notices.js';

/** Follows what a platform tells of a chat account; true where somebody is told. Of strangers nothing is kept. */
export async function followAccountChange(change: {
  identity: Identity;
  gone: boolean;
  support?: string | undefined;
  at: Date;
}): Promise<boolean> {
  const { identity, gone, support, at } = change;
  const account = await accountOfTenant(tenantKey(identity));
  if (!account) return false;
  const person = await noteStanding({ account: account.id, identity: identityKey(identity), gone, at });
  return person !== undefined && followStanding({ account: account.id, person, support, at });
}

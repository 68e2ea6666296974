import { newId } from '../../src/id.js';
import type { Ledger } from '../../src/ledger/entry.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';

/** Marketing, in pounds, of an account of its own. */
export async function newWorkspace(ledger: Ledger): Promise<Workspace> {
  const at = new Date();
  const { account, owner } = await enableAccount({
    name: 'Acme',
    tenant: `slack:${newId('T')}`,
    ownerUser: 'U0OLIVIA',
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at,
  });
  return createWorkspace({ ledger, account, name: 'Marketing', primaryOwner: owner.id, by: owner.id, at });
}

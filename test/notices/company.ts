import type { Ledger } from '../../src/ledger/entry.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import type { Account, Person, Workspace } from '../../src/workspace/entities.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';

let tenants = 0;

export interface Company {
  account: Account;
  olivia: Person;
  marketing: Workspace;
  tenant: string;
}

/** An account with one workspace, Marketing, of Olivia's, bound to #marketing unless told otherwise. */
export async function openMarketing(
  ledger: Ledger,
  at: Date,
  how: { unbound?: boolean; timeZone?: string } = {},
): Promise<Company> {
  const tenant = `T${++tenants}`;
  const { account, owner: olivia } = await enableAccount({
    name: 'Acme',
    tenant: `slack:${tenant}`,
    ownerUser: 'U0OLIVIA',
    ownerProfile: { name: 'Olivia', emailVerified: false, standing: 'full' },
    currency: 'GBP',
    plan: 'teams',
    timeZone: how.timeZone ?? 'Europe/London',
    at,
  });
  const marketing = await createWorkspace({
    ledger,
    account,
    name: 'Marketing',
    primaryOwner: olivia.id,
    by: olivia.id,
    at,
  });
  const where = { platform: 'slack' as const, tenant, channel: 'C0MARKETING', channelName: 'marketing' };
  if (!how.unbound) {
    const to = {
      account: account.id,
      workspace: marketing.id,
      purposes: ['alerts', 'approvals'] as const,
      by: olivia.id,
      at,
    };
    await bindChannel({ ...where, ...to });
  }
  return { account, olivia, marketing, tenant };
}

let keys = 0;

/** Olivia adds balance. */
export async function topUp(
  ledger: Ledger,
  { marketing, olivia }: Company,
  amountMinor: number,
  at: Date,
): Promise<void> {
  const posting = {
    wallet: marketing.id,
    key: `topup:t${++keys}`,
    kind: 'topup' as const,
    contra: 'provider' as const,
  };
  await ledger.post({ ...posting, amountMinor, person: olivia.id, at });
}

/** The engine uses some. */
export async function spend(
  ledger: Ledger,
  { marketing }: Company,
  amountMinor: number,
  at: Date,
  labels: { resource?: string; person?: string } = {},
): Promise<void> {
  const posting = { wallet: marketing.id, key: `u:e${++keys}`, kind: 'usage' as const, contra: 'revenue' as const };
  await ledger.post({ ...posting, amountMinor: -amountMinor, at, ...labels });
}

import { describe, expect, test } from '@jest/globals';
import {
  accountOfTenant,
  disableAccount,
  enableAccount,
  getAccount,
  listAccounts,
} from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { identitiesOf, personOfIdentity } from '../../src/workspace/people.js';
import { useDatabase } from '../support/database.js';
import { AT, openCompany, profileOf, refusalOf } from './company.js';

useDatabase();

const acme = {
  name: 'Acme',
  ownerUser: 'U0OLIVIA',
  currency: 'GBP',
  plan: 'teams',
  timeZone: 'Europe/London',
  at: AT,
} as const;

describe('enabling an account', () => {
  test('makes the account, its owner and the seats of its plan', async () => {
    const { account, owner, fresh } = await enableAccount({
      ...acme,
      tenant: 'slack:T02',
      ownerProfile: profileOf('Olivia'),
    });
    expect(fresh).toBe(true);
    expect(account).toMatchObject({ name: 'Acme', status: 'enabled', owner: owner.id, seats: { standard: 5, pro: 2 } });
    expect(await accountOfTenant('slack:T02')).toEqual(account);
    expect((await personOfIdentity(account.id, 'slack:T02:U0OLIVIA'))?.name).toBe('Olivia');
  });

  test('again is harmless and changes nothing', async () => {
    const first = await enableAccount({ ...acme, tenant: 'slack:T03' });
    const again = await enableAccount({ ...acme, tenant: 'slack:T03', name: 'Other', plan: 'enterprise' });
    expect(again).toMatchObject({ fresh: false, account: first.account, owner: first.owner });
    expect(await auditTrail({ account: first.account.id, limit: 10 })).toHaveLength(1);
  });

  test('at once by two operators makes one account', async () => {
    const both = await Promise.all([1, 2].map(() => enableAccount({ ...acme, tenant: 'slack:T04' })));
    expect(new Set(both.map(({ account }) => account.id)).size).toBe(1);
  });

  test('joins a second platform, where the owner is the same person', async () => {
    const { account, owner } = await enableAccount({ ...acme, tenant: 'slack:T05' });
    const joined = await enableAccount({ ...acme, tenant: 'teams:9f-1', ownerUser: 'aad-olivia', account: account.id });
    expect(joined.account.tenants).toEqual(['slack:T05', 'teams:9f-1']);
    expect((await accountOfTenant('teams:9f-1'))?.id).toBe(account.id);
    expect(await identitiesOf(account.id, owner.id)).toHaveLength(2);
  });

  test('refuses a tenant of another account, and an account that is not there', async () => {
    const { account } = await openCompany();
    await enableAccount({ ...acme, tenant: 'slack:T06' });
    expect(await refusalOf(enableAccount({ ...acme, tenant: 'slack:T06', account: account.id }))).toMatchObject({
      kind: 'otherAccount',
    });
    expect(await refusalOf(enableAccount({ ...acme, tenant: 'teams:7', account: 'acc_nobody' }))).toMatchObject({
      kind: 'badArgument',
      argument: 'account',
    });
    expect(await accountOfTenant('teams:7')).toBeUndefined();
  });
});

test('a disabled account is still found, and enabled again by the same command', async () => {
  const { account } = await enableAccount({ ...acme, tenant: 'slack:T07' });
  await disableAccount({ tenant: 'slack:T07', at: AT });
  await disableAccount({ tenant: 'slack:T07', at: AT });
  expect((await accountOfTenant('slack:T07'))?.status).toBe('disabled');
  await enableAccount({ ...acme, tenant: 'slack:T07' });
  expect((await getAccount(account.id))?.status).toBe('enabled');
  const actions = (await auditTrail({ account: account.id, limit: 10 })).map(({ action }) => action);
  expect(actions).toEqual(['account.enabled', 'account.disabled', 'account.enabled']);
});

test('an unknown tenant has no account; the operator sees all there are', async () => {
  const { account } = await openCompany();
  expect(await accountOfTenant('slack:T99')).toBeUndefined();
  expect(await refusalOf(disableAccount({ tenant: 'slack:T99', at: AT }))).toMatchObject({ argument: 'tenant' });
  expect((await listAccounts()).map(({ id }) => id)).toContain(account.id);
});

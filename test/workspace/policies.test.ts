import { describe, expect, test } from '@jest/globals';
import { auditTrail, verifyAudit } from '../../src/workspace/audit.js';
import type { Plan } from '../../src/workspace/entities.js';
import { changeRole } from '../../src/workspace/memberships.js';
import { policiesInForce, policiesOf, setPolicy } from '../../src/workspace/policies.js';
import { eligibleForTwo } from '../../src/workspace/policy-two.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { AT, openCompany, profileOf, race, refusalOf } from './company.js';

useDatabase();
useLedger();

async function marketing(plan: Plan = 'teams') {
  const company = await openCompany(plan);
  const workspace = await company.workspace('Marketing');
  const { account, olivia } = company;
  return { company, workspace, account, change: { account, workspace: workspace.id, by: olivia.id, at: AT } };
}

describe('a policy', () => {
  test('is set, changed and taken off, each with its line in the audit trail', async () => {
    const { account, workspace, change } = await marketing();
    const key = 'ownersCapMinor' as const;
    expect(await policiesOf(account.id, workspace.id)).toEqual({});
    await setPolicy({ ...change, key, value: 20_000 });
    await setPolicy({ ...change, key, value: 20_000 });
    expect(await policiesOf(account.id, workspace.id)).toEqual({ ownersCapMinor: 20_000 });
    expect(await setPolicy({ ...change, key, value: undefined })).toEqual({
      before: { ownersCapMinor: 20_000 },
      after: {},
    });
    const lines = (await auditTrail({ account: account.id, workspace: workspace.id, limit: 10 })).filter(
      ({ action }) => action === 'billing.policySet',
    );
    expect(lines.map(({ detail }) => detail)).toEqual([
      { policy: key, from: 20_000, to: 'off' },
      { policy: key, from: 'off', to: 20_000 },
    ]);
    expect((await verifyAudit(account.id)).findings).toEqual([]);
  });

  test('of one workspace binds no other', async () => {
    const { company, account, workspace, change } = await marketing();
    const sibling = await company.workspace('Support');
    await setPolicy({ ...change, key: 'retypeAboveMinor', value: 50_000 });
    expect(await policiesInForce(account, workspace.id)).toEqual({ retypeAboveMinor: 50_000 });
    expect(await policiesInForce(account, sibling.id)).toEqual({});
  });

  test.each([-1, 0, 1.5, Number.NaN, 2 ** 60])('is never %d', async (value) => {
    const { change, account, workspace } = await marketing();
    await expect(setPolicy({ ...change, key: 'retypeAboveMinor', value })).rejects.toThrow(RangeError);
    expect(await policiesOf(account.id, workspace.id)).toEqual({});
  });

  test('that two set for the first time at once: both stand', async () => {
    const { change, account, workspace } = await marketing();
    const { won } = await race([
      setPolicy({ ...change, key: 'retypeAboveMinor', value: 50_000 }),
      setPolicy({ ...change, key: 'ownersCapMinor', value: 20_000 }),
    ]);
    expect(won).toBe(2);
    expect(await policiesOf(account.id, workspace.id)).toEqual({ retypeAboveMinor: 50_000, ownersCapMinor: 20_000 });
  });

  test('cannot be set on the free plan, and what is set there does not bind', async () => {
    const { change, account, workspace } = await marketing('free');
    expect(await refusalOf(setPolicy({ ...change, key: 'retypeAboveMinor', value: 50_000 }))).toMatchObject({
      kind: 'planNeeded',
      plan: 'free',
    });
    await setPolicy({ ...change, account: { ...account, plan: 'teams' }, key: 'retypeAboveMinor', value: 50_000 });
    expect(await policiesOf(account.id, workspace.id)).toEqual({ retypeAboveMinor: 50_000 });
    expect(await policiesInForce(account, workspace.id)).toEqual({});
  });
});

describe('two people above an amount', () => {
  const key = 'twoPeopleAboveMinor' as const;

  test('can be set only while two could say yes', async () => {
    const { company, change, account, workspace } = await marketing();
    const nora = await company.member(workspace, 'Nora', 'admin');
    expect(await refusalOf(setPolicy({ ...change, key, value: 100_000 }))).toEqual({
      kind: 'twoNeeded',
      workspaceName: 'Marketing',
      eligible: ['Olivia'],
    });
    await changeRole({ ...change, account: account.id, person: nora.id, role: 'owner' });
    await setPolicy({ ...change, key, value: 100_000 });
    expect(await policiesOf(account.id, workspace.id)).toEqual({ twoPeopleAboveMinor: 100_000 });
  });

  test('counts two identities with one verified address as one human', async () => {
    const { company, change, account, workspace } = await marketing();
    const twin = await company.person('Olive', { email: profileOf('Olivia').email! }, 'teams');
    await company.join(workspace, twin, 'owner');
    expect(await eligibleForTwo({ account: account.id, workspace: workspace.id })).toMatchObject({ humans: 1 });
    expect(await refusalOf(setPolicy({ ...change, key, value: 100_000 }))).toMatchObject({ kind: 'twoNeeded' });
  });
});

import { describe, expect, test } from '@jest/globals';
import { AuditHeadModel, AuditModel } from '../../src/workspace/audit-model.js';
import { auditTrail, verifyAudit, writeAudit } from '../../src/workspace/audit.js';
import { withAuditFrom } from '../../src/workspace/audit-from.js';
import { changeRole } from '../../src/workspace/memberships.js';
import { useDatabase } from '../support/database.js';
import { AT, minutesLater, openCompany } from './company.js';

useDatabase();

const HERE = { platform: 'slack', kind: 'channel', channelName: 'marketing', reference: 'R-000001' } as const;

/** An account whose chain has some lines. */
async function chain() {
  const { account } = await openCompany();
  for (let i = 1; i <= 4; i++) {
    const at = minutesLater(i);
    const line = { account: account.id, by: 'p_1', action: 'price.set', detail: { i, ok: true }, at } as const;
    await withAuditFrom({ from: HERE }, () => writeAudit(line));
  }
  return account.id;
}

const findings = async (account: string): Promise<string[]> => (await verifyAudit(account)).findings;

describe('the chain', () => {
  test('is whole after everything that was done', async () => {
    const account = await chain();
    expect(await verifyAudit(account)).toMatchObject({ entries: 6, head: { sequence: 6 }, findings: [] });
  });

  test('stays gapless with forty writers at once', async () => {
    const { account } = await openCompany();
    const line = { account: account.id, by: 'system', action: 'price.set', at: AT } as const;
    await Promise.all(Array.from({ length: 40 }, () => writeAudit(line)));
    expect(await verifyAudit(account.id)).toMatchObject({ entries: 42, findings: [] });
  });

  test.each([
    ['by', { by: 'p_other' }],
    ['detail', { 'detail.i': 5 }],
    ['at', { at: minutesLater(99) }],
    ['action', { action: 'member.left' }],
    ['workspace', { workspace: 'ws_other' }],
    ['place', { 'from.channelName': 'elsewhere' }],
  ])('shows an edited %s', async (_field, edit) => {
    const account = await chain();
    await AuditModel.updateOne({ account, sequence: 4 }, { $set: edit });
    expect(await findings(account)).toEqual([`audit line 4 of ${account} is not what was written`]);
  });

  test('shows a line taken out', async () => {
    const account = await chain();
    await AuditModel.deleteOne({ account, sequence: 3 });
    expect(await findings(account)).toContain(`audit line 3 of ${account} is missing`);
  });

  test('shows two lines in each other’s place', async () => {
    const account = await chain();
    for (const [from, to] of [
      [3, 99],
      [4, 3],
      [99, 4],
    ]) {
      await AuditModel.updateOne({ account, sequence: from! }, { $set: { sequence: to! } });
    }
    expect(await findings(account)).toContain(`audit line 3 of ${account} is not what was written`);
  });

  test('shows an end cut off', async () => {
    const account = await chain();
    await AuditModel.deleteOne({ account, sequence: 6 });
    expect(await findings(account)).toEqual([`the audit chain of ${account} ends at 5, its head says 6`]);
  });

  test('shows an end cut off with its head rewritten, by a checkpoint kept elsewhere', async () => {
    const account = await chain();
    const { head: checkpoint } = await verifyAudit(account);
    await AuditModel.deleteOne({ account, sequence: 6 });
    const last = await AuditModel.findOne({ account, sequence: 5 }).lean();
    await AuditHeadModel.updateOne({ _id: account }, { $set: { sequence: 5, hash: last!.hash } });
    expect(await findings(account)).toEqual([]);
    expect((await verifyAudit(account, checkpoint)).findings).toHaveLength(1);
  });

  test('is of one account: another’s is not touched by it', async () => {
    const [one, other] = [await chain(), await chain()];
    await AuditModel.deleteOne({ account: one, sequence: 2 });
    expect(await findings(other)).toEqual([]);
  });
});

test('what the product does by itself has no place, whoever set it off', async () => {
  const { account, olivia } = await openCompany();
  const line = { account: account.id, action: 'price.set', at: AT } as const;
  await withAuditFrom({ from: HERE, request: 'req_1' }, async () => {
    await writeAudit({ ...line, by: 'system' });
    await writeAudit({ ...line, by: olivia.id });
  });
  const [byOlivia, bySystem] = await auditTrail({ account: account.id, limit: 2 });
  expect(byOlivia).toMatchObject({ from: HERE, request: 'req_1' });
  expect(bySystem).not.toHaveProperty('from');
  expect(bySystem).not.toHaveProperty('request');
});

test('the trail tells who did what to whom, newest first', async () => {
  const { account, olivia, workspace, member } = await openCompany();
  const marketing = await workspace('Marketing');
  const support = await workspace('Support');
  const mia = await member(marketing, 'Mia');
  const promotion = { account: account.id, workspace: marketing.id, person: mia.id, role: 'admin' } as const;
  await changeRole({ ...promotion, by: olivia.id, at: minutesLater(3) });

  const inMarketing = await auditTrail({ account: account.id, workspace: marketing.id, limit: 10 });
  expect(inMarketing.map(({ action }) => action)).toEqual([
    'member.roleChanged',
    'member.joined',
    'member.invited',
    'workspace.created',
  ]);
  expect(inMarketing[0]).toMatchObject({ by: olivia.id, person: mia.id, detail: { from: 'member', to: 'admin' } });
  expect(await auditTrail({ account: account.id, workspace: support.id, limit: 10 })).toHaveLength(1);
  const sinceThen = await auditTrail({ account: account.id, person: mia.id, from: minutesLater(1), limit: 10 });
  expect(sinceThen.map(({ action }) => action)).toEqual(['member.roleChanged']);
});

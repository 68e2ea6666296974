import { expect, test } from '@jest/globals';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel, bindingsOf, unbindChannel, workspacesBoundTo } from '../../src/workspace/bindings.js';
import { useDatabase } from '../support/database.js';
import { AT, openCompany } from './company.js';

useDatabase();

async function twoWorkspaces() {
  const { account, olivia, workspace } = await openCompany();
  const [marketing, support] = [await workspace('Marketing'), await workspace('Support')];
  const channel = { platform: 'slack', tenant: 'T02', channel: 'C1' } as const;
  const binding = { ...channel, account: account.id, channelName: 'marketing', by: olivia.id, at: AT };
  return { account: account.id, marketing, support, channel, binding };
}

test('a channel is bound for what it is to get; binding again replaces that', async () => {
  const { account, marketing, channel, binding } = await twoWorkspaces();
  await bindChannel({ ...binding, workspace: marketing.id, purposes: ['alerts', 'approvals'] });
  expect(await bindingsOf(account, marketing.id, 'approvals')).toMatchObject([
    { ...channel, channelName: 'marketing' },
  ]);
  await bindChannel({ ...binding, workspace: marketing.id, channelName: 'mktg', purposes: ['alerts'] });
  expect(await bindingsOf(account, marketing.id, 'approvals')).toEqual([]);
  expect(await bindingsOf(account, marketing.id)).toMatchObject([{ channelName: 'mktg', purposes: ['alerts'] }]);
});

test('a channel may serve two workspaces, and the same id in another tenant is another channel', async () => {
  const { account, marketing, support, channel, binding } = await twoWorkspaces();
  for (const { id } of [marketing, support]) await bindChannel({ ...binding, workspace: id, purposes: ['alerts'] });
  expect((await workspacesBoundTo(account, channel)).toSorted()).toEqual([marketing.id, support.id].toSorted());
  expect(await workspacesBoundTo(account, { ...channel, tenant: 'T99' })).toEqual([]);
  expect(await workspacesBoundTo(account, { ...channel, platform: 'teams' })).toEqual([]);
  const other = await openCompany();
  expect(await workspacesBoundTo(other.account.id, channel)).toEqual([]);
});

test('unbinding ends it, once, and leaves a line', async () => {
  const { account, marketing, binding } = await twoWorkspaces();
  const which = { ...binding, workspace: marketing.id };
  await bindChannel({ ...which, purposes: ['alerts'] });
  expect(await unbindChannel(which)).toMatchObject({ channelName: 'marketing' });
  expect(await unbindChannel(which)).toBeUndefined();
  expect(await bindingsOf(account, marketing.id)).toEqual([]);
  const [line] = await auditTrail({ account, workspace: marketing.id, limit: 1 });
  expect(line).toMatchObject({ action: 'channel.unbound', detail: { channel: 'slack:T02:C1' } });
});

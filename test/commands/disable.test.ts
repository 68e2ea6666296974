import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { runAutomatic } from '../../src/payments/automatic/run.js';
import { setAutomatic } from '../../src/payments/automatic/settings.js';
import { createKey } from '../../src/usage/keys.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import { getWorkspace } from '../../src/workspace/workspaces.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const status = async () => {
  const { account, marketing } = office().acme;
  return (await getWorkspace(account.id, marketing.id))?.status;
};

async function fill(): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  const { ledger } = office().services;
  const at = office().at;
  await ledger.post({
    wallet: marketing.id,
    key: 'topup:test',
    kind: 'topup',
    contra: 'provider',
    amountMinor: 12_000,
    request: {},
    at,
  });
  await ledger.reserve({ wallet: marketing.id, hold: 'h1', amountMinor: 2_000, at });
  const key = { account: account.id, workspace: marketing.id, scopes: ['usage:write'] as const, by: olivia.id, at };
  await createKey({ ...key, name: 'Engine', pepper: 'pepper' });
  await setAutomatic({ workspace: marketing, by: olivia.id, at, below: { belowMinor: 2_000, addMinor: 5_000 } });
}

async function disabled(): Promise<void> {
  const form = await office().type(OLIVIA, 'disable');
  await office().submit(OLIVIA, form, { name: 'Marketing' });
}

describe('disabling a workspace', () => {
  test('shows the keys, jobs and money that it touches, and asks for the name', async () => {
    await fill();
    const form = await office().type(OLIVIA, 'disable Marketing');
    if (form.kind !== 'form') throw new Error(said(form));
    expect(form.form.intro).toEqual([
      '3 people can do nothing there. 1 API key stops working: Engine. ' +
        'Automatic payments stop (adds £50.00 below £20.00). ' +
        '£120.00 stays, £20.00 of it set aside for what is under way. ' +
        'Nothing is deleted; it can be enabled again.',
    ]);
    const wrong = await office().submit(OLIVIA, form, { name: 'Support', reason: 'We merge.' });
    if (wrong.kind !== 'form') throw new Error(said(wrong));
    expect(wrong.form.fields[0]).toMatchObject({ name: 'name', initial: 'Support' });
    expect(wrong.form.fields[0]?.error).toContain('Marketing');
    expect(wrong.form.fields[1]).toMatchObject({ initial: 'We merge.' });
    expect(await status()).toBe('active');
    const done = await office().submit(OLIVIA, wrong, { name: ' marketing', reason: 'We merge.' });
    expect(firstLine(done)).toBe('Marketing is disabled');
    expect(await status()).toBe('disabled');
    const { account } = office().acme;
    const [line] = await auditTrail({ account: account.id, limit: 1 });
    expect(line).toMatchObject({ action: 'workspace.disabled', detail: { reason: 'We merge.' } });
  });

  test('refuses every command there, says who can, and offers the way back', async () => {
    await disabled();
    for (const typed of ['balance', 'invite zoe@acme.com', 'disable']) {
      expect(firstLine(await office().type(MIA, typed))).toBe(
        'Marketing is disabled. Its people and balance are kept. Ask Olivia to enable it.',
      );
    }
    const mine = await office().type(OLIVIA, 'balance');
    expect(said(mine)).toBe('Marketing is disabled. Its people and balance are kept.\n[Enable] [My workspaces]');
    expect(said(await office().type(ADAM, 'list'))).toMatch(/Marketing \(active\).*disabled.*\[Enable\]/s);
    expect(said(await office().type(MIA, 'list'))).not.toContain('[Enable]');
    await office().press(OLIVIA, callOf(mine, 'Enable'));
    expect(await status()).toBe('active');
  });

  test('tells the bound channel, with the reason, and the webhook; and again when it is enabled', async () => {
    const { account, marketing, olivia } = office().acme;
    const place = { platform: 'slack', tenant: 'T02', channel: 'C1', channelName: 'marketing' } as const;
    await bindChannel({
      account: account.id,
      workspace: marketing.id,
      ...place,
      purposes: ['alerts'],
      by: olivia.id,
      at: office().at,
    });
    await office().type(OLIVIA, 'dev webhook https://hooks.example.com/acme');
    const form = await office().type(OLIVIA, 'disable because we merge');
    const card = await office().submit(OLIVIA, form, { name: 'Marketing', reason: 'we merge' });
    await office().press(OLIVIA, callOf(card, 'Enable it again'));
    expect(await toldTo({ channel: 'C1' })).toEqual([
      expect.stringContaining('Marketing is disabled\nOlivia disabled it. “we merge”'),
      expect.stringContaining('Marketing is enabled again\nOlivia enabled it.'),
    ]);
    const events = await mongoose.connection
      .db!.collection('webhook_deliveries')
      .find()
      .sort({ queuedAt: 1 })
      .toArray();
    expect(events.map(({ type }) => type)).toEqual(['workspace.disabled', 'workspace.enabled']);
  });

  test('charges nothing by itself meanwhile, and goes on afterwards', async () => {
    await fill();
    await disabled();
    const { ledger } = office().services;
    const charged: string[] = [];
    const payments = {
      savedCard: async () => ({ id: 'pm_1', brand: 'visa', last4: '4242', expires: { month: 1, year: 2030 } }),
      chargeCard: async ({ key }: { key: string }): Promise<never> => {
        charged.push(key);
        throw new Error('enough was seen');
      },
      giveUpCharge: async (): Promise<never> => {
        throw new Error('nothing was decided upon');
      },
    };
    const { marketing } = office().acme;
    const spend = { wallet: marketing.id, key: 'u:1', kind: 'usage', contra: 'revenue', request: {} } as const;
    await ledger.post({ ...spend, amountMinor: -9_000, at: office().at });
    const deps = { ledger, payments, tell: async () => undefined, log: { error: () => undefined } };
    await runAutomatic(deps, { at: office().at });
    expect(charged).toEqual([]);
    await office().type(OLIVIA, 'enable Marketing');
    await runAutomatic(deps, { at: new Date(office().at.getTime() + 3_600_000) });
    expect(charged).toHaveLength(1);
  });

  test('is an ask for owners and admins, decided by the primary owner', async () => {
    const { adam, olivia } = office().acme;
    const form = await office().type(ADAM, 'disable');
    const asked = await office().submit(ADAM, form, { name: 'Marketing', reason: 'Not used.' });
    expect(firstLine(asked)).toBe('The primary owner disables it, so I asked them for you.');
    const [request] = (await outbox()).filter(({ subject }) => subject?.startsWith('request:'));
    expect(request!.to).toEqual({ person: olivia.id });
    expect(said({ kind: 'private', card: request!.card })).toContain(
      'Adam asks to disable Marketing. “Not used.” 3 people can do nothing there until it is enabled again.',
    );
    expect(await status()).toBe('active');
    await office().press(OLIVIA, callOf(request!.card, 'Approve'));
    expect(await status()).toBe('disabled');
    expect((await toldTo({ person: adam.id })).join()).toContain('Marketing is disabled');
  });

  test('is refused to members', async () => {
    expect(firstLine(await office().type(MIA, 'disable'))).toBe("You can't disable the workspace. Olivia can.");
    expect(firstLine(await office().type(MIA, 'enable'))).toBe("You can't enable the workspace. Olivia can.");
  });
});

describe('enabling it again', () => {
  test('can be asked for, and decided, while it is disabled', async () => {
    const { olivia } = office().acme;
    const { who } = await nora(office());
    await disabled();
    const met = await office().type(who, 'balance');
    expect(firstLine(met)).toBe('Marketing is disabled. Its people and balance are kept. Ask Olivia to enable it.');
    const asked = await office().press(who, callOf(met, 'Ask for it'));
    expect(firstLine(asked)).toBe('The primary owner enables it, so I asked them for you.');
    const request = (await outbox()).findLast(
      ({ subject, to }) => subject?.startsWith('request:') && 'person' in to && to.person === olivia.id,
    );
    expect(await office().press(OLIVIA, callOf(request!.card, 'Approve'))).toEqual({ kind: 'done' });
    expect(await status()).toBe('active');
  });

  test('of one that is enabled changes nothing', async () => {
    expect(firstLine(await office().type(OLIVIA, 'enable'))).toBe('Marketing is enabled already.');
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { setPrice } from '../../src/prices/set-price.js';
import { writtenOut } from '../../src/readers-money.js';
import { tellEndedCampaigns } from '../../src/notices/resources/campaign-notices.js';
import type { Campaign } from '../../src/resources/campaign.js';
import { findCampaigns, getCampaign } from '../../src/resources/campaigns.js';
import { campaignsOfUsage } from '../../src/resources/campaigns-of-usage.js';
import { heldBy, handTo } from '../../src/resources/campaigns-of-person.js';
import { archiveCampaign, changeCampaign, createCampaign } from '../../src/resources/change-campaign.js';
import { endCampaign } from '../../src/resources/end-campaign.js';
import { type StartOrder, startCampaign } from '../../src/resources/start-campaign.js';
import { settleCutOffCampaigns } from '../../src/resources/sweep-campaigns.js';
import { setEndpoint } from '../../src/webhooks/endpoints.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { type Acme, NOW, setUpAcme } from '../support/acme.js';
import { useDatabase } from '../support/database.js';
import { restored } from '../support/empty-database.js';
import { useLedger } from '../support/ledger.js';
import { race, refusalOf } from '../workspace/company.js';
import { stock } from './stock.js';

useDatabase();
const firstLedger = useLedger();
/** Made anew for each test: one remembers lines that are no more. */
let wallets: ReturnType<typeof createLedger>;
const ledger = () => wallets;

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const sealing = { encrypt: (plain: string) => plain, decrypt: (sealed: string) => sealed };

const prepared = restored(async () => {
  const acme = await setUpAcme(firstLedger());
  const { account, marketing, olivia, mia } = acme;
  const { template, list } = await stock(marketing, olivia);
  const place = { account: account.id, workspace: marketing.id };
  await setEndpoint(sealing, { ...place, url: new URL('https://engine.example/hook'), by: olivia.id, at: NOW });
  const content = { name: 'Spring', template: template.id, list: list.id };
  const client = { key: 'k1', hash: 'h1' };
  const spring = await createCampaign({ ...place, ...content, by: mia.id, client, at: NOW });
  await firstLedger().post({
    wallet: marketing.id,
    key: 'topup:1',
    kind: 'topup',
    amountMinor: 1_000,
    contra: 'provider',
    at: NOW,
  });
  return { acme, spring, content, place };
});

let acme: Acme;
let spring: Campaign;
let content: { name: string; template: string; list: string };
let place: { account: string; workspace: string };
let order: StartOrder;
beforeEach(async () => {
  ({ acme, spring, content, place } = await prepared());
  wallets = createLedger(mongoose.connection.db!);
  order = { workspace: acme.marketing, id: spring.id, estimateMinor: 400, by: acme.mia.id, at: later(1) };
});

const topUp = (id: string, amountMinor: number) =>
  ledger().post({
    wallet: acme.marketing.id,
    key: `topup:${id}`,
    kind: 'topup',
    amountMinor,
    contra: 'provider',
    at: later(1),
  });
const stateNow = async () => (await getCampaign(place.account, place.workspace, spring.id))?.state;
const money = async () => {
  const head = await ledger().head(acme.marketing.id);
  return [head?.balanceMinor, head?.heldMinor];
};
const audited = async (action: string) =>
  (await auditTrail({ account: place.account, limit: 100 })).filter((line) => line.action === action);
const told = async (type: string) => {
  const rows = await mongoose.connection.collection('webhook_deliveries').find({ type }).toArray();
  return rows.map(({ body }) => JSON.parse(String(body)));
};
const sweep = (at = later(3)) =>
  settleCutOffCampaigns(ledger(), {
    before: new Date(at.getTime() - 60_000),
    at,
    limit: 10,
    onTrouble: (campaign, error) => {
      throw new Error(`campaign ${campaign}`, { cause: error });
    },
  });

describe('a start', () => {
  test('sets the estimate aside under the name, and tells the engine what it needs, once', async () => {
    const started = await startCampaign(ledger(), order);
    expect(started).toMatchObject({ state: 'running', start: { contacts: 100, estimateMinor: 400, item: 'sms' } });
    expect(await money()).toEqual([1_000, 400]);
    expect(await ledger().hold(acme.marketing.id, spring.id)).toMatchObject({ state: 'open', remainingMinor: 400 });
    expect(await startCampaign(ledger(), { ...order, at: later(2) })).toEqual(started);
    expect(await told('campaign.started')).toEqual([
      {
        type: 'campaign.started',
        timestamp: later(1).toISOString(),
        data: {
          workspace: acme.marketing.id,
          campaign: spring.id,
          name: 'Spring',
          resource: 'Spring',
          hold: spring.id,
          item: 'sms',
          template: { id: content.template, name: 'Greeting', text: 'Hello {{first_name}}!' },
          contactList: { id: content.list, name: 'Customers', contacts: 100 },
          estimateMinor: 400,
          currency: 'GBP',
        },
      },
    ]);
    expect(await audited('campaign.started')).toMatchObject([{ by: acme.mia.id, detail: { estimateMinor: 400 } }]);
  });

  test('of many at once is one', async () => {
    await race(Array.from({ length: 8 }, () => startCampaign(ledger(), order)));
    expect(await stateNow()).toBe('running');
    expect(await money()).toEqual([1_000, 400]);
    expect(await audited('campaign.started')).toHaveLength(1);
    expect(await told('campaign.started')).toHaveLength(1);
  });

  test('at a price that was not shown starts nothing', async () => {
    const { account, olivia } = acme;
    const dearer = { account: account.id, item: 'sms', priceMicro: 5_000_000, validFrom: later(0), by: olivia.id };
    await setPrice({ ...dearer, at: NOW });
    expect(await refusalOf(startCampaign(ledger(), order))).toMatchObject({ kind: 'estimateChanged', nowMinor: 500 });
    expect(await stateNow()).toBe('draft');
    expect(await money()).toEqual([1_000, 0]);
  });

  test('without the balance for it keeps the draft, and can be tried again', async () => {
    const spent = {
      wallet: acme.marketing.id,
      key: 'u:1',
      kind: 'usage',
      amountMinor: -700,
      contra: 'revenue',
    } as const;
    await ledger().post({ ...spent, at: later(0) });
    const short = { kind: 'campaignShort', availableMinor: 300, neededMinor: 400 };
    expect(await refusalOf(startCampaign(ledger(), order))).toMatchObject(short);
    expect(await stateNow()).toBe('draft');
    expect(await money()).toEqual([300, 0]);
    await topUp('2', 100);
    expect(await startCampaign(ledger(), order)).toMatchObject({ state: 'running' });
    expect(await money()).toEqual([400, 400]);
  });

  test.each(['before', 'after'] as const)('that was cut off %s the hold is settled by the sweep', async (when) => {
    const { head, reserve } = ledger();
    const cutOff: typeof reserve = async (asked) => {
      if (when === 'after') await reserve(asked);
      throw new Error('cut off');
    };
    await expect(startCampaign({ head, reserve: cutOff }, order)).rejects.toThrow('cut off');
    expect(await stateNow()).toBe('starting');
    await sweep(later(1.5));
    expect(await stateNow()).toBe('starting');
    await sweep();
    expect(await stateNow()).toBe(when === 'after' ? 'running' : 'draft');
    expect(await money()).toEqual([1_000, when === 'after' ? 400 : 0]);
    expect(await audited('campaign.started')).toHaveLength(when === 'after' ? 1 : 0);
    expect(await told('campaign.started')).toHaveLength(when === 'after' ? 1 : 0);
  });

  test('that was cut off goes on where it was when it is pressed again', async () => {
    const { head, reserve } = ledger();
    const cutOff: typeof reserve = async (asked) => {
      await reserve(asked);
      throw new Error('cut off');
    };
    await expect(startCampaign({ head, reserve: cutOff }, order)).rejects.toThrow('cut off');
    expect(await startCampaign(ledger(), { ...order, at: later(2) })).toMatchObject({ state: 'running' });
    expect(await money()).toEqual([1_000, 400]);
  });

  test('whose hold came after it was given up runs: what is set aside is never lost', async () => {
    const { head, reserve } = ledger();
    let late = () => Promise.resolve();
    const slow: typeof reserve = async (asked) => {
      late = async () => void (await reserve(asked));
      throw new Error('cut off');
    };
    await expect(startCampaign({ head, reserve: slow }, order)).rejects.toThrow('cut off');
    await sweep();
    await late();
    expect(await stateNow()).toBe('draft');
    expect(await startCampaign(ledger(), { ...order, at: later(5) })).toMatchObject({ state: 'running' });
    expect(await money()).toEqual([1_000, 400]);
  });
});

describe('an end', () => {
  beforeEach(() => startCampaign(ledger(), order));

  const use = (id: string, amountMinor: number) =>
    ledger().post({
      wallet: acme.marketing.id,
      key: `u:${id}`,
      kind: 'usage',
      contra: 'revenue',
      amountMinor: -amountMinor,
      resource: 'Spring',
      hold: spring.id,
      at: later(2),
    });
  const end = { by: '', at: later(3) };
  beforeEach(() => {
    end.by = acme.mia.id;
  });

  test('releases what is left, says what was spent, and is one however often it is asked for', async () => {
    await use('1', 150);
    const ending = { workspace: acme.marketing, id: spring.id, ...end };
    await race(Array.from({ length: 4 }, () => endCampaign(ledger(), ending)));
    expect(await getCampaign(place.account, place.workspace, spring.id)).toMatchObject({
      state: 'ended',
      spentMinor: 150,
    });
    expect(await money()).toEqual([850, 0]);
    expect(await audited('campaign.ended')).toHaveLength(1);
    expect(await told('campaign.ended')).toMatchObject([{ data: { spentMinor: 150, estimateMinor: 400 } }]);
  });

  test.each(['before', 'after'] as const)('that was cut off %s the release is settled by the sweep', async (when) => {
    const { totals, void: release } = ledger();
    const cutOff: typeof release = async (asked) => {
      if (when === 'after') await release(asked);
      throw new Error('cut off');
    };
    const ending = endCampaign({ totals, void: cutOff }, { workspace: acme.marketing, id: spring.id, ...end });
    await expect(ending).rejects.toThrow('cut off');
    await sweep(later(5));
    expect(await stateNow()).toBe('ended');
    expect(await money()).toEqual([1_000, 0]);
  });

  test('by the engine is told to whoever answers for it, once', async () => {
    await use('1', 400);
    await endCampaign(ledger(), { workspace: acme.marketing, id: spring.id, ...end, byKey: 'Engine' });
    const log = { error: (details: object) => expect(details).toBeUndefined() };
    expect(await tellEndedCampaigns(ledger(), log)).toBe(1);
    expect(await tellEndedCampaigns(ledger(), log)).toBe(0);
    const rows = await mongoose.connection.collection('outbox').find({ 'to.person': acme.mia.id }).toArray();
    const ended = rows.filter(({ card }) => card.name === 'campaign-ended-told');
    expect(ended.map(({ card }) => writtenOut(card.heading.text))).toEqual(['Spring has ended: £4.00 spent.']);
  });

  test('of one that was not started is refused', async () => {
    const other = { ...content, name: 'Other', by: acme.mia.id, client: { key: 'k2', hash: 'h2' }, at: NOW };
    const { id } = await createCampaign({ ...place, ...other });
    const ending = endCampaign(ledger(), { workspace: acme.marketing, id, ...end });
    expect(await refusalOf(ending)).toMatchObject({ kind: 'campaignState', doing: 'end' });
  });
});

describe('a draft', () => {
  const make = (name: string, key: string) =>
    createCampaign({ ...place, ...content, name, by: acme.mia.id, client: { key, hash: name }, at: NOW });

  test('is made once for a key; another under it is a conflict; a name is one campaign’s, in any case', async () => {
    const first = await make('Autumn', 'k2');
    expect(await make('Autumn', 'k2')).toEqual(first);
    expect(await refusalOf(make('Winter', 'k2'))).toMatchObject({ kind: 'keyConflict' });
    expect(await refusalOf(make('AUTUMN', 'k3'))).toMatchObject({ kind: 'resourceNameTaken', what: 'campaign' });
  });

  test('is changed until it is started, by whoever saw it as it is', async () => {
    const change = { ...place, id: spring.id, by: acme.adam.id, at: later(1) };
    const changed = await changeCampaign({ ...change, name: 'Spring sale', sendAt: later(60), version: 1 });
    expect(changed).toMatchObject({ name: 'Spring sale', sendAt: later(60), version: 2 });
    const stale = changeCampaign({ ...change, name: 'Summer', version: 1 });
    expect(await refusalOf(stale)).toMatchObject({ kind: 'campaignChanged' });
    expect(await changeCampaign({ ...change, sendAt: null })).not.toHaveProperty('sendAt');
    await startCampaign(ledger(), order);
    const late = changeCampaign({ ...change, name: 'Summer' });
    expect(await refusalOf(late)).toMatchObject({ kind: 'campaignState', state: 'running' });
    expect(await refusalOf(archiveCampaign(change))).toMatchObject({ kind: 'campaignState', doing: 'archive' });
  });

  test('takes no template or list of another workspace', async () => {
    const { support, olivia } = acme;
    const theirs = await stock(support, olivia, 1);
    const foreign = { ...place, id: spring.id, by: acme.mia.id, at: NOW };
    expect(await refusalOf(changeCampaign({ ...foreign, template: theirs.template.id }))).toMatchObject({
      kind: 'unknownResource',
      what: 'template',
    });
    expect(await refusalOf(changeCampaign({ ...foreign, list: theirs.list.id }))).toMatchObject({
      kind: 'unknownResource',
      what: 'contact list',
    });
    const elsewhere = startCampaign(ledger(), { ...order, workspace: support });
    expect(await refusalOf(elsewhere)).toMatchObject({ kind: 'unknownResource', what: 'campaign' });
    expect((await findCampaigns({ ...place, workspace: support.id, limit: 5 })).found).toEqual([]);
  });

  test('does not pay for usage before it is started; then by id or name, in any case', async () => {
    const names = [spring.id, 'SPRING', 'other'];
    expect([...(await campaignsOfUsage(place, names))]).toEqual([]);
    await startCampaign(ledger(), order);
    const found = { name: 'Spring', hold: spring.id };
    expect([...(await campaignsOfUsage(place, names))]).toEqual([
      [spring.id, found],
      ['SPRING', found],
    ]);
    expect([...(await campaignsOfUsage({ ...place, workspace: acme.support.id }, names))]).toEqual([]);
  });
});

test('campaigns that are not over are handed to somebody else, each with its line in the audit trail', async () => {
  const { adam, mia, olivia } = acme;
  expect(await heldBy({ ...place, person: mia.id })).toEqual([{ id: spring.id, name: 'Spring' }]);
  const change = { ...place, from: mia.id, to: adam.id, by: olivia.id, at: later(1) };
  expect(await handTo(change)).toBe(1);
  expect(await handTo(change)).toBe(0);
  expect(await heldBy({ ...place, person: adam.id })).toHaveLength(1);
  expect(await audited('campaign.handedOver')).toMatchObject([{ person: adam.id, detail: { name: 'Spring' } }]);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import { priceList } from '../../src/prices/prices.js';
import { setPrice } from '../../src/prices/set-price.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { ADAM, MAX, MIA, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const DECEMBER = new Date('2026-12-01T00:00:00.000Z');

beforeEach(async () => {
  const { account, olivia } = office().acme;
  const set = { account: account.id, by: olivia.id, at: office().at, validFrom: new Date('2026-01-01T00:00:00.000Z') };
  await setPrice({ ...set, item: 'sms', priceMicro: 4_000_000 });
  await setPrice({ ...set, item: 'WhatsApp', priceMicro: 750_000 });
});

/** What one costs in Marketing and in Support, in micro units. */
async function inForce(item: string, at = office().at): Promise<(number | undefined)[]> {
  const { account, marketing, support } = office().acme;
  const lists = await Promise.all([marketing, support].map(({ id }) => priceList(account.id, id, at)));
  return lists.map((prices) => prices.find((price) => price.item === item)?.priceMicro);
}

async function confirmed(who: typeof OLIVIA, typed: string, label = 'Set it'): Promise<Answer> {
  return office().press(who, callOf(await office().type(who, typed), label));
}

describe('prices', () => {
  test('everybody sees them; members and admins learn who sets them', async () => {
    const list = said(await office().type(MIA, 'prices'));
    expect(list).toBe(
      [
        "Marketing's prices",
        'Item | Set for | Each',
        'WhatsApp | all workspaces | £0.0075',
        'sms | all workspaces | £0.04',
        'The primary owner, or the account owner for all workspaces, sets them.',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(said(await office().type(ADAM, 'prices whatsapp'))).not.toContain('sms');
    for (const typed of ['prices sms 0.05', 'prices sms 0.05 everywhere', 'prices sms off']) {
      for (const who of [MIA, ADAM]) {
        expect(firstLine(await office().type(who, typed))).toBe("You can't change prices. Olivia can.");
      }
    }
    expect(await inForce('sms')).toEqual([4_000_000, 4_000_000]);
  });

  test("a workspace's own price goes before the account's, from now on; taken away, the account's counts again", async () => {
    const asked = await office().type(OLIVIA, 'prices sms £0.035');
    expect(said(asked)).toBe(
      [
        'In Marketing one sms costs £0.035 instead of £0.04 from now on.',
        'What was used before keeps the price of its own time, also when it is reported late.',
        '[Set it]',
        'Marketing · £0.00',
      ].join('\n'),
    );
    expect(await inForce('sms')).toEqual([4_000_000, 4_000_000]);
    const press = callOf(asked, 'Set it');
    expect(said(await office().press(OLIVIA, press))).toContain('sms | Marketing (else £0.04) | £0.035');
    await office().press(OLIVIA, press);
    expect(await inForce('sms')).toEqual([3_500_000, 4_000_000]);
    expect(await inForce('sms', new Date(office().at.getTime() - 1))).toEqual([4_000_000, 4_000_000]);
    const off = await office().type(OLIVIA, 'prices sms off');
    expect(firstLine(off)).toBe('In Marketing one sms costs £0.04 again instead of £0.035 from now on.');
    office().at = new Date(office().at.getTime() + 60_000);
    await office().press(OLIVIA, callOf(off, 'Take it away'));
    expect(await inForce('sms')).toEqual([4_000_000, 4_000_000]);
  });

  test('for later: the list says what is coming, and it counts from its day in the zone of whoever set it', async () => {
    await confirmed(OLIVIA, 'prices WHATSAPP 0.01 from 1 December everywhere');
    expect(said(await office().type(MIA, 'prices'))).toContain('WhatsApp costs £0.01 from 1 Dec 2026, 00:00.');
    expect(await inForce('WhatsApp')).toEqual([750_000, 750_000]);
    expect(await inForce('WhatsApp', DECEMBER)).toEqual([1_000_000, 1_000_000]);
    expect(await inForce('WhatsApp', new Date(DECEMBER.getTime() - 1))).toEqual([750_000, 750_000]);
  });

  test('in a form; what cannot be read is said beside its field', async () => {
    const form = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'prices'), 'Set a price'));
    expect(form).toMatchObject({
      form: {
        fields: [{}, {}, {}, { name: 'scope', options: [{ label: 'Marketing alone' }, { label: 'All workspaces' }] }],
      },
    });
    for (const [fields, name] of [
      [{ item: 'e mail', price: '1' }, 'item'],
      [{ item: 'email', price: 'much' }, 'price'],
      [{ item: 'email', price: '0.000000001' }, 'price'],
      [{ item: 'email', price: '€1' }, 'price'],
      [{ item: 'email', price: '1', from: 'yesterday' }, 'from'],
      [{ item: 'email', price: '1', from: '2020-01-01' }, 'from'],
    ] as const) {
      const again = await office().submit(OLIVIA, form, { ...fields, scope: 'workspace' });
      if (again.kind !== 'form') throw new Error(`${JSON.stringify(fields)}: ${said(again)}`);
      expect(again.form.fields.filter(({ error }) => error).map((field) => field.name)).toEqual([name]);
    }
    const asked = await office().submit(OLIVIA, form, { item: 'email', price: '0', scope: 'account' });
    expect(firstLine(asked)).toBe('In all workspaces without a price of their own one email costs £0.00 from now on.');
    await office().press(OLIVIA, callOf(asked, 'Set it'));
    expect(await inForce('email')).toEqual([0, 0]);
  });

  test('the account owner sets those of all workspaces alone; a primary owner those of their own', async () => {
    const { account, marketing, olivia, adam } = office().acme;
    const members = mongoose.connection.db!.collection('memberships');
    const role = (person: string, to: string) =>
      members.updateOne({ account: account.id, workspace: marketing.id, person }, { $set: { role: to } });
    await role(olivia.id, 'owner');
    await role(adam.id, 'primaryOwner');
    expect(firstLine(await office().type(ADAM, 'prices sms 0.05 everywhere'))).toBe(
      "You can't change prices. Olivia can.",
    );
    expect(firstLine(await office().type(OLIVIA, 'prices sms 0.05'))).toBe("You can't change prices. Adam can.");
    await confirmed(ADAM, 'prices sms 0.05');
    await confirmed(OLIVIA, 'prices sms 0.03 everywhere');
    expect(await inForce('sms')).toEqual([5_000_000, 3_000_000]);
    const trail = await auditTrail({ account: account.id, limit: 2 });
    expect(trail.map(({ action, by, workspace, detail }) => [action, by, workspace, detail?.['priceMicro']])).toEqual([
      ['price.set', olivia.id, undefined, 3_000_000],
      ['price.set', adam.id, marketing.id, 5_000_000],
    ]);
    const options = await office().type(ADAM, 'prices set');
    expect(JSON.stringify(options)).not.toContain('All workspaces');
  });

  test("another company's prices are not seen", async () => {
    const { account: other, owner } = await enableAccount({
      ...{
        name: 'Else',
        tenant: 'slack:T9',
        ownerUser: 'U9',
        currency: 'GBP',
        plan: 'teams',
        timeZone: 'Europe/London',
      },
      ownerProfile: { name: 'Zoe', emailVerified: true, standing: 'full' },
      at: office().at,
    });
    await setPrice({
      account: other.id,
      item: 'secret',
      priceMicro: 1,
      validFrom: office().at,
      by: owner.id,
      at: office().at,
    });
    expect(said(await office().type(MAX, 'prices'))).not.toContain('secret');
  });

  test('long lists are paged', async () => {
    const { account, olivia } = office().acme;
    const set = { account: account.id, by: olivia.id, at: office().at, validFrom: office().at };
    for (let index = 10; index < 30; index++) await setPrice({ ...set, item: `a${index}`, priceMicro: index });
    const first = await office().type(MIA, 'prices');
    expect(said(first)).toContain('1 to 15 of 22');
    expect(said(await office().press(MIA, callOf(first, 'More')))).toContain('16 to 22 of 22');
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { createCampaign } from '../../src/resources/change-campaign.js';
import { SCOPES } from '../../src/usage/scopes.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { stock } from '../resources/stock.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { fill, SECRET, setUpOtherCompany } from '../support/other-company.js';
import { everythingStored } from '../support/stored.js';
import { type Answered, at, type Customer, get, keyFor, newCustomer, patch, PEPPER, post, useApi } from './api.js';
import { bodyOf, filled, type Place, PLACES } from './places.js';

/**
 * Every operation of the published document, with every id of another company and of another workspace of the same one,
 * in every place that takes text: it is answered as if nothing had that id, and nothing of theirs is told or changes.
 */

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);

let key: string;
let own: Readonly<Record<string, string>>;
let foreign: string[];
let theirs: readonly string[];
let before: string;

beforeAll(async () => {
  const customer = await newCustomer(ledger(), 100_000);
  const { account, owner } = customer;
  const sibling = await createWorkspace({
    ...{ ledger: ledger(), account, name: `${SECRET} Sibling`, primaryOwner: owner.id, by: owner.id, at },
  });
  const zeta = await setUpOtherCompany(ledger(), PEPPER);
  const beside = await fill(account, owner, sibling, PEPPER);
  foreign = [
    ...Object.values({ ...zeta.ids, ...(await recorded(zeta.workspace.id, zeta.apiKey, 'slack:T99:U0ZOE')) }),
    ...Object.values({ ...beside.ids, ...(await recorded(sibling.id, beside.apiKey, hostIn(customer))) }),
  ];
  key = await keyFor(customer, SCOPES);
  own = await ownThings(customer);
  theirs = [zeta.account.id, zeta.workspace.id, sibling.id];
  before = await everythingOfTheirs();
});

const hostIn = ({ account }: Customer): string => `${account.tenants[0]}:U0OLIVIA`;

/** What comes by the API alone. */
async function recorded(wallet: string, by: string, host: string, name = SECRET): Promise<Record<string, string>> {
  const credit = { wallet, key: 'topup:1', kind: 'topup', contra: 'provider', amountMinor: 100_000, at } as const;
  await ledger().post(credit);
  const [hold, meeting] = [`hold-${wallet}`, `meeting-${wallet}`];
  const report = { key: `report-${wallet}`, kind: 'report', name: `${name} report` };
  const startsAt = '2026-11-01T14:00:00.000Z';
  await post(`${api.url}/holds`, by, { id: hold, amountMinor: 50_000, resource: name });
  await post(`${api.url}/meetings`, by, { id: meeting, title: `${name} sync`, startsAt, host });
  const { body } = await post<{ id: string }>(`${api.url}/resources`, by, report);
  return { hold, meeting, rp: body.id };
}

/** By the names of fields and of kinds: what a call needs that is to get as far as the id in it. */
async function ownThings(customer: Customer): Promise<Record<string, string>> {
  const { account, owner, workspace } = customer;
  const { template, list } = await stock(workspace, owner, 1);
  const { hold, meeting, rp } = await recorded(workspace.id, key, hostIn(customer), 'Acme');
  const campaign = await createCampaign({
    ...{ account: account.id, workspace: workspace.id, name: 'Spring', template: template.id, list: list.id },
    ...{ by: owner.id, at, client: { key: 'own', hash: 'own' } },
  });
  const things = { template: template.id, contactList: list.id, campaign: campaign.id, report: rp! };
  return { ...things, resource: list.id, host: hostIn(customer), item: 'sms', hold: hold!, meeting: meeting! };
}

const everythingOfTheirs = (): Promise<string> =>
  everythingStored({ $or: ['_id', 'account', 'workspace', 'w'].map((field) => ({ [field]: { $in: theirs } })) });

function send(place: Place, id: string): Promise<Answered<{ type?: string }>> {
  const url = `${api.url}${filled(place, own, id)}`;
  if (place.method === 'get') return get(url, key);
  return (place.method === 'post' ? post : patch)(url, key, bodyOf(place, own, id));
}

/** Fields that are stored as they come, and found by none: of these a few ids are enough. */
const OWN_WORDS = ['key', 'name', 'csv', 'country', 'text', 'period', 'title', 'highlights', 'notes', 'link'];
const triedIn = ({ name }: Place): string[] =>
  OWN_WORDS.includes(name.split(' ')[0]!) ? foreign.filter((_id, index) => index % 9 === 0) : foreign;

/** Of the same form, and nobody's. */
const nobodys = (id: string): string => `${id.slice(0, -4)}zzzz`;

const met = ({ status, body }: Answered<{ type?: string }>) => ({ status, type: body.type });

describe('ids of another company and of another workspace', () => {
  test('are tried in every operation that takes any', () => {
    expect(foreign.length).toBeGreaterThan(25);
    expect(before.split(SECRET).length).toBeGreaterThan(25);
    const operations = new Set(PLACES.map(({ method, path }) => `${method} ${path}`));
    expect([...operations]).toEqual(
      expect.arrayContaining([
        'get /holds/{hold}',
        'patch /resources/{resource}',
        'post /usage/events',
        'get /entries',
      ]),
    );
    expect(PLACES.length).toBeGreaterThan(45);
  });

  test.each(PLACES)('$method $path, as $name', async (place) => {
    const ids = triedIn(place);
    const answers = await Promise.all(ids.map((id) => send(place, id)));
    expect(answers.map(({ body }) => JSON.stringify(body)).filter((told) => told.includes(SECRET))).toEqual([]);
    const likes = place.in === 'path' ? ids : ids.slice(-1);
    const unknown = await Promise.all(likes.map(async (id) => met(await send(place, nobodys(id)))));
    for (const [index, answer] of answers.entries()) {
      const expected = unknown[index] ?? unknown[0]!;
      if (expected.status >= 400) expect([ids[index], met(answer)]).toEqual([ids[index], expected]);
    }
  });

  test('have changed nothing of theirs', async () => {
    expect(await everythingOfTheirs()).toBe(before);
  });
});

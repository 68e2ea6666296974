import { beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { auditTrail } from '../../src/workspace/audit.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { type Answered, type Customer, get, keyFor, newCustomer, patch, post, useApi } from './api.js';

interface Shown {
  id: string;
  kind: string;
  name: string;
  archived: boolean;
  contacts?: number;
  text?: string;
}
interface Problem {
  type: string;
  detail: string;
  errors?: { field: string; message: string }[];
}

const ANN = '+447400123456';
const BEN = '+447400123457';
const CSV = `phone,first_name\n${ANN},Ann\n${BEN},Ben\n`;

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);

let customer: Customer;
let key: string;
beforeAll(async () => {
  customer = await newCustomer(ledger());
  key = await keyFor(customer, ['resources:write']);
});

let keys = 0;
const nextKey = () => `k${++keys}`;
const make = <Body = Shown>(body: object, as = key): Promise<Answered<Body>> =>
  post(`${api.url}/resources`, as, { key: nextKey(), ...body });
const change = <Body = Shown>(id: string, body: object, as = key): Promise<Answered<Body>> =>
  patch(`${api.url}/resources/${id}`, as, body);
const list = (name: string, more: object = {}) => make({ kind: 'contactList', name, csv: CSV, ...more });

describe('a contact list', () => {
  test('is made once for each key, also by two calls at once; the key with other content is a conflict', async () => {
    const asked = { key: 'once', kind: 'contactList', name: 'Once', csv: CSV };
    const answers = await Promise.all([make(asked), make(asked), make(asked)]);
    const again = await make(asked);
    expect(answers.map(({ status, body }) => [status, body.id])).toEqual(answers.map(() => [200, again.body.id]));
    expect(again.body).toMatchObject({ kind: 'contactList', name: 'Once', contacts: 2, archived: false });
    expect((await make<Problem>({ ...asked, csv: `phone\n${ANN}` })).body).toMatchObject({
      type: 'urn:workspaces:problem:conflict',
      detail: 'This key was first used for the contact list Once.',
    });
    expect((await list('once')).body).toMatchObject({ type: 'urn:workspaces:problem:name-taken' });
  });

  test('is imported all or none: each row that is wrong is named', async () => {
    const wrong = `phone,visits:number\n${ANN},1\n07400 123457,2\n${BEN},many`;
    const refused = await make<Problem>({ kind: 'contactList', name: 'Wrong', csv: wrong });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [
        { field: 'csv line 3', message: 'has no country code, and no country was given' },
        { field: 'csv line 4 visits', message: 'is no number' },
      ],
    ]);
    const whole = await make<Problem>({ kind: 'contactList', name: 'Wrong', csv: 'name\nAnn' });
    expect(whole.body.errors).toEqual([{ field: 'csv', message: 'has no column phone' }]);
    const mended = await make({ kind: 'contactList', name: 'Wrong', csv: wrong.replace('many', '3'), country: 'GB' });
    expect(mended.body.contacts).toBe(2);
  });

  test('is renamed, extended, archived and restored in one piece or not at all, as often as it is sent', async () => {
    const { body } = await list('Spring');
    await list('Taken');
    const more = { kind: 'contactList', csv: `phone\n${ANN}\n+447400123458` };
    expect((await change(body.id, more)).body.contacts).toBe(3);
    expect((await change(body.id, more)).body.contacts).toBe(3);
    const refused = await change<Problem>(body.id, { ...more, name: 'Taken', csv: 'phone\n+447400123459' });
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:workspaces:problem:name-taken']);
    const put = await change(body.id, { kind: 'contactList', name: 'Summer', archived: true });
    expect(put.body).toMatchObject({ name: 'Summer', archived: true, contacts: 3 });
    expect((await change(body.id, { kind: 'contactList', archived: false, name: 'Taken' })).status).toBe(409);
    expect((await get<Shown>(`${api.url}/resources/${body.id}`, key)).body.archived).toBe(true);
    expect((await change(body.id, { kind: 'contactList', archived: false })).body.archived).toBe(false);
    expect((await get<Shown>(`${api.url}/resources/${body.id}`, key)).body).toMatchObject({
      name: 'Summer',
      contacts: 3,
    });
  });

  test('gives out its contacts page by page', async () => {
    const { body } = await list('Pages');
    const page = (query: string) =>
      get<{ contacts: unknown[]; next: number | null }>(`${api.url}/resources/${body.id}/contacts${query}`, key);
    const first = await page('?limit=1');
    expect(first.body).toEqual({ contacts: [{ phone: ANN, position: 1, fields: { first_name: 'Ann' } }], next: 1 });
    expect((await page('?after=1')).body).toMatchObject({ contacts: [{ phone: BEN }], next: null });
    expect((await page('?limit=0')).status).toBe(400);
  });

  test('leaves a line in the audit trail, with whoever made the key and the name of the key', async () => {
    await list('Audited');
    const { account, workspace, owner } = customer;
    const [line] = await auditTrail({ account: account.id, workspace: workspace.id, limit: 1 });
    expect(line).toMatchObject({
      action: 'contactList.imported',
      by: owner.id,
      detail: { name: 'Audited', contacts: 2, key: 'engine' },
    });
  });
});

describe('a template', () => {
  test('is made, changed and archived', async () => {
    const asked = { key: 'hello', kind: 'template', name: 'Hello', item: 'sms', text: 'Hi {{First name}}' };
    const made = await make(asked);
    expect(made.body).toMatchObject({
      kind: 'template',
      item: 'sms',
      text: 'Hi {{First name}}',
      variables: ['first_name'],
    });
    expect((await make(asked)).body.id).toBe(made.body.id);
    const changed = await change(made.body.id, { kind: 'template', text: 'Hey', archived: true });
    expect(changed.body).toMatchObject({ text: 'Hey', variables: [], archived: true });
    const refused = await change<Problem>(made.body.id, { kind: 'template', text: 'Hey {{' });
    expect(refused.body.errors).toMatchObject([{ field: 'text' }]);
    const other = await change<Problem>(made.body.id, { kind: 'contactList', name: 'x' });
    expect([other.status, other.body.errors?.[0]?.field]).toEqual([400, 'kind']);
  });
});

test('what a campaign does not allow as it is now is a conflict, not a fault', async () => {
  const template = await make({ kind: 'template', name: 'Of a campaign', item: 'sms', text: 'Hi' });
  const contacts = await list('Of a campaign');
  const of = { kind: 'campaign', name: 'Spring', template: template.body.id, contactList: contacts.body.id };
  const made = await make({ ...of, key: 'spring' });
  expect(made.body).toMatchObject({ kind: 'campaign', state: 'draft' });
  expect((await make({ ...of, key: 'spring' })).body.id).toBe(made.body.id);
  const conflict = await make<Problem>({ ...of, key: 'spring', name: 'Other' });
  expect(conflict.body.type).toBe('urn:workspaces:problem:conflict');
  expect((await make<Problem>({ ...of, name: 'X', template: 'tp_x' })).status).toBe(404);
  const ended = await change<Problem>(made.body.id, { kind: 'campaign', state: 'ended' });
  expect([ended.status, ended.body.type]).toEqual([409, 'urn:workspaces:problem:campaign-state']);
});

test('all kinds are listed together, oldest first, page by page; archived ones apart', async () => {
  const own = await newCustomer(ledger());
  const as = await keyFor(own, ['resources:write']);
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const [index, name] of names.entries()) {
    const kind = index % 2 ? { kind: 'template', item: 'sms', text: name } : { kind: 'contactList', csv: CSV };
    await make({ ...kind, name }, as);
  }
  const page = async (query: string) => {
    const { body } = await get<{ resources: Shown[]; next: string | null }>(`${api.url}/resources${query}`, as);
    return body;
  };
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { resources, next: after } = await page(`?limit=2${next && `&after=${next}`}`);
    seen.push(...resources.map(({ name }) => name));
    next = after;
  }
  expect(seen).toEqual(names);
  const lists = await page('?kind=contactList');
  expect(lists.resources.map(({ name }) => name)).toEqual(['a', 'c', 'e']);
  await change(lists.resources[0]!.id, { kind: 'contactList', archived: true }, as);
  expect((await page('?kind=contactList')).resources.map(({ name }) => name)).toEqual(['c', 'e']);
  expect((await page('?archived=true')).resources.map(({ name }) => name)).toEqual(['a']);
});

describe('the border', () => {
  test('keys without the scope are refused; ids of other workspaces lead nowhere', async () => {
    const { body } = await list('Mine');
    const other = await newCustomer(ledger());
    const reader = await keyFor(other, ['balance:read', 'entries:read', 'usage:write']);
    const foreign = await keyFor(other, ['resources:write']);
    const paths = ['/resources', `/resources/${body.id}`, `/resources/${body.id}/contacts`];
    for (const path of paths) expect((await get(`${api.url}${path}`, reader)).status).toBe(403);
    expect((await list('x', {})).status).toBe(200);
    expect((await make({ kind: 'contactList', name: 'x', csv: CSV }, reader)).status).toBe(403);
    expect((await change(body.id, { kind: 'contactList', name: 'x' }, reader)).status).toBe(403);
    for (const path of paths.slice(1)) {
      expect((await get<Problem>(`${api.url}${path}`, foreign)).body.type).toBe(
        'urn:workspaces:problem:unknown-resource',
      );
    }
    expect((await change(body.id, { kind: 'contactList', name: 'Theirs' }, foreign)).status).toBe(404);
    expect((await get<{ resources: Shown[] }>(`${api.url}/resources`, foreign)).body.resources).toEqual([]);
    const found = await mongoose.connection
      .db!.collection('contact_lists')
      .findOne({ account: customer.account.id, name: 'Mine' });
    expect(found).toMatchObject({ _id: body.id, version: 1 });
  });

  test.each([
    [{ kind: 'contactList', name: 'x' }, 'csv'],
    [{ kind: 'contactList', name: 'x', csv: CSV, country: 'XX' }, 'country'],
    [{ kind: 'template', name: 'x', item: 'two words', text: 'x' }, 'item'],
    [{ kind: 'template', name: 'x', item: 'sms', text: 'x', colour: 'red' }, 'colour'],
    [{ kind: 'thing', name: 'x' }, 'kind'],
  ])('%j names its wrong field', async (body, field) => {
    const refused = await make<Problem>(body);
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([400, field]);
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { problem } from '../../src/usage/problem-schema.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { undocumented } from './documented.js';
import { get, keyFor, newCustomer, useApi } from './api.js';

interface Operation {
  operationId: string;
  description: string;
  responses: Record<string, { content: Record<string, { example?: unknown }> }>;
  requestBody?: { content: Record<string, { example?: unknown }> };
}

type Method = 'get' | 'post' | 'patch';

interface Document {
  openapi: string;
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, { required: string[]; additionalProperties: boolean; oneOf?: unknown }> };
}

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);

let document: Document;
let operations: (Operation & { path: string; method: Method })[];
beforeAll(async () => {
  document = (await get<Document>(`${api.url}/openapi.json`)).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    (Object.keys(methods) as Method[]).map((method) => ({ ...methods[method]!, path, method })),
  );
});

test('is open to all, and lists every route', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'post /usage/events',
    'post /holds',
    'get /holds/{hold}',
    'post /holds/{hold}/capture',
    'post /holds/{hold}/void',
    'get /balance',
    'get /entries',
    'get /prices',
    'get /resources',
    'post /resources',
    'get /resources/{resource}',
    'patch /resources/{resource}',
    'get /resources/{resource}/contacts',
    'post /meetings',
    'get /meetings/{meeting}',
  ]);
});

describe('every operation', () => {
  test('says which key it takes, and has its problems', () => {
    for (const { description, responses, method } of operations) {
      expect(description).toMatch(/scope `\w+:\w+`|any valid key/);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '401', '403', '429', '500', '503']));
      if (method !== 'get') expect(Object.keys(responses)).toEqual(expect.arrayContaining(['413', '415']));
    }
  });

  test('has an example of what it takes and answers, which fits its schema', () => {
    for (const { path, method, responses, requestBody } of operations) {
      const body = responses['200']?.content['application/json']?.example;
      const headers = new Headers({ 'content-type': 'application/json' });
      const url = `http://127.0.0.1/v1${path.replace(/\{\w+\}/, 'a')}`;
      expect(undocumented(method, url, { status: 200, headers, body })).toEqual([]);
      if (method !== 'get') expect(requestBody?.content['application/json']?.example).toBeDefined();
    }
  });
});

test('describes events as they are checked: strict, with a quantity or an amount', () => {
  expect(document.components.schemas['UsageEvent']).toMatchObject({
    required: ['id', 'item'],
    additionalProperties: false,
    oneOf: [{ required: ['quantity'] }, { required: ['amountMinor'] }],
  });
});

test('where another method is meant it is 405 with what there is; other addresses are 404', async () => {
  const key = await keyFor(await newCustomer(ledger()), ['balance:read']);
  const other = async (method: string, path: string) => {
    const response = await fetch(`${api.url}${path}`, { method, headers: { authorization: `Bearer ${key}` } });
    return [response.status, response.headers.get('allow'), problem.parse(await response.json()).status];
  };
  expect(await other('GET', '/usage/events')).toEqual([405, 'POST', 405]);
  expect(await other('DELETE', '/holds/a')).toEqual([405, 'GET', 405]);
  expect(await other('PUT', '/balance')).toEqual([405, 'GET', 405]);
  expect(await other('GET', '/nothing')).toEqual([404, null, 404]);
  expect(await other('GET', '/holds/%ZZ')).toEqual([400, null, 400]);
});

test('an answer that the document does not know is found by the check that every test makes', () => {
  const headers = new Headers({ 'content-type': 'application/json' });
  const balance = { currency: 'GBP', balanceMinor: 1, heldMinor: 0, availableMinor: 1, level: 'ok', entry: 1 };
  const say = (status: number, body: unknown) => undocumented('get', `${api.url}/balance`, { status, headers, body });
  expect(say(200, balance)).toEqual([]);
  expect(say(418, balance)).toEqual(['get /balance: 418 as application/json is not documented']);
  expect(say(200, { ...balance, level: 'fine' })).toHaveLength(1);
  expect(say(200, { ...balance, secret: 1 })).toHaveLength(1);
});

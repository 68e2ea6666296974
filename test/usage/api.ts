import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import type { Ledger } from '../../src/ledger/entry.js';
import type { Moves } from '../../src/ledger/moves.js';
import { createLog, type Log } from '../../src/log.js';
import { createKey } from '../../src/usage/keys.js';
import type { Scope } from '../../src/usage/scopes.js';
import { setPrice } from '../../src/prices/set-price.js';
import type { MeetingNews } from '../../src/usage/meeting-routes.js';
import { usageRoutes } from '../../src/usage/routes.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import type { Account, Person, Workspace } from '../../src/workspace/entities.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { undocumented } from './documented.js';

export const PEPPER = 'pepper of the tests';
export const at = new Date('2026-11-02T10:00:00Z');
export const JANUARY = new Date('2026-01-01T00:00:00Z');

const SILENT: Log = createLog({ level: 'silent' });

/** The routes on a port of their own. `nudges` counts onEntries. */
export function useApi(
  ledger: () => Ledger & Moves,
  options: {
    rateLimit?: { requests: number; seconds: number };
    log?: Log;
    before?: RequestHandler;
    meetings?: MeetingNews;
    failedCallLimit?: { calls: number; seconds: number };
    trustedProxies?: readonly string[];
  } = {},
) {
  const api = { url: '', nudges: 0 };
  let server: Server;
  beforeAll(async () => {
    const app = express();
    const { log = SILENT, rateLimit = { requests: 10_000, seconds: 1 } } = options;
    const onEntries = () => {
      api.nudges += 1;
    };
    const { failedCallLimit = { calls: 10_000, seconds: 1 } } = options;
    app.set('trust proxy', options.trustedProxies ?? false);
    if (options.before) app.use(options.before);
    app.use(
      '/v1',
      usageRoutes({
        ledger: ledger(),
        pepper: PEPPER,
        log,
        publicUrl: 'https://workspaces.example',
        onEntries,
        rateLimit,
        failedCallLimit,
        ...(options.meetings && { meetings: options.meetings }),
      }),
    );
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return api;
}

export interface Customer {
  account: Account;
  owner: Person;
  workspace: Workspace;
}

let customers = 0;

/** A company with one workspace, some money in it, and prices: sms 4 pence, whatsapp 0.75 pence. */
export async function newCustomer(ledger: Ledger, amountMinor = 10_000): Promise<Customer> {
  customers += 1;
  const { account, owner } = await enableAccount({
    name: `Acme ${customers}`,
    tenant: `slack:T${customers}`,
    ownerUser: 'U0OLIVIA',
    ownerProfile: { name: 'Olivia', emailVerified: false, standing: 'full' },
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at: JANUARY,
  });
  const workspace = await createWorkspace({
    ledger,
    account,
    name: 'Marketing',
    primaryOwner: owner.id,
    by: owner.id,
    at: JANUARY,
  });
  const credit = { wallet: workspace.id, key: 'topup:1', kind: 'topup', contra: 'provider', at } as const;
  if (amountMinor > 0) await ledger.post({ ...credit, amountMinor });
  for (const [item, priceMicro] of [
    ['sms', 4_000_000],
    ['whatsapp', 750_000],
  ] as const) {
    await setPrice({ account: account.id, item, priceMicro, validFrom: JANUARY, by: owner.id, at: JANUARY });
  }
  return { account, owner, workspace };
}

export async function keyFor({ account, owner, workspace }: Customer, scopes: readonly Scope[]): Promise<string> {
  const { secretOnce } = await createKey({
    account: account.id,
    workspace: workspace.id,
    name: 'engine',
    scopes,
    by: owner.id,
    at,
    pepper: PEPPER,
  });
  return secretOnce;
}

export interface Answered<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Every answer of the tests is held against the published document. */
async function documented<Body>(method: 'get' | 'post' | 'patch', response: Response): Promise<Answered<Body>> {
  const { status, headers } = response;
  const body = (await response.json()) as Body;
  expect(undocumented(method, response.url, { status, headers, body })).toEqual([]);
  return { status, headers, body };
}

export async function get<Body>(url: string, key?: string): Promise<Answered<Body>> {
  return documented('get', await fetch(url, { headers: key ? { authorization: `Bearer ${key}` } : {} }));
}

export async function patch<Body>(url: string, key: string | undefined, body: unknown): Promise<Answered<Body>> {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  return documented('patch', await fetch(url, { method: 'PATCH', headers, body: JSON.stringify(body) }));
}

/** `body` is sent as it is where it is text. */
export async function post<Body>(
  url: string,
  key: string | undefined,
  body: unknown,
  type = 'application/json',
): Promise<Answered<Body>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...(key && { authorization: `Bearer ${key}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return documented('post', response);
}

import { request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { createLog } from '../src/log.js';
import { BODY_LIMIT_BYTES, createHttpServer, type HttpServer } from '../src/server.js';

let server: HttpServer | undefined;
let logged = '';

afterEach(async () => {
  await server?.stop(100);
  server = undefined;
  logged = '';
});

async function start(options: Partial<Parameters<typeof createHttpServer>[0]> = {}): Promise<string> {
  const log = createLog({ level: 'info', write: (line) => (logged += line) });
  server = createHttpServer({ host: '127.0.0.1', port: 0, log, ready: {}, routes: () => {}, ...options });
  return `http://127.0.0.1:${await server.listen()}`;
}

test('the caller is whoever connects, or whom a trusted balancer names', async () => {
  const routes: Parameters<typeof createHttpServer>[0]['routes'] = (app) =>
    void app.get('/who', (request, response) => void response.send(request.ip));
  const headers = { 'x-forwarded-for': '203.0.113.7, 203.0.113.8' };
  const who = async (base: string) => (await fetch(`${base}/who`, { headers })).text();
  expect(await who(await start({ routes }))).toBe('127.0.0.1');
  await server!.stop(100);
  expect(await who(await start({ routes, trustedProxies: ['127.0.0.0/8'] }))).toBe('203.0.113.8');
});

test('/healthz answers while /readyz names what does not hold', async () => {
  const base = await start({
    ready: {
      database: async () => true,
      indexes: async () => false,
      ledger: async () => Promise.reject(new Error('gone')),
    },
  });
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  const ready = await fetch(`${base}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ready: false, failing: ['indexes', 'ledger'] });
});

test('/readyz is 200 when everything holds', async () => {
  const base = await start({ ready: { database: async () => true } });
  expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ ready: true, failing: [] });
});

test('/metrics answers this machine, but not what a proxy forwards', async () => {
  const base = await start();
  expect(await (await fetch(`${base}/metrics`)).text()).toContain('process_cpu_user_seconds_total');
  const forwarded = await fetch(`${base}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(forwarded.status).toBe(403);
});

test('with a metrics token, only who brings it gets an answer', async () => {
  const base = await start({ metricsToken: 'a-long-metrics-token' });
  const statusWith = async (authorization?: string): Promise<number> =>
    (await fetch(`${base}/metrics`, { headers: authorization ? { authorization } : {} })).status;
  expect(await statusWith()).toBe(403);
  expect(await statusWith('Bearer a-long-metrics-tokem')).toBe(403);
  expect(await statusWith('Bearer a-long-metrics-token')).toBe(200);
});

test('a body over the limit is refused before any route reads it', async () => {
  const seen: string[] = [];
  const base = await start({
    routes: (app) => app.post('/in', (req, res) => void (seen.push(req.path), res.send('ok'))),
  });
  const post = async (bytes: number): Promise<number> =>
    (await fetch(`${base}/in`, { method: 'POST', body: 'x'.repeat(bytes) })).status;
  expect(await post(BODY_LIMIT_BYTES)).toBe(200);
  expect(await post(BODY_LIMIT_BYTES + 1)).toBe(413);
  expect(seen).toEqual(['/in']);
});

test('a fault answers with a reference that the log has, and nothing of the fault itself', async () => {
  const base = await start({
    routes: (app) =>
      app.get('/broken', () => {
        throw new Error('inner detail');
      }),
  });
  const response = await fetch(`${base}/broken`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toContain('inner detail');
  const reference = /R-[A-Z0-9]{6}/.exec(text)?.[0];
  expect(JSON.parse(logged)).toMatchObject({ reference, path: '/broken', err: { message: 'inner detail' } });
});

test('a body that cannot be parsed is the sender’s fault, not ours', async () => {
  const base = await start({ routes: (app) => app.post('/in', express.json(), (_req, res) => void res.send('ok')) });
  const response = await fetch(`${base}/in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect(response.status).toBe(400);
  expect(logged).toBe('');
});

test('an unknown address is 404, and pages may load nothing from elsewhere', async () => {
  const base = await start();
  const response = await fetch(`${base}/nothing`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('x-powered-by')).toBeNull();
});

test('stopping lets the request in hand finish and takes no other', async () => {
  let finish = (): void => {};
  const arrived = new Promise<void>((arrive) => {
    finish = () => arrive();
  });
  let answer: (() => void) | undefined;
  const base = await start({
    routes: (app) =>
      app.get('/slow', (_req, res) => {
        answer = () => void res.send('done');
        finish();
      }),
  });
  const inHand = fetch(`${base}/slow`);
  await arrived;
  const stopped = server!.stop(5_000);
  await expect(fetch(`${base}/healthz`)).rejects.toThrow();
  answer!();
  expect(await (await inHand).text()).toBe('done');
  await stopped;
  server = undefined;
});

test('stopping cuts what does not finish within the grace', async () => {
  const base = await start({ routes: (app) => app.get('/never', () => arrive()) });
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const cut = new Promise<string>((resolve) => {
    request(`${base}/never`)
      .on('error', (error) => resolve(error.message))
      .end();
  });
  await arrived;
  await server!.stop(10);
  server = undefined;
  expect(await cut).toContain('socket hang up');
});

test('a taken port is told at start', async () => {
  const base = await start();
  const log = createLog({ level: 'silent' });
  const second = createHttpServer({
    host: '127.0.0.1',
    port: Number(new URL(base).port),
    log,
    ready: {},
    routes: () => {},
  });
  await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

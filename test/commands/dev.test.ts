import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import { createEncryption } from '../../src/encryption.js';
import { secretPages } from '../../src/pages/secret-pages.js';
import { handTo, heldBy } from '../../src/usage/keys-of-person.js';
import { authenticate, keysOf } from '../../src/usage/keys.js';
import { createOneTimeSecrets } from '../../src/usage/secrets.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const HOUR_MS = 3_600_000;
const office = useOffice();
const secrets = createOneTimeSecrets(createEncryption([{ id: 'k1', key: randomBytes(32) }]));
let server: Server;
let url = '';
beforeAll(async () => {
  server = express().use(secretPages(secrets)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  office().services.keepSecret = async ({ secret, ...whose }) => {
    const { id } = await secrets.createSecret({ ...whose, plain: secret, at: new Date() });
    return `${url}/secret/${id}`;
  };
});

/** Follows the card's link, presses the button there, and reads what the page shows. */
async function secretOf(answer: Answer): Promise<string> {
  const [link] = /http:[^"\\]+/.exec(JSON.stringify(answer))!;
  expect(await (await fetch(link)).text()).toContain('Show it once');
  const page = await (await fetch(link, { method: 'POST' })).text();
  expect((await fetch(link, { method: 'POST' })).status).toBe(410);
  return /wsk_[0-9a-f]+_[0-9a-f]+/.exec(page)![0];
}

const inForce = (secret: string, at = office().at) => authenticate(`Bearer ${secret}`, 'pepper', at);
const later = (hours: number) => new Date(office().at.getTime() + hours * HOUR_MS);

describe('dev create', () => {
  test('in a form: a name, what it may do, and how long; the secret is on its page, once', async () => {
    const form = await office().type(ADAM, 'create an api key');
    expect(form).toMatchObject({
      form: { fields: [{ name: 'name' }, { name: 'access', initial: 'engine' }, { name: 'days', initial: '0' }] },
    });
    const made = await office().submit(ADAM, form, { name: 'Dashboard', access: 'read', days: '90' });
    expect(said(made)).toBe(
      [
        'The key Dashboard is made. It is shown once, on a page of its own, when you press the button there.',
        '[Open the page] [All keys]',
        'It may read the balance and read entries. It works until 14 Feb 2027.',
        'If you lose it, press New secret in the list of all keys.',
        'Marketing · £0.00',
      ].join('\n'),
    );
    const secret = await secretOf(made);
    expect(await inForce(secret, later(90 * 24 - 1))).toMatchObject({ scopes: ['balance:read', 'entries:read'] });
    expect(await inForce(secret, later(90 * 24))).toBeUndefined();
    expect(JSON.stringify(await mongoose.connection.db!.collection('one_time_secrets').find().toArray())).toBe('[]');
  });

  test.each([
    ['dev create Engine', 'Engine', ['usage:write', 'balance:read', 'entries:read'], undefined],
    ['dev create Nightly job with usage:write for 30 days', 'Nightly job', ['usage:write'], 30],
    ['dev create "Key for Ops" balance:read, entries:read', 'Key for Ops', ['balance:read', 'entries:read'], undefined],
    ['new api key Key for Ops', 'Key for Ops', ['usage:write', 'balance:read', 'entries:read'], undefined],
    ['dev create Engine 7d', 'Engine', ['usage:write', 'balance:read', 'entries:read'], 7],
  ])('typed: %s', async (typed, name, scopes, days) => {
    await office().type(ADAM, typed);
    const { account, marketing } = office().acme;
    const [key] = await keysOf(account.id, marketing.id);
    expect(key).toMatchObject({ name, scopes });
    expect(key?.expiresAt).toEqual(days === undefined ? undefined : later(days * 24));
  });

  test.each([
    ['dev create Engine usage:read', 'usage:write, balance:read, entries:read'],
    ['dev create Engine 5000d', 'days from 0 to 3650'],
  ])('%s is refused with what it may be', async (typed, words) => {
    expect(firstLine(await office().type(ADAM, typed))).toContain(words);
    expect(await keysOf(office().acme.account.id, office().acme.marketing.id)).toEqual([]);
  });
});

describe('dev list', () => {
  test('has scopes, maker, last use and end of each, and no secret', async () => {
    const secret = await secretOf(await office().type(ADAM, 'dev create Engine with usage:write for 1d'));
    await inForce(secret);
    expect(said(await office().type(OLIVIA, 'keys'))).toContain(
      '- Engine · report usage and hold money · last used 16 Nov 2026, 09:00 · created 16 Nov 2026 by Adam · works until 17 Nov 2026 [New secret] [Revoke]',
    );
    office().at = later(25);
    const list = await office().type(ADAM, 'dev');
    expect(said(list)).toContain('expired 17 Nov 2026 [Revoke]');
    expect(JSON.stringify(list)).not.toContain(secret.split('_')[2]);
    expect(said(await office().type(ADAM, 'dev rotate engine'))).toContain(
      'Engine has expired. Create another instead.',
    );
  });
});

describe('dev rotate', () => {
  test('makes a new secret; the old one works for a day more, then the new one alone', async () => {
    const old = await secretOf(await office().type(ADAM, 'dev create Engine'));
    const asked = await office().press(ADAM, callOf(await office().type(ADAM, 'dev'), 'New secret'));
    expect(said(asked)).toContain('Give Engine a new secret? The old one works for 24 hours more');
    expect(await inForce(old)).toBeDefined();
    const rotated = await office().press(ADAM, callOf(asked, 'New secret'));
    expect(said(rotated)).toContain('Engine has a new secret.');
    expect(said(rotated)).toContain('The old secret works until 17 Nov 2026, 09:00.');
    const fresh = await secretOf(rotated);
    expect([await inForce(old, later(23.9)), await inForce(fresh)].map((key) => key?.name)).toEqual([
      'Engine',
      'Engine',
    ]);
    expect(await inForce(old, later(24))).toBeUndefined();
    expect(await inForce(fresh, later(1_000))).toBeDefined();
    expect(said(await office().type(ADAM, 'dev'))).toContain('its old secret works until 17 Nov 2026, 09:00');
  });

  test('pressed twice, or by two people at once, is one new secret', async () => {
    await office().type(ADAM, 'dev create Engine');
    const sure = callOf(await office().type(ADAM, 'dev rotate Engine'), 'New secret');
    const answers = await Promise.all([office().press(ADAM, sure), office().press(OLIVIA, sure)]);
    expect(answers.filter((answer) => said(answer).includes('Engine has a new secret.'))).toHaveLength(1);
    expect(answers.map(said).join('\n')).toContain('Engine got a new secret already.');
  });

  test('again within the day leaves every secret its own time', async () => {
    const first = await secretOf(await office().type(ADAM, 'dev create Engine'));
    const rotate = async () =>
      office().press(ADAM, callOf(await office().type(ADAM, 'dev rotate Engine'), 'New secret'));
    const second = await secretOf(await rotate());
    office().at = later(5);
    const third = await secretOf(await rotate());
    for (const secret of [first, second, third]) expect(await inForce(secret)).toBeDefined();
    expect(await inForce(first, later(19))).toBeUndefined();
    expect(await inForce(second, later(23))).toBeDefined();
    expect(await inForce(second, later(24))).toBeUndefined();
  });
});

test('dev revoke ends every secret of the key at once', async () => {
  const old = await secretOf(await office().type(ADAM, 'dev create Engine'));
  const fresh = await secretOf(
    await office().press(ADAM, callOf(await office().type(ADAM, 'dev rotate Engine'), 'New secret')),
  );
  const sure = await office().press(ADAM, callOf(await office().type(ADAM, 'dev'), 'Revoke'));
  expect(said(await office().press(ADAM, callOf(sure, 'Revoke')))).toContain('Engine is revoked.');
  for (const secret of [old, fresh]) expect(await inForce(secret)).toBeUndefined();
});

test('a new secret for a key that ends gives it the same life again; the old one keeps its end', async () => {
  const old = await secretOf(await office().type(ADAM, 'dev create Engine for 30d'));
  office().at = later(29.5 * 24);
  const rotated = await office().press(ADAM, callOf(await office().type(ADAM, 'dev rotate Engine'), 'New secret'));
  expect(said(rotated)).toContain('It works until 14 Jan 2027. The old secret works until 16 Dec 2026, 09:00.');
  const fresh = await secretOf(rotated);
  expect(await inForce(old, later(0.4 * 24))).toBeDefined();
  expect(await inForce(old, later(0.5 * 24))).toBeUndefined();
  expect(await inForce(fresh, later(30 * 24 - 1))).toBeDefined();
  expect(await inForce(fresh, later(30 * 24))).toBeUndefined();
});

test("somebody's keys are handed to another member, and only theirs", async () => {
  await office().type(ADAM, 'dev create Engine');
  await office().type(ADAM, 'dev create Old script');
  await office().type(OLIVIA, 'dev create Dashboard');
  await office().press(ADAM, callOf(await office().type(ADAM, 'dev revoke Old script'), 'Revoke'));
  const { account, marketing, adam, olivia } = office().acme;
  const of = { account: account.id, workspace: marketing.id };
  expect(await heldBy({ ...of, person: adam.id })).toEqual([{ id: expect.any(String), name: 'Engine' }]);
  const handing = { ...of, from: adam.id, to: olivia.id, by: olivia.id, at: office().at };
  expect([await handTo(handing), await handTo(handing)]).toEqual([1, 0]);
  expect(await heldBy({ ...of, person: adam.id })).toEqual([]);
  expect(await heldBy({ ...of, person: olivia.id })).toHaveLength(2);
  expect(said(await office().type(OLIVIA, 'keys'))).toContain("created 16 Nov 2026 by Adam · Olivia's now");
  const [line] = await auditTrail({ ...of, person: olivia.id, limit: 1 });
  expect(line).toMatchObject({
    action: 'key.handedOver',
    person: olivia.id,
    detail: { name: 'Engine', from: adam.id },
  });
});

test('many keys are listed in pages', async () => {
  for (let key = 1; key <= 11; key++) await office().type(ADAM, `dev create Key ${key}`);
  const first = await office().type(ADAM, 'keys');
  expect(said(first)).toContain('1 to 10 of 11');
  expect(said(first)).not.toContain('Key 11');
  expect(said(await office().press(ADAM, callOf(first, 'More')))).toContain('- Key 11 ·');
  const found = await office().submit(ADAM, await office().press(ADAM, callOf(first, 'Find')), { search: 'KEY 1' });
  expect(said(found).match(/- Key \d+/g)).toEqual(['- Key 1', '- Key 10', '- Key 11']);
  for (const typed of ['dev find key 11', 'dev list key 11', 'dev key 11', 'keys 11']) {
    expect(said(await office().type(ADAM, typed)).match(/- Key \d+/g)).toEqual(['- Key 11']);
  }
  const none = await office().type(ADAM, 'dev find zebra');
  expect(said(none)).toContain('No key in force has that in its name.');
  expect(said(await office().press(ADAM, callOf(none, 'All keys')))).toContain('1 to 10 of 11');
});

test('members manage no keys, not by buttons either', async () => {
  await office().type(ADAM, 'dev create Engine');
  const [key] = await keysOf(office().acme.account.id, office().acme.marketing.id);
  const args = { what: 'rotate', key: key!.id, rotations: 0, sure: true };
  const call = { command: 'dev', args, workspace: office().acme.marketing.id };
  expect(firstLine(await office().press(MIA, call))).toMatch(/^You can't manage API keys\./);
  expect(await keysOf(office().acme.account.id, office().acme.marketing.id)).toMatchObject([{ rotations: 0 }]);
});

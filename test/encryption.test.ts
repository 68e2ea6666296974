import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createEncryption } from '../src/encryption.js';

const sealedFor = { tenant: 'slack:T02', field: 'botToken' };
const first = { id: 'k1', key: randomBytes(32) };
const second = { id: 'k2', key: randomBytes(32) };

test('what was sealed opens again, and the sealed text does not show it', () => {
  const { encrypt, decrypt } = createEncryption([first]);
  const sealed = encrypt('canary £ 😀', sealedFor);
  expect(sealed).not.toContain('canary');
  expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('canary');
  expect(decrypt(sealed, sealedFor)).toBe('canary £ 😀');
});

test('the same text sealed twice looks different', () => {
  const { encrypt } = createEncryption([first]);
  expect(encrypt('same', sealedFor)).not.toBe(encrypt('same', sealedFor));
});

test.each([
  ['another tenant', { tenant: 'slack:T03', field: 'botToken' }],
  ['another field', { tenant: 'slack:T02', field: 'userToken' }],
  ['a tenant and field cut elsewhere', { tenant: 'slack:T02"', field: 'otToken' }],
])('a sealed text moved to %s does not open', (_where, elsewhere) => {
  const { encrypt, decrypt } = createEncryption([first]);
  expect(() => decrypt(encrypt('secret', sealedFor), elsewhere)).toThrow();
});

test('an altered text does not open, whichever byte was altered', () => {
  const { encrypt, decrypt } = createEncryption([first]);
  const [version, id, body] = encrypt('secret', sealedFor).split('.');
  const bytes = Buffer.from(body!, 'base64url');
  for (let i = 0; i < bytes.length; i++) {
    const altered = Buffer.from(bytes);
    altered[i]! ^= 1;
    expect(() => decrypt([version, id, altered.toString('base64url')].join('.'), sealedFor)).toThrow();
  }
});

test('after a rotation old texts open, count as stale, and new ones are sealed with the new key', () => {
  const old = createEncryption([first]).encrypt('secret', sealedFor);
  const rotated = createEncryption([second, first]);
  expect(rotated.decrypt(old, sealedFor)).toBe('secret');
  expect(rotated.isStale(old)).toBe(true);
  expect(rotated.isStale(rotated.encrypt('secret', sealedFor))).toBe(false);
});

test('a text sealed with a key that is gone names the key, not the text', () => {
  const sealed = createEncryption([first]).encrypt('secret', sealedFor);
  expect(() => createEncryption([second]).decrypt(sealed, sealedFor)).toThrow('encryption key k1 is not among');
});

test.each(['', 'v1', 'v1.k1', 'v1.k1.AAAA', 'v2.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
  '%p is no sealed text',
  (text) => {
    expect(() => createEncryption([first]).decrypt(text, sealedFor)).toThrow('not a sealed text');
  },
);

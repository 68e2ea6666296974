import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { hashOfPosting } from '../../src/ledger/request-hash.js';
import { at, spend } from './postings.js';

/** What is stored has this form: a hash that changed would make every repeat of an earlier posting a conflict. */
const stored = (asked: object) =>
  `p1:${createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)))))
    .digest('base64url')}`;

test('the hash of a posting is that of its canonical form: all that was asked, by the names of the fields', () => {
  const labels = {
    resource: 'spring "sale"',
    person: 'per_1\u2028',
    item: 'sms',
    quantity: 0.5,
    memo: 'for\n£',
    effectiveAt: at,
    reverses: 'u:1',
  };
  const asked = { kind: 'usage', contra: 'revenue', amountMinor: -7, amountMicro: -3 } as const;
  expect(hashOfPosting(spend('ws_1', '1', 7, { ...labels, amountMicro: -3 }))).toBe(stored({ ...asked, ...labels }));
  expect(hashOfPosting(spend('ws_1', '1', 7))).toBe(stored({ ...asked, amountMicro: 0 }));
});

test('neither the time of asking nor the message it came by changes it', () => {
  const first = hashOfPosting(spend('ws_1', '1', 7));
  expect(hashOfPosting(spend('ws_1', '1', 7, { at: new Date(0), reference: 'R-7F3K2Q' }))).toBe(first);
});

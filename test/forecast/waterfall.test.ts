import { expect, test } from '@jest/globals';
import { causesOf } from '../../src/forecast/waterfall.js';
import type { EntryKind, Totals } from '../../src/ledger/entry.js';

const totalsOf = (kinds: Partial<Record<EntryKind, number>>, resources: Record<string, number>): Totals => {
  const byKind = new Map(Object.entries(kinds) as [EntryKind, number][]);
  const change = [...byKind.values()].reduce((sum, minor) => sum + minor, 0);
  return {
    ...{ openingMinor: 1_000, inMinor: 0, outMinor: 0, closingMinor: 1_000 + change },
    ...{ byKind, spendByResource: new Map(Object.entries(resources)) },
    ...{ spendByPerson: new Map(), spendByItem: new Map() },
  };
};

test.each([
  ['all kinds', { topup: 500, usage: -300, transfer: -50, refund: -20, dispute: -10, adjustment: 5 }, { spring: 300 }],
  ['usage without a name', { usage: -300 }, { spring: 100 }],
  [
    'many resources',
    { usage: -1_100 },
    Object.fromEntries('abcdefghij'.split('').map((name, at) => [name, 20 * (at + 1)])),
  ],
  ['usage that was taken back later', { usage: -100, reversal: 400 }, { spring: -300, summer: 0 }],
  ['nothing', {}, {}],
])('the causes come to the change: %s', (_case, kinds, resources) => {
  const totals = totalsOf(kinds, resources);
  const causes = causesOf(totals);
  expect(causes.reduce((sum, { changeMinor }) => sum + changeMinor, totals.openingMinor)).toBe(totals.closingMinor);
  const signs = causes.map(({ changeMinor }) => Math.sign(changeMinor));
  expect(signs).toEqual(signs.toSorted((a, b) => b - a));
  expect(causes.filter(({ resource }) => resource !== undefined).length).toBeLessThanOrEqual(6);
});

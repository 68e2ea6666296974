import { describe, expect, test } from '@jest/globals';
import { array, assert, integer, property, record } from 'fast-check';
import { taxesIn, taxesInPart } from '../../../src/payments/receipts/taxes.js';

const VAT = [{ name: 'VAT', rateMilli: 20_000 }];
const rates = array(record({ name: integer().map(String), rateMilli: integer({ min: 0, max: 30_000 }) }), {
  maxLength: 5,
});
const amount = integer({ min: 1, max: 99_999_999 });
const sum = (of: ReturnType<typeof taxesIn>) => of.taxes.reduce((all, { taxMinor }) => all + taxMinor, of.netMinor);

describe('the taxes in an amount', () => {
  test('are contained in it, rounded half up', () => {
    expect(taxesIn(10_000, VAT)).toEqual({ netMinor: 8_333, taxes: [{ ...VAT[0], taxMinor: 1_667 }] });
    expect(taxesIn(10_000, [])).toEqual({ netMinor: 10_000, taxes: [] });
    expect(taxesIn(10_000, [{ name: 'VAT', rateMilli: 0 }]).netMinor).toBe(10_000);
  });

  test('add up to it, and none is below zero', () => {
    assert(
      property(amount, rates, (totalMinor, of) => {
        const taxed = taxesIn(totalMinor, of);
        expect(sum(taxed)).toBe(totalMinor);
        for (const { taxMinor } of taxed.taxes) expect(taxMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('go back with the parts: all parts together have the taxes of the whole', () => {
    assert(
      property(array(amount, { minLength: 1, maxLength: 5 }), rates, (parts, of) => {
        let beforeMinor = 0;
        const back = new Map<number, number>();
        for (const backMinor of parts) {
          const part = taxesInPart({ backMinor, beforeMinor }, of);
          expect(sum(part)).toBe(backMinor);
          for (const [index, { taxMinor }] of part.taxes.entries()) back.set(index, (back.get(index) ?? 0) + taxMinor);
          beforeMinor += backMinor;
        }
        const whole = taxesIn(beforeMinor, of).taxes;
        expect(whole.map((_, index) => back.get(index))).toEqual(whole.map(({ taxMinor }) => taxMinor));
      }),
    );
  });
});

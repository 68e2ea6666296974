import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formatMoney, LARGEST_MINOR, parseAmount, plainAmount } from '../src/money.js';
import { Refusal } from '../src/refusal.js';

function whyNot(text: string, currency = 'GBP'): string | number {
  try {
    return parseAmount(text, currency);
  } catch (error) {
    if (error instanceof Refusal && error.reason.kind === 'badAmount') return error.reason.why;
    throw error;
  }
}

describe('amounts as people type them', () => {
  test.each([
    ['100', 10_000],
    ['£100', 10_000],
    ['100.5', 10_050],
    ['£1,000.50', 100_050],
    ['100 GBP', 10_000],
    ['gbp 5', 500],
    ['999999.99', 99_999_999],
    ['1 000,50', 'notANumber'],
    ['1e9', 'notANumber'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['£-5', 'negative'],
    ['0.001', 'tooPrecise'],
    ['1.000', 'tooPrecise'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['٣', 'notANumber'],
    ['１００', 'notANumber'],
    ['', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['0x10', 'notANumber'],
    ['1000000', 'tooLarge'],
    ['9'.repeat(400), 'tooLarge'],
    ['$5', 'otherCurrency'],
    ['5 USD', 'otherCurrency'],
  ])('%s', (typed, expected) => {
    expect(whyNot(typed)).toBe(expected);
  });

  test('a currency without minor digits', () => {
    expect(parseAmount('1,000', 'JPY')).toBe(1_000);
    expect(whyNot('1.5', 'JPY')).toBe('tooPrecise');
    expect(formatMoney(1_000, 'JPY')).toBe('¥1,000');
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LARGEST_MINOR }),
        fc.constantFrom('GBP', 'EUR', 'USD', 'JPY'),
        (minor, currency) => {
          expect(parseAmount(plainAmount(minor, currency), currency)).toBe(minor);
          expect(parseAmount(formatMoney(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });

  test('nothing typed is an outage', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (typed) => void whyNot(typed)));
  });
});

test('amounts are exact beyond what a float shows', () => {
  expect(formatMoney(9_007_199_254_740_991, 'GBP')).toBe('£90,071,992,547,409.91');
  expect(formatMoney(-8_160, 'GBP')).toBe('-£81.60');
  expect(formatMoney(0, 'GBP')).toBe('£0.00');
});

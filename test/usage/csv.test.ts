import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { csvRecord } from '../../src/usage/csv.js';

/** A cell as a reader of RFC 4180 takes it. */
const unquoted = (record: string) =>
  /^".*"\r\n$/s.test(record) ? record.slice(1, -3).replaceAll('""', '"') : record.slice(0, -2);

describe('a record', () => {
  test('is quoted where it must be', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\r\ng', '', undefined, ' h'])).toBe('a,"b,c","d""e","f\r\ng",,," h"\r\n');
  });

  test('keeps our own numbers and dates as they are', () => {
    expect(csvRecord([-5, { decimal: '-81.60' }, new Date(0)])).toBe('-5,-81.60,1970-01-01T00:00:00.000Z\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '\u00a0=1', '＝1', '=HYPERLINK("x","y")'])(
    'of %j is no formula',
    (text) => {
      expect(unquoted(csvRecord([text]))).toBe(`'${text}`);
    },
  );

  test('is no formula, whatever somebody typed, and says the same', () => {
    const start = constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', ' ', '\u00a0');
    assert(
      property(tuple(start, start, string({ unit: 'grapheme' })), (pieces) => {
        const text = pieces.join('');
        const cell = unquoted(csvRecord([text]));
        expect(cell.trimStart()).not.toMatch(/^[=+\-@\t\r\n]/);
        expect([text, `'${text}`]).toContain(cell);
      }),
      { numRuns: 5_000 },
    );
  });
});

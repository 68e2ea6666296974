import { strict as assert } from 'node:assert';
import type { Posting } from '../../src/ledger/entry.js';
import type { Line } from '../../src/ledger/line.js';
import { firstLine, postingLine } from '../../src/ledger/next-line.js';
import { hashOfPosting, hashOfRequest } from '../../src/ledger/request-hash.js';

/** The posting that becomes line `sequence`. */
export type PostingOf = (sequence: number) => Posting;

/** A sound chain of so many lines, computed as the ledger does: what it would store, without its time. */
export function* chainOf(opening: Parameters<typeof firstLine>[0], lines: number, posting: PostingOf): Generator<Line> {
  const { account, currency } = opening;
  let last = firstLine(opening, hashOfRequest({ opened: { account, currency } }));
  yield last;
  while (last.s < lines) {
    const next = posting(last.s + 1);
    const hash = next.request === undefined ? hashOfPosting(next) : hashOfRequest(next.request);
    const line = postingLine(last, next, hash);
    assert('_id' in line, 'the chain has money for all its lines');
    last = line;
    yield last;
  }
}

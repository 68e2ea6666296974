import { strict as assert } from 'node:assert';
import type { Db } from 'mongodb';
import type { Posting } from '../../../src/ledger/entry.js';
import { type Line, linesOf } from '../../../src/ledger/line.js';
import { postingLine } from '../../../src/ledger/next-line.js';
import { hashOfPosting } from '../../../src/ledger/request-hash.js';

const AT_ONCE = 500_000;
const PRICE_MINOR = 2;
const CAMPAIGNS = 20;
const PEOPLE = 5;

/** What a chain is to grow to: so many lines, the last of them at `ends`, one every `stepMs`. */
export interface Growth {
  lines: number;
  ends: Date;
  stepMs: number;
}

/**
 * Adds usage to a funded wallet until it has so many lines, made by the server from lines that the ledger computed: a
 * hundred times faster than by posting. The verifier says that they are what the ledger would have written.
 */
export async function growChain(db: Db, wallet: string, growth: Growth): Promise<void> {
  const last = await linesOf(db).findOne({ w: wallet }, { sort: { s: -1 } });
  assert(last && last.balanceMinor > growth.lines * PRICE_MINOR * 10, 'the wallet stays rich, and so at one level');
  const alike = Array.from({ length: CAMPAIGNS }, (_, i) => alikeIn(last, i));
  for (let from = last.s + 1; from <= growth.lines; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, growth.lines + 1);
    await db.aggregate(linesFrom(last, { from, to }, alike, growth)).toArray();
  }
}

/** The next line of one campaign, as the ledger computes it: the others differ in what `linesFrom` sets. */
function alikeIn(last: Line, campaign: number): Line {
  const posting: Posting = {
    wallet: last.w,
    key: 'u:any',
    kind: 'usage',
    amountMinor: -PRICE_MINOR,
    contra: 'revenue',
    item: 'sms',
    quantity: 1,
    resource: `campaign ${campaign}`,
    person: `per_${campaign % PEOPLE}`,
    at: last.at,
  };
  const line = postingLine(last, posting, hashOfPosting(posting));
  assert('_id' in line, 'the wallet is funded');
  return line;
}

function linesFrom(last: Line, numbers: { from: number; to: number }, alike: Line[], growth: Growth): object[] {
  const { lines, ends, stepMs } = growth;
  const own = {
    _id: { w: last.w, k: { $concat: ['u:ev_', { $toString: { $add: [{ $toLong: 1e12 }, '$s'] } }] } },
    w: last.w,
    s: '$s',
    balanceMinor: { $subtract: [last.balanceMinor, { $multiply: [PRICE_MINOR, { $subtract: ['$s', last.s] }] }] },
    at: { $subtract: [ends, { $multiply: [{ $subtract: [lines, '$s'] }, stepMs] }] },
  };
  return [
    { $documents: [{ s: { $range: [numbers.from, numbers.to] } }] },
    { $unwind: '$s' },
    { $replaceWith: { $mergeObjects: [{ $arrayElemAt: [{ $literal: alike }, { $mod: ['$s', alike.length] }] }, own] } },
    { $merge: { into: 'entries', whenMatched: 'fail', whenNotMatched: 'insert' } },
  ];
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Entry } from '../ledger/entry.js';
import { type Cell, csvRecord } from './csv.js';

const RECORDS_AT_ONCE = 200;

const COLUMNS: Readonly<Record<string, (entry: Entry) => Cell>> = {
  entry: ({ sequence }) => sequence,
  key: ({ key }) => key,
  kind: ({ kind }) => kind,
  currency: ({ currency }) => currency,
  amountMinor: ({ amountMinor }) => amountMinor,
  balanceMinor: ({ balanceMinor }) => balanceMinor,
  heldMinor: ({ heldMinor }) => heldMinor,
  at: ({ at }) => at,
  item: ({ item }) => item,
  quantity: ({ quantity }) => quantity,
  resource: ({ resource }) => resource,
  person: ({ person }) => person,
  memo: ({ memo }) => memo,
  effectiveAt: ({ effectiveAt }) => effectiveAt,
  reverses: ({ reverses }) => reverses,
  reference: ({ reference }) => reference,
  hold: ({ hold }) => hold?.id,
  holdState: ({ hold }) => hold?.state,
  holdRemainingMinor: ({ hold }) => hold?.remainingMinor,
  holdExpiresAt: ({ hold }) => hold?.expiresAt,
};

/**
 * All of them in little memory: they are read as fast as the caller takes them, and no more once the caller left.
 * Rejects where they cannot be read, before the first byte or after; then the answer is cut off.
 */
export async function sendCsv(response: Response, entries: AsyncGenerator<Entry, void, undefined>): Promise<void> {
  const first = await entries.next();
  response.type('text/csv');
  try {
    await pipeline(Readable.from(records(first, entries)), response);
  } catch (error) {
    const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!left) throw error;
  }
}

async function* records(
  first: IteratorResult<Entry, void>,
  rest: AsyncGenerator<Entry, void, undefined>,
): AsyncGenerator<string> {
  const record = (entry: Entry) => csvRecord(Object.values(COLUMNS).map((cellOf) => cellOf(entry)));
  let text = csvRecord(Object.keys(COLUMNS));
  if (!first.done) text += record(first.value);
  let gathered = 0;
  for await (const entry of rest) {
    text += record(entry);
    gathered += 1;
    if (gathered % RECORDS_AT_ONCE !== 0) continue;
    yield text;
    text = '';
  }
  if (text) yield text;
}

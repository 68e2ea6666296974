import { type Collection, MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Line } from './line.js';

export const DUPLICATE_KEY = 11_000;

/** What became of an ordered insert. Of `lines` the first `stored` stand at a majority. */
export type Inserted =
  | { stored: number; end: 'all' }
  /** The line after them met a key or a sequence number that is taken; nothing after it was tried. */
  | { stored: number; end: 'taken' }
  /** Nobody said what became of any of them. */
  | { stored: 0; end: 'unknown'; error: unknown };

/** Ordered, so that what is stored of it is always a run without a gap. */
export async function insertLines(lines: Collection<Line>, sent: readonly Line[]): Promise<Inserted> {
  try {
    if (sent.length === 1) await lines.insertOne(sent[0]!);
    else await lines.insertMany([...sent], { ordered: true });
    return { stored: sent.length, end: 'all' };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Inserted {
  if (error instanceof MongoBulkWriteError) {
    const [first] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    // On a failover there may be no write error at all; and what came before one may be short of a majority.
    const told = first?.code === DUPLICATE_KEY && error.result.getWriteConcernError() === undefined;
    return told ? { stored: first.index, end: 'taken' } : { stored: 0, end: 'unknown', error };
  }
  if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return { stored: 0, end: 'taken' };
  return { stored: 0, end: 'unknown', error };
}

import { afterEach, beforeAll, expect } from '@jest/globals';
import mongoose from 'mongoose';
import type { Ledger } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import type { Moves } from '../../src/ledger/moves.js';
import { verifyLedger } from '../../src/ledger/verify.js';

/**
 * The ledger of this test file's database, ready when its tests run; for files that call `useDatabase` first. After each
 * test the verifier finds nothing, unless it is said why it does not look.
 */
export function useLedger({ unverified }: { unverified?: string } = {}): () => Ledger & Moves {
  let ledger: (Ledger & Moves) | undefined;
  beforeAll(async () => {
    await ensureLedgerIndexes(mongoose.connection.db!);
    ledger = createLedger(mongoose.connection.db!);
  });
  if (unverified === undefined) afterEach(expectLedgerSound);
  return () => ledger!;
}

/** The verifier finds nothing in this test file's database. */
export async function expectLedgerSound(): Promise<void> {
  const { findings } = await verifyLedger(mongoose.connection.db!);
  expect(findings).toEqual([]);
}

import { beforeAll, expect } from '@jest/globals';
import mongoose from 'mongoose';
import type { Ledger } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import type { Moves } from '../../src/ledger/moves.js';
import { verifyLedger } from '../../src/ledger/verify.js';

/** The ledger of this test file's database, ready when its tests run; for files that call `useDatabase` first. */
export function useLedger(): () => Ledger & Moves {
  let ledger: (Ledger & Moves) | undefined;
  beforeAll(async () => {
    await ensureLedgerIndexes(mongoose.connection.db!);
    ledger = createLedger(mongoose.connection.db!);
  });
  return () => ledger!;
}

/** For `afterEach` wherever money moves: the verifier finds nothing in this test file's database. */
export async function expectLedgerSound(): Promise<void> {
  const { findings } = await verifyLedger(mongoose.connection.db!);
  expect(findings).toEqual([]);
}

import type { Collection, Db } from 'mongodb';
import { READ } from './line.js';
import type { Place } from './line-batches.js';
import { type VerifiedSlice, verifySlice } from './verify.js';

/** How far the round over all wallets has come, for whoever does its next part. Derived: without it a round begins anew. */
interface Round {
  _id: 'round';
  beganAt: Date;
  /** The last line that was proven in it. */
  after?: Place;
  entries: number;
  findings: number;
  /** The last whole round: what stood when it began was proven in it. */
  whole?: { beganAt: Date; entries: number; findings: number };
}

const roundsOf = (db: Db): Collection<Round> =>
  db.collection<Round>('ledgerRounds', { readPreference: 'primary', writeConcern: { w: 'majority', journal: true } });

/** Proves the next part of the ledger, so many entries or until the time is up; behind the last one it begins anew. */
export async function verifyNext(
  db: Db,
  of: { at: Date; entries: number; timeIsUp: () => boolean },
): Promise<VerifiedSlice> {
  const rounds = roundsOf(db);
  const stored = await rounds.findOne({ _id: 'round' }, READ);
  const round = stored?.after ? stored : { beganAt: of.at, entries: 0, findings: 0 };
  const slice = await verifySlice(db, { ...of, ...(stored?.after && { after: stored.after }) });
  const sums = {
    beganAt: round.beganAt,
    entries: round.entries + slice.entries,
    findings: round.findings + slice.findings.length,
  };
  const whole = slice.stoppedAt ? stored?.whole : sums;
  const next = { ...sums, ...(slice.stoppedAt && { after: slice.stoppedAt }), ...(whole && { whole }) };
  await rounds.replaceOne({ _id: 'round' }, next, { upsert: true });
  return slice;
}

/** What the verifier's rounds have come to. */
export interface LedgerProof {
  /** In the last whole round or in the one under way, whichever has more. */
  findings: number;
  /** Entries proven in the last whole round. */
  entries: number;
  /** Since the last whole round began; undefined before the first has ended. */
  ageMs?: number;
}

export async function ledgerProof(db: Db, at: Date): Promise<LedgerProof> {
  const round = await roundsOf(db).findOne({ _id: 'round' }, READ);
  const whole = round?.whole;
  return {
    findings: Math.max(round?.findings ?? 0, whole?.findings ?? 0),
    entries: whole?.entries ?? 0,
    ...(whole && { ageMs: at.getTime() - whole.beganAt.getTime() }),
  };
}

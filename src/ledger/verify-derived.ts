import { isDeepStrictEqual } from 'node:util';
import type { Db } from 'mongodb';
import { type Mark, openHoldsOf, type Sums, totalsOf } from './derived.js';
import type { Minor, WalletId } from './entry.js';
import { linesOf } from './line.js';
import { addSums, noSums } from './running-totals.js';
import type { Finding } from './verify-chain.js';

const WALLETS = 500;

/**
 * Whether the running totals and open holds come to what the lines up to each wallet's mark come to, and days and hours
 * agree in each kind, resource, person and item.
 */
export async function verifyDerived(db: Db, wallets: readonly WalletId[] | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  let chunk: WalletId[] = [];
  const flush = async () => {
    if (chunk.length > 0) findings.push(...(await findingsOf(db, chunk)));
    chunk = [];
  };
  const scope = wallets && { w: { $in: [...wallets] } };
  for await (const mark of totalsOf(db).find({ u: 'mark', ...scope })) {
    if (mark.u === 'mark') chunk.push(mark.w);
    if (chunk.length >= WALLETS) await flush();
  }
  await flush();
  return findings;
}

/** All read as it was at one moment: projectors may be at work. */
function findingsOf(db: Db, wallets: readonly WalletId[]): Promise<Finding[]> {
  return db.client.withSession({ snapshot: true }, async (session) => {
    const options = { session, readConcern: { level: 'snapshot' } } as const;
    const among = { w: { $in: [...wallets] } };
    const sums = new Map<WalletId, { day: Sums; hour: Sums }>();
    const marks: Pick<Mark, 'w' | 's'>[] = [];
    for await (const one of totalsOf(db).find(among, options)) {
      if (one.u === 'mark') marks.push(one);
      else {
        const of = sums.get(one.w) ?? { day: noSums(), hour: noSums() };
        sums.set(one.w, of);
        addSums(of[one.u], one);
      }
    }
    const held = new Map<WalletId, Minor>();
    for await (const { w, remainingMinor } of openHoldsOf(db).find(among, options)) {
      held.set(w, (held.get(w) ?? 0) + remainingMinor);
    }
    const places = marks.map(({ w, s: sequence }) => ({ w, s: sequence }));
    const lines = new Map((await linesOf(db).find({ $or: places }, options).toArray()).map((line) => [line.w, line]));
    return marks.flatMap(({ w: wallet, s: sequence }) => {
      const line = lines.get(wallet);
      const { day, hour } = sums.get(wallet) ?? { day: noSums(), hour: noSums() };
      const details = [
        ...disagreeing('the days come to', day.inMinor - day.outMinor, line?.balanceMinor),
        ...disagreeing('the open holds come to', held.get(wallet) ?? 0, line?.heldMinor),
        ...disagreeing('the kinds of the days come to', sumOf(day.byKind), day.inMinor - day.outMinor),
        ...(isDeepStrictEqual(day, hour) ? [] : ['the hours are not what the days are']),
      ];
      return details.map((detail): Finding => ({ rule: 'derived', wallet, sequence, detail }));
    });
  });
}

const sumOf = (amounts: Record<string, Minor>): Minor => Object.values(amounts).reduce((sum, minor) => sum + minor, 0);

function disagreeing(what: string, derived: Minor, own: Minor | undefined): string[] {
  return derived === own ? [] : [`${what} ${derived}, not ${own}`];
}

import type { ClientSession, Db } from 'mongodb';
import { openHoldsOf, totalsOf } from './derived.js';
import type { WalletId } from './entry.js';
import { linesOf } from './line.js';
import type { Finding } from './verify-chain.js';

const WALLETS = 500;

/** Whether the running totals and open holds are what the lines up to each wallet's mark make of them. */
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
    const net = await sums(
      totalsOf(db),
      session,
      { u: 'day', w: { $in: wallets } },
      { $subtract: ['$inMinor', '$outMinor'] },
    );
    const held = await sums(openHoldsOf(db), session, { w: { $in: wallets } }, '$remainingMinor');
    const options = { session, readConcern: { level: 'snapshot' } } as const;
    const marks = await totalsOf(db)
      .find({ u: 'mark', w: { $in: [...wallets] } }, options)
      .toArray();
    const places = marks.flatMap((mark) => (mark.u === 'mark' ? [{ w: mark.w, s: mark.s }] : []));
    const lines = new Map((await linesOf(db).find({ $or: places }, options).toArray()).map((line) => [line.w, line]));
    return places.flatMap(({ w: wallet, s: sequence }) => {
      const line = lines.get(wallet);
      const says = (what: string, derived: number, own: number | undefined): Finding[] =>
        derived === own
          ? []
          : [{ rule: 'derived', wallet, sequence, detail: `${what} come to ${derived}, not ${own}` }];
      return [
        ...says('the days', net.get(wallet) ?? 0, line?.balanceMinor),
        ...says('the open holds', held.get(wallet) ?? 0, line?.heldMinor),
      ];
    });
  });
}

async function sums(
  of: ReturnType<typeof totalsOf> | ReturnType<typeof openHoldsOf>,
  session: ClientSession,
  match: object,
  value: object | string,
): Promise<Map<WalletId, number>> {
  const found = of.aggregate<{ _id: WalletId; sum: number }>(
    [{ $match: match }, { $group: { _id: '$w', sum: { $sum: value } } }],
    { session, readConcern: { level: 'snapshot' } },
  );
  return new Map((await found.toArray()).map(({ _id, sum }) => [_id, sum]));
}

import type { Collection } from 'mongodb';
import type { Contra, EntryKind, Totals, WalletId } from './entry.js';
import { type Line, READ } from './line.js';

interface Group {
  _id: { kind: EntryKind; contra: Contra; credit: boolean; resource?: string; person?: string; item?: string };
  amountMinor: number;
}

/** Sums one wallet's lines from `from` on and before `to`. The lines' `at` never falls, so the opening is the balance of the line before. */
export async function totals(lines: Collection<Line>, wallet: WalletId, from: Date, to: Date): Promise<Totals> {
  const before = await lines.findOne({ w: wallet, at: { $lt: from } }, { ...READ, sort: { at: -1, s: -1 } });
  const groups = await lines
    .aggregate<Group>(
      [
        { $match: { w: wallet, at: { $gte: from, $lt: to } } },
        {
          $group: {
            _id: {
              kind: '$kind',
              contra: '$contra',
              credit: { $gt: ['$amountMinor', 0] },
              resource: '$resource',
              person: '$person',
              item: '$item',
            },
            amountMinor: { $sum: '$amountMinor' },
          },
        },
      ],
      READ,
    )
    .toArray();
  return sum(before?.balanceMinor ?? 0, groups);
}

function sum(openingMinor: number, groups: readonly Group[]): Totals {
  const byKind = new Map<EntryKind, number>();
  const spendByResource = new Map<string, number>();
  const spendByPerson = new Map<string, number>();
  const spendByItem = new Map<string, number>();
  let inMinor = 0;
  let outMinor = 0;
  for (const { _id: of, amountMinor } of groups) {
    if (of.credit) inMinor += amountMinor;
    else outMinor -= amountMinor;
    if (of.contra !== 'none') add(byKind, of.kind, amountMinor);
    if (of.contra !== 'revenue') continue;
    add(spendByResource, of.resource, -amountMinor);
    add(spendByPerson, of.person, -amountMinor);
    add(spendByItem, of.item, -amountMinor);
  }
  const closingMinor = openingMinor + inMinor - outMinor;
  return { openingMinor, inMinor, outMinor, closingMinor, byKind, spendByResource, spendByPerson, spendByItem };
}

function add<K>(to: Map<K, number>, key: K | undefined, amountMinor: number): void {
  if (key !== undefined) to.set(key, (to.get(key) ?? 0) + amountMinor);
}

import type { Collection } from 'mongodb';
import type { EntryKind, Ledger, Posting, WalletId } from './entry.js';
import type { Reversed, Moves } from './moves.js';
import type { Line } from './line.js';
import { lineByKey } from './read.js';
import type { MakeTransfer } from './transfer.js';

const NEVER: readonly EntryKind[] = ['opened', 'settings', 'hold', 'release', 'reversal'];

/** Takes an entry back by a new one that names it. The key is made of the entry's, so that it happens once. */
export function createReverse(lines: Collection<Line>, post: Ledger['post'], transfer: MakeTransfer): Moves['reverse'] {
  return async ({ wallet, reverses, ...more }) => {
    const entry = await lineByKey(lines, wallet, reverses);
    if (!entry) return { outcome: 'unknownEntry' };
    if (NEVER.includes(entry.kind) || entry.reverses !== undefined || entry.amountMinor === 0) {
      return { outcome: 'notReversible' };
    }
    const key = `rev:${reverses}`;
    const other = otherWallet(entry);
    if (other !== undefined) return transferBack(transfer, entry, other, { key, reverses, ...more });
    const { contra } = entry;
    return post({ wallet, key, kind: 'reversal', amountMinor: -entry.amountMinor, contra, reverses, ...more });
  };
}

function otherWallet({ contra }: Line): WalletId | undefined {
  return contra.startsWith('wallet:') ? contra.slice('wallet:'.length) : undefined;
}

async function transferBack(
  transfer: MakeTransfer,
  leg: Line,
  other: WalletId,
  more: Pick<Posting, 'key' | 'reverses' | 'at'>,
): Promise<Reversed> {
  const gave = leg.amountMinor < 0;
  const [from, to] = gave ? [other, leg.w] : [leg.w, other];
  const moved = await transfer({ from, to, amountMinor: Math.abs(leg.amountMinor), ...more });
  if (!('from' in moved)) return moved;
  return { outcome: moved.outcome, entry: gave ? moved.to : moved.from };
}

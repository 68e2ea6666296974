import { z } from 'zod';
import type { Ledger, Minor } from '../ledger/entry.js';
import type { Workspace } from '../workspace/entities.js';

/** What a preview promised, as its button carries it. */
export const transferShown = z.strictObject({
  /** What would be left where it comes from. */
  leftMinor: z.number().int(),
  /** What there was where it goes after the last credit: another since may be the same rescue. */
  creditedMinor: z.number().int(),
});

type TransferShown = z.infer<typeof transferShown>;

interface Sides {
  from: Workspace;
  to: Workspace;
  amountMinor: Minor;
}

export async function shownOf(ledger: Pick<Ledger, 'head'>, { from, to, amountMinor }: Sides): Promise<TransferShown> {
  const [gives, gets] = await Promise.all([ledger.head(from.id), ledger.head(to.id)]);
  return { leftMinor: (gives?.balanceMinor ?? 0) - amountMinor, creditedMinor: gets?.creditedToMinor ?? 0 };
}

/**
 * The side on which things are other than the preview showed: somebody else has filled up the one, or of the other more
 * than a tenth of what was to be left is gone. What is used meanwhile as usual changes nothing.
 */
export async function sideChanged(
  ledger: Pick<Ledger, 'head'>,
  sides: Sides,
  shown: TransferShown,
): Promise<'from' | 'to' | undefined> {
  const now = await shownOf(ledger, sides);
  if (now.creditedMinor !== shown.creditedMinor) return 'to';
  return shown.leftMinor > 0 && now.leftMinor < shown.leftMinor * 0.9 ? 'from' : undefined;
}

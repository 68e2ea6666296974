import type { Sibling } from '../cards/refusals/refusal-campaign.js';
import type { Minor } from '../ledger/entry.js';
import type { InWorkspace } from './command.js';
import { giversOf } from './givers.js';

const MOST = 2;

/** The reader's other workspaces that could give an amount, the richest first. */
export async function siblingsWith(context: InWorkspace, amountMinor: Minor): Promise<Sibling[]> {
  for await (const givers of giversOf(context)) {
    const enough = givers.filter(({ head }) => head.availableMinor >= amountMinor);
    if (enough.length > 0) return enough.slice(0, MOST).map(({ workspace: { id, name } }) => ({ workspace: id, name }));
  }
  return [];
}

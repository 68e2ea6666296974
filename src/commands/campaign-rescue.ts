import type { Sibling } from '../cards/refusals/refusal-campaign.js';
import type { Minor } from '../ledger/entry.js';
import { verdict } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';

const MOST = 2;

/**
 * The reader's other workspaces that could give an amount, the richest first: those from which they may move balance,
 * or ask for it, with enough available.
 */
export async function siblingsWith(
  { seats, services, workspace }: InWorkspace,
  amountMinor: Minor,
): Promise<Sibling[]> {
  const others = (await seats()).filter(({ membership: { role, suspended }, workspace: other }) => {
    const open = !suspended && other.status === 'active' && other.id !== workspace.id;
    const may = verdict('transferBalance', role, { memberOfTarget: true }).answer;
    return open && other.currency === workspace.currency && (may === 'yes' || may === 'request');
  });
  if (others.length === 0) return [];
  const heads = await services.ledger.heads(others.map(({ workspace: { id } }) => id));
  return others
    .map((seat) => ({ ...seat.workspace, availableMinor: heads.get(seat.workspace.id)?.availableMinor ?? 0 }))
    .filter(({ availableMinor }) => availableMinor >= amountMinor)
    .sort((a, b) => b.availableMinor - a.availableMinor)
    .slice(0, MOST)
    .map(({ id, name }) => ({ workspace: id, name }));
}

import { type BalanceRow, balancesCard } from '../cards/balance/balances-card.js';
import type { Answer } from '../chat/invocation.js';
import { LEVELS } from '../ledger/entry.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { mySeats, withDaysLeft } from './my-seats.js';

const PAGE = 20;

/** A page of the actor's workspaces with their balances, those that are low first where one page has them all. */
export async function showAll(context: InWorkspace, offset = 0): Promise<Answer> {
  const { services, workspace } = context;
  const { seats, total } = await mySeats(context, { unsuspended: true, offset, limit: PAGE });
  const read = (await withDaysLeft(context, seats)).map(
    ({ disabled, ...seat }): BalanceRow => ({ ...seat, disabled: disabled !== undefined }),
  );
  const rows = total > PAGE ? read : read.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  const about = await aboutWorkspace(services.ledger, workspace);
  const card = balancesCard({ about, rows, total, offset, pageSize: PAGE });
  return { kind: 'private', card, replace: offset > 0 };
}

import { type BalanceRow, balancesCard } from '../cards/balance/balances-card.js';
import type { Answer } from '../chat/invocation.js';
import { LEVELS } from '../ledger/entry.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { mySeats, withDaysLeft } from './my-seats.js';

const PAGE = 20;

/** A page of the actor's workspaces with their balances, those that are low first where one page has them all. */
export async function showAll(
  context: InWorkspace,
  {
    offset = 0,
    share,
    where,
  }: { offset?: number | undefined; share?: boolean | undefined; where?: string | undefined },
): Promise<Answer> {
  const { actor, invocation, services, workspace } = context;
  const { seats, total } = await mySeats(context, { unsuspended: true, offset, limit: PAGE });
  const read = (await withDaysLeft(context, seats)).map(
    ({ disabled, ...seat }): BalanceRow => ({ ...seat, disabled: disabled !== undefined }),
  );
  const rows = total > PAGE ? read : read.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  const page = { about: await aboutWorkspace(services.ledger, workspace), rows, total, offset, pageSize: PAGE };
  if (share) return { kind: 'open', card: balancesCard(page, { shared: { by: actor.name } }), ...(where && { where }) };
  const { kind, channel } = invocation.place;
  const asked = kind === 'direct' ? where : channel;
  const card = balancesCard(page, asked ? { asked } : {});
  return { kind: 'private', card, replace: offset > 0 };
}

import { z } from 'zod';
import { type Rescue, rescueCard } from '../cards/balance/rescue-card.js';
import { type Forecast, forecast } from '../forecast/forecast.js';
import { type SpendHistory, spendHistory } from '../forecast/spend-history.js';
import type { Minor } from '../ledger/entry.js';
import type { Workspace } from '../workspace/entities.js';
import type { Seat } from '../workspace/memberships.js';
import { verdict } from '../workspace/permissions.js';
import { usableSeats } from '../workspace/seat-pages.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith } from './context.js';

/** What both sides are to last for afterwards. */
const RUNWAY_DAYS = 14;
/** Of workspaces that could give: the richest are offered. */
const OFFERED = 3;
const MOST_READ = 100;

/**
 * Offers to move balance here from another of the person's workspaces that has enough: as the person may there, so for
 * some it becomes a request. What moves is seen once more, on both sides, before it does.
 */
export const rescue = workspaceCommand({
  args: z.strictObject({}),
  async run(context) {
    const { services, workspace } = context;
    const here = await standing(context, workspace);
    const neededMinor = await needed(context, here);
    const givers = await giversOf(context);
    const heads = await services.ledger.heads(givers.map((seat) => seat.workspace.id));
    const richest = givers
      .map((seat) => ({ ...seat, availableMinor: heads.get(seat.workspace.id)?.availableMinor ?? 0 }))
      .filter(({ availableMinor }) => availableMinor > 0)
      .toSorted((a, b) => b.availableMinor - a.availableMinor)
      .slice(0, OFFERED * 2);
    const offers: Rescue[] = [];
    for (const giver of richest) {
      const offer = await offerOf(context, { giver, here, neededMinor });
      if (offer && offers.length < OFFERED) offers.push(offer);
    }
    const about = aboutWith(workspace, here.balanceMinor);
    const card = rescueCard({ about, ...daysOf('daysLeft', here.lasts), offers });
    return { kind: 'private', card };
  },
});

interface Standing {
  at: Date;
  balanceMinor: Minor;
  history: SpendHistory;
  lasts: Forecast;
}

async function standing({ at, services }: InWorkspace, { id, timeZone }: Workspace): Promise<Standing> {
  const head = await services.ledger.head(id);
  const balanceMinor = head?.balanceMinor ?? 0;
  const history = await spendHistory(services.ledger, { wallet: id, zone: timeZone, at });
  return { at, balanceMinor, history, lasts: forecast(balanceMinor, history, at) };
}

/** For two weeks; where their cost cannot be guessed, back to what it was after the last credit. */
async function needed({ services, workspace }: InWorkspace, { balanceMinor, lasts }: Standing): Promise<Minor> {
  if (lasts.kind === 'days') return Math.max(0, lasts.perDayMinor * RUNWAY_DAYS - balanceMinor);
  const head = await services.ledger.head(workspace.id);
  return Math.max(0, (head?.creditedToMinor ?? 0) - balanceMinor);
}

/** The person's other workspaces from which they may move balance here, or ask for it. */
async function giversOf({ account, actor, workspace }: InWorkspace): Promise<Seat[]> {
  const among = { account: account.id, person: actor.id };
  const others = ({ id, currency }: Workspace) => id !== workspace.id && currency === workspace.currency;
  const seats = await usableSeats(among, { offset: 0, limit: MOST_READ }, others);
  return seats.filter(({ membership: { role } }) => {
    const { answer } = verdict('transferBalance', role, { memberOfTarget: true });
    return answer === 'yes' || answer === 'request';
  });
}

async function offerOf(
  context: InWorkspace,
  of: { giver: Seat & { availableMinor: Minor }; here: Standing; neededMinor: Minor },
): Promise<Rescue | undefined> {
  const { giver, here, neededMinor } = of;
  const { workspace: from, membership, availableMinor } = giver;
  const there = await standing(context, from);
  const keptMinor = there.lasts.kind === 'days' ? there.lasts.perDayMinor * RUNWAY_DAYS : Math.ceil(availableMinor / 2);
  const amountMinor = rounded(Math.min(neededMinor, availableMinor - keptMinor));
  if (amountMinor <= 0) return undefined;
  return {
    from: aboutWith(from, there.balanceMinor),
    amountMinor,
    asks: verdict('transferBalance', membership.role, { memberOfTarget: true }).answer === 'request',
    ...daysOf('daysThere', after(there, -amountMinor)),
    ...daysOf('daysHere', after(here, amountMinor)),
  };
}

/** Two figures are enough to say, and never more than can be spared. */
function rounded(minor: Minor): Minor {
  if (minor < 100) return Math.max(0, minor);
  const step = 10 ** (String(minor).length - 2);
  return Math.floor(minor / step) * step;
}

function after({ at, balanceMinor, history }: Standing, changeMinor: Minor): Forecast {
  return forecast(balanceMinor + changeMinor, history, at);
}

function daysOf<K extends string>(key: K, lasts: Forecast): Partial<Record<K, number>> {
  return lasts.kind === 'days' ? ({ [key]: lasts.daysLeft } as Record<K, number>) : {};
}

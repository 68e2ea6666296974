import { z } from 'zod';
import { type Rescue, rescueCard } from '../cards/balance/rescue-card.js';
import { type Forecast, forecast } from '../forecast/forecast.js';
import { type SpendHistory, spendHistories, spendHistory } from '../forecast/spend-history.js';
import type { Head, Minor } from '../ledger/entry.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWith } from './context.js';
import { type Giver, giversOf } from './givers.js';

/** What both sides are to last for afterwards. */
const RUNWAY_DAYS = 14;
/** Of workspaces that could give: the richest are offered. */
const OFFERED = 3;

/**
 * Offers to move balance here from another of the person's workspaces that has enough: as the person may there, so for
 * some it becomes a request. What moves is seen once more, on both sides, before it does.
 */
export const rescue = workspaceCommand({
  args: z.strictObject({}),
  async run(context) {
    const { at, services, workspace } = context;
    const [head, history] = await Promise.all([
      services.ledger.head(workspace.id),
      spendHistory(services.ledger, { wallet: workspace.id, zone: workspace.timeZone, at }),
    ]);
    const here = standing(head, history, at);
    const neededMinor = needed(here, head?.creditedToMinor ?? 0);
    const offers = neededMinor > 0 ? await offersFor(context, here, neededMinor) : [];
    const about = aboutWith(workspace, here.balanceMinor);
    const none = neededMinor > 0 ? {} : { needs: here.balanceMinor > 0 ? ('nothing' as const) : ('unknown' as const) };
    const card = rescueCard({ about, ...daysOf('daysLeft', here.lasts), offers, ...none });
    return { kind: 'private', card };
  },
});

interface Standing {
  at: Date;
  balanceMinor: Minor;
  history: SpendHistory;
  lasts: Forecast;
}

function standing(head: Head | undefined, history: SpendHistory, at: Date): Standing {
  const balanceMinor = head?.balanceMinor ?? 0;
  return { at, balanceMinor, history, lasts: forecast(balanceMinor, history, at) };
}

/** For two weeks; where their cost cannot be guessed, back to what it was after the last credit. */
function needed({ balanceMinor, lasts }: Standing, creditedToMinor: Minor): Minor {
  const wantedMinor = lasts.kind === 'days' ? lasts.perDayMinor * RUNWAY_DAYS : creditedToMinor;
  return Math.max(0, wantedMinor - balanceMinor);
}

async function offersFor(context: InWorkspace, here: Standing, neededMinor: Minor): Promise<Rescue[]> {
  for await (const givers of giversOf(context)) {
    const offers = await offersOf(context, givers.slice(0, OFFERED * 2), { here, neededMinor });
    if (offers.length > 0) return offers.slice(0, OFFERED);
  }
  return [];
}

async function offersOf(
  { at, services }: InWorkspace,
  givers: readonly Giver[],
  to: { here: Standing; neededMinor: Minor },
): Promise<Rescue[]> {
  const spenders = givers.map(({ workspace: { id, timeZone } }) => ({ wallet: id, zone: timeZone }));
  const histories = await spendHistories(services.ledger, spenders, at);
  return givers.flatMap((giver) => {
    const there = standing(giver.head, histories.get(giver.workspace.id)!, at);
    return offerOf(giver, there, to);
  });
}

function offerOf(
  { workspace: from, head, asks }: Giver,
  there: Standing,
  { here, neededMinor }: { here: Standing; neededMinor: Minor },
): Rescue[] {
  const { availableMinor } = head;
  const keptMinor = there.lasts.kind === 'days' ? there.lasts.perDayMinor * RUNWAY_DAYS : Math.ceil(availableMinor / 2);
  const unwarnedMinor = there.balanceMinor - warnsUnder(head);
  const amountMinor = rounded(Math.min(neededMinor, availableMinor - keptMinor, unwarnedMinor));
  if (amountMinor <= 0) return [];
  return [
    {
      from: aboutWith(from, there.balanceMinor),
      amountMinor,
      asks,
      ...daysOf('daysThere', after(there, -amountMinor)),
      ...daysOf('daysHere', after(here, amountMinor)),
    },
  ];
}

/** Whoever helps is not to be warned itself. */
function warnsUnder({ creditedToMinor, thresholds: { lowMinor = 0, lowPercent = 0 } }: Head): Minor {
  return Math.max(lowMinor, Math.ceil((creditedToMinor * lowPercent) / 100));
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

import { DateTime, Info } from 'luxon';
import { calendarDays } from '../../forecast/calendar-days.js';
import type { SummaryFacts } from '../../cards/summaries/summary-facts.js';
import type { Forecast } from '../../forecast/forecast.js';
import type { EntryKind, Minor, Totals } from '../../ledger/entry.js';
import type { Licence, Workspace } from '../../workspace/entities.js';
import { causesOf } from './causes.js';
import { monthName, type Period } from './periods.js';

/** What is known of a month of one workspace, over or so far. */
export interface Month {
  workspace: Workspace;
  period: Period;
  from: Date;
  /** Its end, or now where it is not over. */
  to: Date;
  running: boolean;
  at: Date;
  totals: Totals;
  /** Now. */
  balanceMinor: Minor;
  /** By day as `2026-11-16`. */
  dailySpend: ReadonlyMap<string, Minor>;
  /** The month before, in the workspace's own words; absent where there was none. */
  before?: { than: string; spentMinor: Minor; byResource: ReadonlyMap<string, Minor> };
  lasts: Forecast;
  licences: Readonly<Record<Licence, number>>;
}

const DAY_MS = 86_400_000;
/** What is charged, and what does not move money. */
const NO_FLOWS: readonly EntryKind[] = ['usage', 'opened', 'settings', 'hold', 'release'];

/** What usage took, less what was taken back of it by the line itself. */
export function spentOf({ byKind }: Pick<Totals, 'byKind'>): Minor {
  return -(byKind.get('usage') ?? 0) + 0;
}

/** The month as its card tells it. */
export function summaryFacts(month: Month): SummaryFacts {
  const { workspace, period, from, to, running, at, totals, before } = month;
  const { id, name, currency, timeZone: zone } = workspace;
  const { openingMinor, inMinor, outMinor, closingMinor } = totals;
  const spentMinor = spentOf(totals);
  const days = Math.max(1, (to.getTime() - from.getTime()) / DAY_MS);
  return {
    about: { id, name, currency, balanceMinor: month.balanceMinor },
    ...{ period, month: monthName(period, at, zone), running },
    ...{ openingMinor, inMinor, outMinor, closingMinor },
    spentMinor,
    perDayMinor: Math.round(spentMinor / days),
    flows: [...totals.byKind].flatMap(([kind, minor]) =>
      minor === 0 || NO_FLOWS.includes(kind) ? [] : [{ kind, minor }],
    ),
    byResource: dearest(totals.spendByResource),
    days: daysOf(month),
    ...(before && {
      change: {
        than: before.than,
        beforeMinor: before.spentMinor,
        causes: causesOf(totals.spendByResource, before.byResource),
      },
    }),
    lasts: month.lasts,
    licences: month.licences,
  };
}

/** The dearest first; what was taken back as a whole is left out. */
export function dearest(spend: ReadonlyMap<string, Minor>): [string, Minor][] {
  return [...spend].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]);
}

const MONTHS = Info.months('long', { locale: 'en-GB' });

function daysOf({ workspace, from, to, dailySpend }: Month): SummaryFacts['days'] {
  const zone = workspace.timeZone;
  const end = DateTime.fromJSDate(to, { zone });
  // A month that is not over ends in the middle of a day, which is one of its days.
  const behind = end.equals(end.startOf('day')) ? end : end.plus({ days: 1 });
  const first = DateTime.fromJSDate(from, { zone });
  return calendarDays(first.toISODate()!, behind.toISODate()!).map((day) => {
    const number = Number(day.slice(8));
    const month = MONTHS[Number(day.slice(5, 7)) - 1];
    return { label: String(number), name: `${number} ${month}`, minor: dailySpend.get(day) ?? 0 };
  });
}

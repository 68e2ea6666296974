import type { Pictures } from '../../charts/pictures.js';
import { summaryCharts } from '../../cards/summaries/summary-charts.js';
import { summaryCard } from '../../cards/summaries/summary-card.js';
import { inTransaction } from '../../mongo.js';
import type { AccountId } from '../../workspace/entities.js';
import { type Audience, cardFor } from '../audience.js';
import { type Notice, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { dearest, type Month, spentOf, summaryFacts } from './month.js';
import { enrolAccounts } from './account-schedule.js';
import { type Period, postedAt } from './periods.js';
import { type ScheduleRow, summaryId, SummaryModel, type SummaryRow } from './summary-model.js';
import { advance } from './summary-schedule.js';

/** A month that is over, with whom to tell. */
export interface Closing {
  row: ScheduleRow;
  month: Month;
  audience: Audience;
  /** Neither the workspace nor its account is disabled. */
  on: boolean;
  /** How the account writes money. */
  locale?: string;
}

/** A summary found later than this is kept, but is no news any more. */
const CATCH_UP_MS = 7 * 86_400_000;

class Overtaken extends Error {}

/**
 * Closes the months together: their documents, their notices and the schedules' advance stand or fall as one. Resolves
 * with how many, or tells that somebody else closed one of them meanwhile, and then closes none.
 */
export async function closeMonths(
  { pictureOf }: { pictureOf: Pictures['addressOf'] },
  closings: readonly Closing[],
  at: Date,
): Promise<number | 'overtaken'> {
  const summaries = closings.map((closing) => toSummary(closing, at));
  const notices = closings.flatMap((closing, index) =>
    summaries[index]!.told === 'posted' ? noticesOf(closing, pictureOf) : [],
  );
  const advancing = closings.map(({ row, month }) => ({ row, zone: month.workspace.timeZone }));
  try {
    await inTransaction(async () => {
      if ((await advance(advancing)) < closings.length) throw new Overtaken();
      await SummaryModel.insertMany(summaries, { lean: true });
      for (const [period, accounts] of accountsByPeriod(closings)) await enrolAccounts([...accounts], period);
      await enqueue(notices);
    });
  } catch (error) {
    if (error instanceof Overtaken) return 'overtaken';
    throw error;
  }
  return closings.length;
}

function accountsByPeriod(closings: readonly Closing[]): Map<Period, Set<AccountId>> {
  const periods = new Map<Period, Set<AccountId>>();
  for (const { row } of closings) periods.set(row.period, (periods.get(row.period) ?? new Set()).add(row.account));
  return periods;
}

function toSummary({ row, month, on }: Closing, at: Date): SummaryRow {
  const { workspace, period, from, to, totals } = month;
  const { openingMinor, inMinor, outMinor, closingMinor } = totals;
  return {
    _id: summaryId(row._id, period),
    account: row.account,
    workspace: row._id,
    ...{ period, zone: workspace.timeZone, from, to },
    ...{ openingMinor, inMinor, outMinor, closingMinor, spentMinor: spentOf(totals) },
    byResource: dearest(totals.spendByResource),
    byPerson: dearest(totals.spendByPerson),
    madeAt: at,
    told: on ? toldOf(month) : 'quiet',
  };
}

function toldOf({ to, totals, at }: Month): SummaryRow['told'] {
  const nothing = totals.openingMinor === 0 && totals.inMinor === 0 && totals.outMinor === 0;
  if (nothing) return 'quiet';
  return at.getTime() - to.getTime() > CATCH_UP_MS ? 'late' : 'posted';
}

/** Posted spread over an hour, as a zone's months all end at once. */
function noticesOf({ month, audience, locale }: Closing, pictureOf: Pictures['addressOf']): Notice[] {
  const { workspace, period } = month;
  const { account, id, timeZone } = workspace;
  const facts = summaryFacts(month);
  const charts = summaryCharts(facts);
  const picture = charts.length > 0 ? pictureOf(charts, locale) : undefined;
  const card = cardFor(audience, summaryCard(facts, { charts, picture }), facts.about);
  const notBefore = postedAt(period, timeZone, id);
  return audience.to.map((to) => ({
    id: `${summaryId(id, period)}:${recipientKey(to)}`,
    ...{ account, workspace: id, to, card, notBefore },
  }));
}

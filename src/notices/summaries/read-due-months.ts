import { strict as assert } from 'node:assert';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { forecast } from '../../forecast/forecast.js';
import { historyOf, historySince } from '../../forecast/spend-history.js';
import type { Ledger, Minor, Statement, WalletId } from '../../ledger/entry.js';
import { type Among, headcountsAmong } from '../../workspace/among.js';
import type { Workspace, WorkspaceId } from '../../workspace/entities.js';
import type { Month } from './month.js';
import { comparedMonth, endOf, previousPeriod } from './periods.js';
import { type ScheduleRow, SummaryModel, type SummaryRow, summaryId } from './summary-model.js';

type Reading = Pick<Ledger, 'statements' | 'totals' | 'dailySpendOfMany' | 'head' | 'history' | 'balanceBefore'>;

/** A workspace whose month is over. */
export interface Due {
  row: ScheduleRow;
  workspace: Workspace;
}

/** What became of reading one of many. */
export type Read = { month: Month } | { fault: unknown };

/** The months of many workspaces: what can be is read for all of them together. A fault is its own workspace's alone. */
export async function readDueMonths(
  ledger: Reading,
  due: readonly Due[],
  among: Among,
  at: Date,
): Promise<Map<WorkspaceId, Read>> {
  const [licences, earlier] = await Promise.all([headcountsAmong(among), summariesBefore(due, among)]);
  const statements = await statementsOf(ledger, due, earlier);
  const spent = await dailySpendsOf(ledger, due, at);
  const reads = due.map(async ({ row, workspace }): Promise<[WorkspaceId, Read]> => {
    try {
      const statement = statements.get(row._id) ?? (await reckonAlone(ledger, row, workspace));
      const before = earlier.get(row._id);
      const held = licences.get(row._id)!;
      return [
        row._id,
        {
          month: await monthOf(
            ledger,
            { row, workspace },
            { statement, before, licences: held, dailySpend: spent.get(row._id)! },
            at,
          ),
        },
      ];
    } catch (fault) {
      return [row._id, { fault }];
    }
  });
  return new Map(await Promise.all(reads));
}

/** Where the last month ended, this one began: workspaces of one zone go together. */
async function statementsOf(
  ledger: Reading,
  due: readonly Due[],
  earlier: ReadonlyMap<WorkspaceId, SummaryRow>,
): Promise<ReadonlyMap<WalletId, Statement>> {
  const periods = new Map<string, { from: Date; to: Date; openings: Map<WalletId, Minor> }>();
  for (const { row, workspace } of due) {
    const to = endOf(row.period, workspace.timeZone);
    const before = earlier.get(row._id);
    const openingMinor = before ? before.closingMinor : 0;
    const key = `${before ? row.from.getTime() : 'first'} ${to.getTime()}`;
    const period = periods.get(key) ?? { from: row.from, to, openings: new Map() };
    periods.set(key, period);
    if (row.from < period.from) period.from = row.from;
    period.openings.set(row._id, openingMinor);
  }
  const all = await Promise.all([...periods.values()].map((period) => ledger.statements(period)));
  return new Map(all.flatMap((found) => [...found]));
}

/** As far back as the month and the forecast go: workspaces of one zone go together. */
async function dailySpendsOf(
  ledger: Reading,
  due: readonly Due[],
  at: Date,
): Promise<ReadonlyMap<WalletId, Month['dailySpend']>> {
  const queries = new Map<string, { from: Date; zone: string; wallets: WalletId[] }>();
  for (const { row, workspace } of due) {
    const zone = workspace.timeZone;
    const since = historySince({ zone, at });
    const from = row.from < since ? row.from : since;
    const key = `${zone} ${from.getTime()}`;
    const query = queries.get(key) ?? { from, zone, wallets: [] };
    queries.set(key, query);
    query.wallets.push(row._id);
  }
  const all = await Promise.all(
    [...queries.values()].map(({ from, zone, wallets }) => ledger.dailySpendOfMany(wallets, { from, to: at, zone })),
  );
  return new Map(all.flatMap((found) => [...found]));
}

async function summariesBefore(due: readonly Due[], { accounts }: Among): Promise<Map<WorkspaceId, SummaryRow>> {
  const ids = due.map(({ row }) => summaryId(row._id, previousPeriod(row.period)));
  const rows = await SummaryModel.find({
    account: mongoose.trusted({ $in: [...accounts] }),
    _id: mongoose.trusted({ $in: ids }),
  }).lean<SummaryRow[]>();
  return new Map(rows.map((row) => [row.workspace, row]));
}

/** The month's totals; the chain's own balance at its end must say the same. */
async function reckonAlone(ledger: Reading, row: ScheduleRow, { timeZone }: Workspace): Promise<Statement> {
  const to = endOf(row.period, timeZone);
  const totals = await ledger.totals(row._id, row.from, to);
  const [closesAt = 0, head] = await Promise.all([ledger.balanceBefore(row._id, to), ledger.head(row._id)]);
  assert.equal(totals.closingMinor, closesAt, 'the month does not add up to its closing balance');
  return { ...totals, balanceMinor: head?.balanceMinor ?? closesAt };
}

async function monthOf(
  ledger: Reading,
  { row, workspace }: Due,
  known: Pick<Month, 'licences' | 'dailySpend'> & { statement: Statement; before: SummaryRow | undefined },
  at: Date,
): Promise<Month> {
  const { period, from } = row;
  const { timeZone: zone } = workspace;
  const { dailySpend } = known;
  const { balanceMinor, ...totals } = known.statement;
  const to = endOf(period, zone);
  const since = historySince({ zone, at });
  const history = historyOf(dailySpend, await firstUse(ledger, workspace, dailySpend, since), { zone, at });
  return {
    ...{ workspace, period, from, to, running: false, at, totals, balanceMinor, dailySpend },
    lasts: forecast(balanceMinor, history, at),
    licences: known.licences,
    ...(known.before && { before: asBefore(known.before, at, zone) }),
  };
}

function asBefore(
  { period, from, spentMinor, byResource }: SummaryRow,
  at: Date,
  zone: string,
): NonNullable<Month['before']> {
  return { than: comparedMonth(period, from, at, zone), spentMinor, byResource: new Map(byResource) };
}

/** When the wallet was first used; it is asked only where the days that are known begin later than the wallet. */
async function firstUse(
  ledger: Pick<Ledger, 'history'>,
  { id, timeZone: zone, createdAt }: Workspace,
  dailySpend: ReadonlyMap<string, Minor>,
  since: Date,
): Promise<Date | undefined> {
  const [first] = [...dailySpend.keys()].toSorted();
  const firstDay = first === undefined ? undefined : DateTime.fromISO(first, { zone }).toJSDate();
  if (createdAt >= since || (firstDay && firstDay <= since)) return firstDay;
  const { entries } = await ledger.history(id, { limit: 1, after: 0, kind: 'usage' });
  return entries[0]?.at;
}

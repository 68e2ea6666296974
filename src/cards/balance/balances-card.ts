import type { Level } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Part } from '../card.js';
import { LONGEST } from '../forecast/lasts-words.js';
import { type About, buttons, count, footOf, listOf, press, subtle, text } from '../parts.js';
import { sumWords } from '../sum-words.js';

/** One of the reader's workspaces. */
export interface BalanceRow {
  name: string;
  currency: string;
  balanceMinor: number;
  level: Level;
  /** Absent where it is too new to guess, or nothing is spent. */
  daysLeft?: number;
  disabled: boolean;
}

interface BalancePage {
  about: About;
  rows: readonly BalanceRow[];
  total: number;
  offset: number;
  pageSize: number;
}

const WORST_FIRST = ['empty', 'critical', 'low'] as const;
const LEVEL_WORDS = { low: 'Low', critical: 'Very low', empty: 'Empty' } as const;

/** A page of the reader's workspaces, for nobody else: others may not know that these are there. `about`: where it was asked. */
export function balancesCard(page: BalancePage): Card {
  const { about, rows, total, offset } = page;
  const whole = rows.length === total;
  const sums = `${sumWords(rows, ({ balanceMinor }) => balanceMinor)} in ${count(rows.length, 'workspace')}`;
  const worst = WORST_FIRST.find((level) => rows.some((row) => row.level === level));
  return {
    name: 'balance-all',
    heading: {
      text: whole ? sums : `Balances of your ${count(total, 'workspace')}`,
      ...(worst && { mood: worst === 'low' ? ('warning' as const) : ('bad' as const) }),
    },
    parts: [
      ...(worst ? [text(lowWords(rows))] : []),
      tableOf(rows),
      ...(whole ? [] : [subtle(`${offset + 1} to ${offset + rows.length} of ${total}`)]),
      ...pageButtons(page),
    ],
    ...footOf(about),
  };
}

/** `Empty: Ops. Low: Marketing and Support.` */
function lowWords(rows: readonly BalanceRow[]): string {
  const said = WORST_FIRST.map((level) => {
    const names = rows.filter((row) => row.level === level).map(({ name }) => name);
    return names.length > 0 ? `${LEVEL_WORDS[level]}: ${listOf(names)}.` : '';
  });
  return said.filter(Boolean).join(' ');
}

function tableOf(rows: readonly BalanceRow[]): Part {
  return {
    part: 'table',
    columns: [
      { heading: 'Workspace' },
      { heading: 'Balance', align: 'right' },
      { heading: 'Days left', align: 'right' },
    ],
    rows: rows.map((row) => [row.name, readersMoney(row.balanceMinor, row.currency), daysWords(row)]),
  };
}

function daysWords({ daysLeft, disabled }: BalanceRow): string {
  if (disabled) return 'disabled';
  if (daysLeft === undefined) return '';
  return daysLeft >= LONGEST ? `over ${LONGEST - 1}` : String(daysLeft);
}

function pageButtons({ about, offset, pageSize, total }: BalancePage): Part[] {
  const go = (label: string, start: number) =>
    press(label, 'balance', { all: true, offset: start }, { workspace: about.id });
  return buttons(
    offset > 0 ? go('Back', Math.max(0, offset - pageSize)) : undefined,
    offset + pageSize < total ? go('More', offset + pageSize) : undefined,
    press('Workspaces', 'list'),
  );
}

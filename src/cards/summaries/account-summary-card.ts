import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Chart, Part } from '../card.js';
import { buttons, comparedAmount, count, listOf, press, subtle, text } from '../parts.js';
import { LONGEST } from '../forecast/lasts-words.js';
import { sumWords } from '../sum-words.js';
import { chartPart, type Drawn } from './summary-card.js';
import type { SummaryFacts } from './summary-facts.js';

/** One workspace's month, among its account's. */
export interface WorkspaceMonth {
  name: string;
  currency: string;
  spentMinor: Minor;
  /** Absent in its first month, and while the month runs. */
  beforeMinor?: Minor;
  balanceMinor: Minor;
  lasts?: SummaryFacts['lasts'];
}

export interface AccountSummaryFacts {
  account: string;
  period: string;
  month: string;
  running: boolean;
  /** The dearest first. */
  workspaces: readonly WorkspaceMonth[];
  members: number;
  /** Workspaces whose month could not be closed yet. */
  missing: readonly string[];
  /** The month before, as it is asked for and in words. */
  earlier: { period: string; label: string };
}

const MOST_ROWS = 12;
const MOST_BARS = 6;

/** What was spent in each workspace, in the currency of most of them: bars of different money cannot be compared. */
export function accountCharts({ workspaces, month }: AccountSummaryFacts): Chart[] {
  const [first] = workspaces;
  const alike = workspaces.filter(({ currency, spentMinor }) => currency === first?.currency && spentMinor > 0);
  const [top] = alike;
  if (!top || alike.length < 2) return [];
  const sum = alike.reduce((all, { spentMinor }) => all + spentMinor, 0);
  const others = alike.slice(MOST_BARS);
  const rest = others.reduce((all, { spentMinor }) => all + spentMinor, 0);
  const shown = [
    ...alike.slice(0, MOST_BARS).map(({ name, spentMinor }) => [name, spentMinor] as const),
    ...(rest > 0 ? [[count(others.length, 'other'), rest] as const] : []),
  ];
  const money = (minor: Minor) => readersMoney(minor, top.currency);
  const share = Math.round((top.spentMinor * 100) / sum);
  return [
    {
      kind: 'bars',
      title: `Spent in ${month}`,
      finding: `Most was spent in ${top.name}: ${money(top.spentMinor)}, ${share} % of it.`,
      points: shown.map(([label, minor]) => comparedAmount(label, minor, top.currency)),
    },
  ];
}

/** For the account's owner alone: it names workspaces beside each other. */
export function accountSummaryCard(facts: AccountSummaryFacts, drawn: Drawn): Card {
  const { workspaces, members, missing, earlier, period } = facts;
  return {
    name: 'account-summary',
    heading: { text: headingOf(facts), mood: 'info' },
    parts: [
      ...chartPart(drawn),
      tableOf(workspaces),
      text(
        `${sumWords(workspaces, ({ balanceMinor }) => balanceMinor)} left in all of them. ${count(members, 'seat')} in use.`,
      ),
      ...(missing.length > 0 ? [subtle(`Not in it, as the month is not closed yet: ${listOf(missing)}.`)] : []),
      ...buttons(
        press(earlier.label, 'usage', { all: true, month: earlier.period }),
        press('CSV', 'usage', { all: true, month: period, csv: true }),
        press('Workspaces', 'list'),
      ),
    ],
  };
}

function headingOf({ account, month, running, workspaces }: AccountSummaryFacts): string {
  const where = count(workspaces.length, 'workspace');
  const spent = sumWords(workspaces, ({ spentMinor }) => spentMinor);
  return `${account} in ${month}${running ? ' so far' : ''}: ${spent} spent in ${where}.`;
}

function tableOf(workspaces: readonly WorkspaceMonth[]): Part {
  const others = workspaces.slice(MOST_ROWS);
  const rest = others.length > 0 ? [otherRow(others)] : [];
  return {
    part: 'table',
    columns: [
      { heading: 'Workspace' },
      { heading: 'Spent', align: 'right' },
      { heading: 'Change', align: 'right' },
      { heading: 'Balance', align: 'right' },
      { heading: 'Lasts', align: 'right' },
    ],
    rows: [...workspaces.slice(0, MOST_ROWS).map(rowOf), ...rest],
  };
}

function rowOf({ name, currency, spentMinor, beforeMinor, balanceMinor, lasts }: WorkspaceMonth): string[] {
  const money = (minor: Minor) => readersMoney(minor, currency);
  return [
    name,
    money(spentMinor),
    beforeMinor === undefined ? '' : changeOf(spentMinor, beforeMinor),
    money(balanceMinor),
    lasts?.kind === 'days' ? daysOf(lasts.daysLeft) : '',
  ];
}

function daysOf(daysLeft: number): string {
  return daysLeft >= LONGEST ? 'over a year' : count(daysLeft, 'day');
}

function otherRow(others: readonly WorkspaceMonth[]): string[] {
  const sums = (minorOf: (one: WorkspaceMonth) => Minor) => sumWords(others, minorOf);
  return [count(others.length, 'other'), sums((one) => one.spentMinor), '', sums((one) => one.balanceMinor), ''];
}

/** `+20 %`; nothing can be said of what began with nothing. */
function changeOf(spentMinor: Minor, beforeMinor: Minor): string {
  if (beforeMinor <= 0) return spentMinor > 0 ? 'new' : '';
  const percent = Math.round(((spentMinor - beforeMinor) * 100) / beforeMinor);
  return percent === 0 ? 'as before' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}

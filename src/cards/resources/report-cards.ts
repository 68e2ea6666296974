import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Form, Json, Part } from '../card.js';
import { type About, buttons, comparedAmount, count, footOf, press, text } from '../parts.js';

export type ReportBy = 'resource' | 'item' | 'person' | 'day';

/** One line of a report, in words. */
export interface ReportLine {
  label: string;
  quantity: number;
  spentMinor: Minor;
}

/** As the buttons of a report's card carry what it asks for. */
export type ReportArgs = Readonly<Record<string, Json>>;

const BY_WORDS: Readonly<Record<ReportBy, { heading: string; button: string }>> = {
  resource: { heading: 'Spent on', button: 'By campaign' },
  item: { heading: 'Item', button: 'By item' },
  person: { heading: 'Person', button: 'By person' },
  day: { heading: 'Day', button: 'By day' },
};

const MOST_ROWS = 15;
const MOST_BARS = 8;

/** Private: spend and volume of a campaign, item, person or period, as a chart and a table. */
export function reportCard(to: {
  about: About;
  /** `Spring`, `sms`, `Mia`; absent: all that the workspace spends. */
  subject?: string;
  /** `November so far`, `the last 30 days`, `16 Nov 2026 to now` */
  period: string;
  by: ReportBy;
  /** In the order of the ledger: the dearest first, or by day. */
  lines: readonly ReportLine[];
  spentMinor: Minor;
  quantity: number;
  /** Of a campaign: what was estimated for it. */
  estimateMinor?: Minor;
  args: ReportArgs;
  /** Ways of looking at it that the reader may have, without this one. */
  ways: readonly ReportBy[];
  /** Other periods, as they are asked for and in words. */
  periods: readonly { period: string; label: string }[];
  saved?: { id: string; name: string };
}): Card {
  const { about, args, by, lines, subject, period, saved } = to;
  const how = { workspace: about.id };
  const again = (label: string, change: ReportArgs) => press(label, 'report', { ...args, ...change }, how);
  const some = lines.length > 0;
  return {
    name: 'report',
    heading: { text: `${saved?.name ?? subject ?? about.name}: ${period}` },
    parts: [
      ...(some
        ? [text(sumWords(to)), ...chartOf(lines, to.spentMinor, by, about), tableOf(to)]
        : [text(nothingWords(to))]),
      ...buttons(
        ...(some ? to.ways.map((way) => again(BY_WORDS[way].button, { by: way })) : []),
        ...to.periods.map(({ period: other, label }) => again(label, { period: other })),
        some ? again('CSV', { csv: true }) : undefined,
        saved
          ? press('Archive', 'report', { what: 'archive', report: saved.id }, how)
          : again('Keep this report', { what: 'save' }),
      ),
    ],
    ...footOf(about),
  };
}

function sumWords({ about, spentMinor, quantity, estimateMinor }: Parameters<typeof reportCard>[0]): string {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const used = quantity > 0 ? ` on ${count(quantity, 'item')}` : '';
  const of = estimateMinor === undefined ? '' : ` The estimate was ${money(estimateMinor)}.`;
  return `${money(spentMinor)} spent${used}.${of}`;
}

function nothingWords({ subject, about }: Parameters<typeof reportCard>[0]): string {
  const what = subject === undefined ? about.name : subject;
  return `Nothing was spent on ${what} in that time. What the engine reports shows here at once.`;
}

function chartOf(lines: readonly ReportLine[], spentMinor: Minor, by: ReportBy, about: About): Part[] {
  const spent = lines.filter((line) => line.spentMinor > 0);
  const [top] = spent.toSorted((a, b) => b.spentMinor - a.spentMinor);
  if (!top || spentMinor <= 0 || spent.length < 2) return [];
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const shown = by === 'day' ? spent.slice(-MOST_BARS) : spent.slice(0, MOST_BARS);
  const share = Math.round((top.spentMinor * 100) / spentMinor);
  const most = by === 'day' ? `Most was spent on ${top.label}` : `Most went to ${top.label}`;
  return [
    {
      part: 'bars',
      finding: `${most}: ${money(top.spentMinor)}, ${share} % of it.`,
      bars: shown.map((line) => comparedAmount(line.label, line.spentMinor, about.currency)),
    },
  ];
}

function tableOf({ about, by, lines }: Parameters<typeof reportCard>[0]): Part {
  const shown = by === 'day' ? lines.slice(-MOST_ROWS) : lines.slice(0, MOST_ROWS);
  const others = lines.filter((line) => !shown.includes(line));
  const rest = others.length > 0 ? [summed(others, by)] : [];
  const rows = by === 'day' ? [...rest, ...shown] : [...shown, ...rest];
  return {
    part: 'table',
    columns: [
      { heading: BY_WORDS[by].heading },
      { heading: 'Used', align: 'right' },
      { heading: 'Spent', align: 'right' },
    ],
    rows: rows.map(({ label, quantity, spentMinor }) => [
      label,
      quantity.toLocaleString('en-GB'),
      readersMoney(spentMinor, about.currency),
    ]),
  };
}

function summed(lines: readonly ReportLine[], by: ReportBy): ReportLine {
  const sum = (value: (line: ReportLine) => number) => lines.reduce((all, line) => all + value(line), 0);
  return {
    label: by === 'day' ? `${lines.length} days before` : `${lines.length} others`,
    quantity: sum(({ quantity }) => quantity),
    spentMinor: sum(({ spentMinor }) => spentMinor),
  };
}

/** Private: a page of the reports that were kept, newest first. */
export function reportsCard(to: {
  about: About;
  zone: string;
  reports: readonly { id: string; name: string; by: string; createdAt: string }[];
  archived: boolean;
  before?: string;
  older?: string;
}): Card {
  const { about, archived, reports, zone } = to;
  const how = { workspace: about.id };
  const what = archived ? { what: 'archived' } : { what: 'saved' };
  const open = (id: string) =>
    archived
      ? press('Take back', 'report', { what: 'restore', report: id }, how)
      : press('Open', 'report', { report: id }, how);
  return {
    name: 'reports',
    heading: { text: `${about.name}'s ${archived ? 'archived reports' : 'reports'}` },
    parts: [
      ...(reports.length > 0
        ? [
            {
              part: 'list' as const,
              items: reports.map(({ id, name, by, createdAt }) => ({
                title: [{ strong: name }],
                detail: [`kept by ${by} on `, { time: createdAt, show: 'date' as const, zone }],
                buttons: [open(id)],
              })),
            },
          ]
        : [text(archived ? 'No report is archived.' : 'None is kept yet. Open one and press “Keep this report”.')]),
      ...buttons(
        press('This month', 'report', {}, how),
        to.before ? press('Newest', 'report', what, how) : undefined,
        to.older ? press('Older', 'report', { ...what, before: to.older }, how) : undefined,
        press(archived ? 'In use' : 'Archived', 'report', { what: archived ? 'saved' : 'archived' }, how),
      ),
    ],
    ...footOf(about),
  };
}

/** Asks for the name under which a report is kept. */
export function saveReportForm(to: { about: About; args: ReportArgs; initial?: string }): Form {
  return {
    name: 'save-report',
    title: 'Keep this report',
    submit: 'Keep',
    intro: ['It is made anew each time it is opened, for the time that is meant then.'],
    call: { command: 'report', args: { ...to.args, what: 'save' }, workspace: to.about.id },
    fields: [
      {
        name: 'name',
        label: 'Name',
        input: 'line',
        maxLength: 60,
        ...(to.initial !== undefined && { initial: to.initial }),
      },
    ],
  };
}

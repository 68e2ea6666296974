import type { KnownBlock, SectionBlock } from '@slack/types';
import type { Part } from '../../../cards/card.js';
import { LIMITS, shorten } from './limits.js';
import { type Client, code, plain } from './text.js';

type Table = Extract<Part, { part: 'table' }>;
type Bars = Extract<Part, { part: 'bars' }>;
type Waterfall = Extract<Part, { part: 'waterfall' }>;

const CELL = 24;
const BAR = 16;
const WATERFALL = 20;
const FILLS = { balance: '█', in: '▓', out: '▒' } as const;
const FENCE = '```';

/** In a fixed-width font, which every Slack client shows alike; rows beyond the limit are counted. */
export function drawTable(part: Table, client: Client): KnownBlock[] {
  const rows = [part.columns.map((column) => column.heading), ...part.rows];
  return fixedWidth(
    alignRows(
      rows,
      part.columns.map((column) => column.align === 'right'),
    ),
    client,
  );
}

export function drawBars(part: Bars, client: Client): KnownBlock[] {
  const longest = Math.max(0, ...part.bars.map((bar) => bar.value));
  const rows = part.bars.map((bar) => [bar.label, barOf(bar.value, longest), bar.shown]);
  return [
    { type: 'section', text: plain(part.finding, LIMITS.sectionText) },
    ...fixedWidth(alignRows(rows, [false, false, true]), client),
  ];
}

/** Each step begins where the one before it ended. */
export function drawWaterfall(part: Waterfall, client: Client): KnownBlock[] {
  const amounts = part.steps.flatMap(({ from, to }) => [from, to]);
  const least = Math.min(0, ...amounts);
  const width = Math.max(1, Math.max(0, ...amounts) - least);
  const place = (amount: number) => Math.round(((amount - least) / width) * WATERFALL);
  const rows = part.steps.map(({ label, is, from, to, shown }) => {
    const [start, end] = [place(Math.min(from, to)), place(Math.max(from, to))];
    const bar = FILLS[is].repeat(from === to ? 0 : Math.max(1, end - start));
    return [label, `${' '.repeat(Math.min(start, WATERFALL - 1))}${bar}`, shown];
  });
  return [
    { type: 'section', text: plain(part.finding, LIMITS.sectionText) },
    ...fixedWidth(alignRows(rows, [false, false, true]), client),
  ];
}

/** Something above nothing always shows. */
function barOf(value: number, longest: number): string {
  if (value <= 0 || longest <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / longest) * BAR)));
}

function alignRows(rows: readonly (readonly string[])[], right: readonly boolean[]): string[] {
  const cells = rows.map((row) => right.map((_, at) => shorten((row[at] ?? '').replace(/[^\S ]+/g, ' '), CELL)));
  const widths = right.map((_, at) => Math.max(0, ...cells.map((row) => width(row[at] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - width(cell));
        return right[at] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Columns on the screen: wide scripts and emoji take two. */
function width(text: string): number {
  let columns = 0;
  for (const char of text)
    columns += /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/u.test(char) ? 2 : 1;
  return columns;
}

/** Lines that stand under each other as they are; those beyond the limit are counted. */
export function fixedWidth(lines: readonly string[], client: Client): SectionBlock[] {
  if (lines.length === 0) return [];
  const room = LIMITS.sectionText - 2 * FENCE.length - '… 1000 more rows'.length - 2;
  const shown: string[] = [];
  let used = 0;
  for (const line of lines.map(code)) {
    if (used + line.length + 1 > room) break;
    shown.push(line);
    used += line.length + 1;
  }
  const left = lines.length - shown.length;
  if (left > 0) shown.push(`… ${left} more rows`);
  const text = client === 'local-slack' ? shown.map(codeLine).join('\n') : `${FENCE}${shown.join('\n')}${FENCE}`;
  return [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
}

/** local-slack knows no fenced lines. */
function codeLine(line: string): string {
  return `\`${(line || ' ').replaceAll(' ', '\u00a0')}\``;
}

import type { EntryKind, Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Part } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { timeWords } from '../plain-text.js';

export const KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  opened: 'Opened',
  settings: 'Settings changed',
  topup: 'Balance added',
  usage: 'Usage',
  refund: 'Refund',
  dispute: 'Disputed',
  reversal: 'Taken back',
  adjustment: 'Correction',
  transfer: 'Transfer',
  hold: 'Set aside',
  release: 'Released',
};

export interface HistoryLine {
  sequence: number;
  at: string;
  kind: EntryKind;
  what?: string;
  amountMinor: Minor;
  balanceMinor: Minor;
}

/** As the buttons of the card carry it. */
export interface HistoryFilter {
  kind?: string;
  days?: number;
  resource?: string;
  person?: string;
  reference?: string;
}

/** Private: a page of a workspace's entries, newest first. */
export function historyCard(to: {
  about: About;
  zone: string;
  lines: readonly HistoryLine[];
  older?: number;
  filter: HistoryFilter;
  /** In words, where there is one: `Transfers of the last 30 days`. */
  filterWords?: string;
  /** The cursor of this page; none of the newest. */
  before?: number;
}): Card {
  const { about, before } = to;
  const page = (label: string, args: { before?: number; details?: true; csv?: true }) =>
    press(label, 'history', { ...to.filter, ...args }, { workspace: about.id });
  const here = before === undefined ? {} : { before };
  return {
    name: 'history',
    heading: { text: `${about.name}'s entries` },
    parts: [
      ...(to.filterWords ? [subtle(to.filterWords)] : []),
      ...(to.lines.length > 0 ? [historyTable(to.lines, about, to.zone)] : [text(emptyWords(to))]),
      ...buttons(
        to.lines.length > 0 ? page('Details', { ...here, details: true }) : undefined,
        before === undefined ? undefined : page('Newest', {}),
        to.older === undefined ? undefined : page('Older', { before: to.older }),
        to.lines.length > 0 ? page('CSV', { csv: true }) : undefined,
        to.lines.length > 0 || to.older !== undefined || to.filterWords
          ? undefined
          : press('Add balance', 'topup', {}, { workspace: about.id, style: 'primary' }),
      ),
    ],
    ...footOf(about),
  };
}

function emptyWords({ filterWords, older }: { filterWords?: string; older?: number }): string {
  if (older !== undefined) return 'None among the newest. Older has more.';
  return filterWords ? 'There are none.' : 'Nothing yet. What comes in and goes out shows here.';
}

/** `Balance added: Spring sale`. */
export function lineWords({ kind, what }: Pick<HistoryLine, 'kind' | 'what'>): string {
  return what ? `${KIND_WORDS[kind]}: ${what}` : KIND_WORDS[kind];
}

function historyTable(lines: readonly HistoryLine[], about: About, zone: string): Part {
  return {
    part: 'table',
    columns: [
      { heading: 'When' },
      { heading: 'What' },
      { heading: 'Amount', align: 'right' },
      { heading: 'Balance', align: 'right' },
    ],
    rows: lines.map((line) => [
      timeWords(line.at, 'dateTime', zone),
      lineWords(line),
      readersMoney(line.amountMinor, about.currency),
      readersMoney(line.balanceMinor, about.currency),
    ]),
  };
}

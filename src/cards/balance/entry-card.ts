import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Form, Text } from '../card.js';
import { type HistoryFilter, type HistoryLine, KIND_WORDS, lineWords } from './ledger-cards.js';
import { type About, buttons, footOf, press } from '../parts.js';
import { timeWords } from '../plain-text.js';

export interface EntryFacts extends HistoryLine {
  heldMinor: Minor;
  /** What makes it unique: of usage, the key that its reporter gave it, and so the one that is shown. */
  key: string;
  resource?: string;
  item?: string;
  quantity?: number;
  /** By name. */
  person?: string;
  /** How it came to be: `Asked for in #marketing in Slack, reference R-7F3K2Q`. */
  cause?: string;
  /** The entry that this one takes back. */
  reverses?: { sequence: number };
  /** Of the document about it, where the reader may see it. */
  receipt?: { id: string; label: string };
}

/** Private: one entry, with what it came from and the receipt it led to. */
export function entryCard(to: { about: About; zone: string; entry: EntryFacts }): Card {
  const { about, entry, zone } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const facts: [string, Text | undefined][] = [
    ['When', [{ time: entry.at, show: 'dateTime', zone }]],
    ['Amount', [money(entry.amountMinor)]],
    ['Balance after', [money(entry.balanceMinor)]],
    ['Held after', entry.heldMinor > 0 ? [money(entry.heldMinor)] : undefined],
    ['Resource', entry.resource === undefined ? undefined : [entry.resource]],
    ['Item', entry.item === undefined ? undefined : [`${entry.quantity ?? 1} × ${entry.item}`]],
    ['Person', entry.person === undefined ? undefined : [entry.person]],
    ['Came from', entry.cause === undefined ? undefined : [entry.cause]],
    ['Takes back', entry.reverses && [`Entry ${entry.reverses.sequence}`]],
    ['Receipt', entry.receipt && [entry.receipt.label]],
    ['Key', entry.item === undefined && entry.resource === undefined ? undefined : [{ code: entry.key }]],
  ];
  return {
    name: 'entry',
    heading: { text: `Entry ${entry.sequence}: ${KIND_WORDS[entry.kind]}` },
    parts: [
      { part: 'facts', facts: facts.flatMap(([label, value]) => (value ? { label, value } : [])) },
      ...buttons(
        entry.receipt && press('Receipt', 'receipts', { open: entry.receipt.id }, { workspace: about.id }),
        entry.reverses &&
          press(
            `Entry ${entry.reverses.sequence}`,
            'history',
            { entry: entry.reverses.sequence },
            { workspace: about.id },
          ),
        press('History', 'history', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** Asks which entry of a page is meant. */
export function entryForm(to: {
  about: About;
  zone: string;
  lines: readonly HistoryLine[];
  filter: HistoryFilter;
}): Form {
  const { about, zone, lines } = to;
  const options = lines.map((line) => ({
    value: String(line.sequence),
    label: `${readersMoney(line.amountMinor, about.currency)}, ${timeWords(line.at, 'dateTime', zone)}, ${lineWords(line)}`,
  }));
  return {
    name: 'history-entry',
    title: 'Open an entry',
    submit: 'Open',
    call: { command: 'history', args: { ...to.filter }, workspace: about.id },
    fields: [{ name: 'entry', label: 'Which one', input: 'choice', options, initial: options[0]?.value ?? '' }],
  };
}

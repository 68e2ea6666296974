import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import { askAnew } from '../ask-anew.js';
import type { Card, Form } from '../card.js';
import { choiceField } from '../choice-field.js';
import { type About, buttons, count, detailsOf, footOf, listOf, press, subtle, text } from '../parts.js';

/** One side of a transfer: its balance as it is and as it would be, and how long each lasts where that can be guessed. */
export interface TransferSide {
  about: About & { balanceMinor: Minor };
  afterMinor: Minor;
  daysLeft?: { now: number; after: number };
}

/**
 * Private: what a transfer would do to both sides; with `ask`, for whoever may only ask for it. `changed`: the side that
 * an older card showed otherwise.
 */
export function transferPreviewCard(to: {
  from: TransferSide;
  to: TransferSide;
  amountMinor: Minor;
  /** Of the operation: minted with the card. */
  key: string;
  /** What the button tells of what is shown here. */
  shown: { leftMinor: Minor; creditedMinor: Minor };
  changed?: 'from' | 'to';
  ask?: { whoDoes: string; names: readonly string[]; why?: string };
}): Card {
  const { from, to: target, amountMinor, changed, key, shown, ask } = to;
  const amount = readersMoney(amountMinor, from.about.currency);
  const args = { amount: plainAmount(amountMinor, from.about.currency), to: target.about.id };
  const how = { workspace: from.about.id, style: 'primary' as const };
  const card: Card = {
    name: ask ? 'transfer-offer' : 'transfer-preview',
    heading: { text: `Move ${amount} from ${from.about.name} to ${target.about.name}?` },
    parts: [
      {
        part: 'table',
        columns: [
          { heading: 'Workspace' },
          { heading: 'Now', align: 'right' },
          { heading: 'Afterwards', align: 'right' },
        ],
        rows: [from, target].map(({ about, afterMinor, daysLeft }) => [
          about.name,
          lasting(about.balanceMinor, about, daysLeft?.now),
          lasting(afterMinor, about, daysLeft?.after),
        ]),
      },
      ...(ask ? [text(`${ask.whoDoes}. Ask ${listOf(ask.names, 'or')}?`)] : []),
      ...buttons(
        ask
          ? press(`Ask for ${amount}`, 'transfer', { ...args, ask: true, ...(ask.why && { why: ask.why }) }, how)
          : press(`Move ${amount}`, 'transfer', { ...args, shown, sure: true }, { ...how, key }),
        press('Change', 'transfer', { ...args, change: true }, { workspace: from.about.id }),
      ),
    ],
    ...footOf(from.about),
  };
  return changed ? askAnew(card, changedWords(changed === 'from' ? from : target, changed)) : card;
}

function changedWords({ about }: TransferSide, changed: 'from' | 'to'): string {
  const has = `${about.name} has ${readersMoney(about.balanceMinor, about.currency)} now`;
  return changed === 'from' ? `${has}, which is less than you saw.` : `${has}, as balance was added meanwhile.`;
}

function lasting(minor: Minor, { currency }: About, days: number | undefined): string {
  const amount = readersMoney(minor, currency);
  return days === undefined ? amount : `${amount}, about ${count(days, 'day')}`;
}

/** Private, to whoever moved it, or took it back. */
export function transferDoneCard(to: {
  from: About & { balanceMinor: Minor };
  to: About & { balanceMinor: Minor };
  amountMinor: Minor;
  undone: boolean;
  undo?: { transfer: string; until: string; zone: string };
}): Card {
  const { from, to: target, undone, undo } = to;
  const amount = readersMoney(to.amountMinor, from.currency);
  const said = undone
    ? `Undone: ${amount} went back from ${target.name} to ${from.name}.`
    : `${amount} moved from ${from.name} to ${target.name}.`;
  return {
    name: undone ? 'transfer-undone' : 'transfer-done',
    heading: { text: said, mood: 'good' },
    parts: [
      {
        part: 'facts',
        facts: [from, target].map(({ name, balanceMinor, currency }) => ({
          label: name,
          value: [readersMoney(balanceMinor, currency)],
        })),
      },
      ...(undo
        ? [
            ...buttons(
              press('Undo', 'transfer', { undo: undo.transfer }, { workspace: from.id, key: `undo:${undo.transfer}` }),
            ),
            subtle(
              'It can be undone until ',
              { time: undo.until, show: 'time', zone: undo.zone },
              ', if it is not spent.',
            ),
          ]
        : []),
    ],
    ...footOf(from),
  };
}

/** To the channel of either side: the other side is named only to a reader who is in it. */
export function transferToldCard(to: {
  about: About & { balanceMinor: Minor };
  side: 'from' | 'to';
  amountMinor: Minor;
  /** `Support`, or `another workspace of Acme`. */
  other: string;
  by?: string;
  undone: boolean;
  /** The key of its line. */
  entry?: string;
}): Card {
  const { about, side, other, by, undone } = to;
  const amount = readersMoney(to.amountMinor, about.currency);
  const goes = side === 'from' ? !undone : undone;
  const moved = goes ? `${amount} moved to ${other}` : `${amount} came from ${other}`;
  const back = goes
    ? `${amount} went back to ${other}, as the transfer was undone`
    : `${amount} came back from ${other}, as the transfer was undone`;
  return {
    name: undone ? 'transfer-undone-told' : 'transfer-told',
    parts: [
      text(`${undone ? back : moved}. Balance ${readersMoney(about.balanceMinor, about.currency)}.`),
      ...(by ? [subtle(undone ? `Undone by ${by}.` : `Moved by ${by}.`)] : []),
      ...detailsOf(about, to.entry),
    ],
    ...footOf(about),
  };
}

/** Asks how much goes where. */
export function transferForm(to: {
  from: About;
  targets: readonly { id: string; name: string }[];
  amount?: string;
  target?: { id: string; name: string };
  kept: { why?: string };
}): Form {
  const { from, targets, amount, target, kept } = to;
  const has = from.balanceMinor === undefined ? '' : ` has ${readersMoney(from.balanceMinor, from.currency)}`;
  return {
    name: 'transfer',
    title: 'Move balance',
    submit: 'Go on',
    intro: [`From ${from.name}, which${has}. You see both balances before anything moves.`],
    call: { command: 'transfer', args: kept, workspace: from.id },
    fields: [
      {
        name: 'amount',
        label: 'How much',
        input: 'amount',
        currency: from.currency,
        ...(amount && { initial: amount }),
      },
      choiceField(
        { name: 'to', label: 'To' },
        targets.map(({ id, name }) => ({ value: id, label: name })),
        target && { value: target.id, label: target.name },
      ),
    ],
  };
}

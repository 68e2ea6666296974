import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Part } from '../card.js';
import { type About, buttons, detailsOf, footOf, press, text } from '../parts.js';

type Moving = 'refund' | 'refundUndone' | 'dispute' | 'disputeWon';

const TO_THE_CHANNEL: Readonly<Record<Moving, (amount: string) => string>> = {
  refund: (amount) => `${amount} was refunded.`,
  refundUndone: (amount) => `A refund of ${amount} did not reach the payer, so it is in the balance again.`,
  dispute: (amount) => `${amount} was taken back by the payer's bank.`,
  disputeWon: (amount) => `${amount} came back from the payer's bank.`,
};

interface Reversed {
  about: About & { balanceMinor: Minor };
  amountMinor: Minor;
}

/** To the channel, which hears of totals alone: `£40.00 was refunded. Balance £60.00.` */
export function reversedCard({ about, kind, amountMinor, entry }: Reversed & { kind: Moving; entry?: string }): Card {
  const balance = readersMoney(about.balanceMinor, about.currency);
  return {
    name: `topup-${kind === 'refundUndone' ? 'refund-undone' : kind === 'disputeWon' ? 'dispute-won' : kind}`,
    parts: [
      text(`${TO_THE_CHANNEL[kind](readersMoney(amountMinor, about.currency))} Balance ${balance}.`),
      ...belowZero(about),
      ...detailsOf(about, entry),
    ],
    ...footOf(about),
  };
}

/** Privately to the owners: whose payment it was, and what is to be done. */
export function reversalDetailCard(
  to: Reversed & {
    kind: Moving | 'disputeLost';
    /** What had been added, and by whom. */
    added: { amountMinor: Minor; by?: string };
    /** Of the chat in which it was paid for. */
    reference?: string;
  },
): Card {
  const { about, kind, added, reference } = to;
  const amount = readersMoney(to.amountMinor, about.currency);
  const whole = readersMoney(added.amountMinor, about.currency);
  const payment = `the ${whole} that ${added.by ?? 'somebody'} added to ${about.name}`;
  return {
    name: 'topup-reversal-detail',
    heading: HEADINGS[kind](amount, about.name),
    parts: [
      reference
        ? text(`${DETAILS[kind](payment)} The reference is `, { code: reference }, '.')
        : text(DETAILS[kind](payment)),
      ...(kind === 'disputeLost' ? [] : belowZero(about)),
    ],
    ...footOf(about),
  };
}

const HEADINGS: Readonly<
  Record<Moving | 'disputeLost', (amount: string, workspace: string) => NonNullable<Card['heading']>>
> = {
  refund: (amount, workspace) => ({ text: `${amount} of ${workspace} was refunded`, mood: 'info' }),
  refundUndone: (amount, workspace) => ({ text: `A refund of ${amount} of ${workspace} came back`, mood: 'warning' }),
  dispute: (amount, workspace) => ({ text: `A payment of ${amount} for ${workspace} is disputed`, mood: 'bad' }),
  disputeWon: (amount, workspace) => ({ text: `The dispute over ${amount} of ${workspace} is won`, mood: 'good' }),
  disputeLost: (amount, workspace) => ({ text: `The dispute over ${amount} of ${workspace} is lost`, mood: 'bad' }),
};

const DETAILS: Readonly<Record<Moving | 'disputeLost', (payment: string) => string>> = {
  refund: (payment) =>
    `It is of ${payment}, and goes back to the card it was paid with; the bank takes some days to show it.`,
  refundUndone: (payment) =>
    `It is of ${payment}. The card could not take it, so it is in the balance again; support will look for another way.`,
  dispute: (payment) =>
    `The holder of a card asked their bank to take it back: it is of ${payment}. The bank took it at once, and support answers the bank. If one of your people paid it, ask them to tell their bank so.`,
  disputeWon: (payment) => `It is of ${payment}. The bank gave it back, and it is in the balance again.`,
  disputeLost: (payment) => `It is of ${payment}. The bank keeps it, so the balance stays as it is.`,
};

function belowZero(about: About & { balanceMinor: Minor }): Part[] {
  if (about.balanceMinor >= 0) return [];
  return [
    text('The balance is below zero, so nothing more can be spent until it is topped up.'),
    ...buttons(press('Add balance', 'topup', {}, { workspace: about.id, style: 'primary' })),
  ];
}

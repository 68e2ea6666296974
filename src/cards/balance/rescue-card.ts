import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Card } from '../card.js';
import { aboutDays } from '../forecast/lasts-words.js';
import { type About, buttons, footOf, press, text } from '../parts.js';

/** Balance that another of the reader's workspaces could give; amounts in minor units. */
export interface Rescue {
  from: About & { balanceMinor: Minor };
  amountMinor: Minor;
  /** The reader may only ask for it. */
  asks: boolean;
  /** How long each side would last afterwards, where that can be guessed. */
  daysThere?: number;
  daysHere?: number;
}

/** Private: which of the reader's other workspaces can help this one out. */
export function rescueCard(to: {
  about: About & { balanceMinor: Minor };
  daysLeft?: number;
  offers: readonly Rescue[];
  /** Why none was looked for: it lasts, or it never had a balance to go by. */
  needs?: 'nothing' | 'unknown';
}): Card {
  const { about, daysLeft, offers } = to;
  const now = daysLeft === undefined ? '' : `, ${aboutDays(daysLeft)}`;
  const has = `${about.name} has ${readersMoney(about.balanceMinor, about.currency)}${now}.`;
  if (offers.length === 0) {
    return {
      name: 'rescue-none',
      parts: [
        text(`${has} ${noneWords(to.needs)}`),
        ...buttons(
          press('Top up', 'topup', {}, { workspace: about.id, style: 'primary' }),
          press('Ask an owner', 'topup', { ask: true }, { workspace: about.id }),
        ),
      ],
      ...footOf(about),
    };
  }
  return {
    name: 'rescue',
    parts: [
      text(`${has} Move some here? You see both balances before anything moves.`),
      { part: 'list', items: offers.map((offer) => offerItem(about, offer)) },
    ],
    ...footOf(about),
  };
}

function noneWords(needs: 'nothing' | 'unknown' | undefined): string {
  switch (needs) {
    case 'nothing':
      return 'That is enough for now.';
    case 'unknown':
      return 'It never had any, so what it needs is not known yet. To move an amount here, type transfer, the amount and where from.';
    case undefined:
      return 'None of your other workspaces can spare any for it.';
  }
}

function offerItem(about: About, { from, amountMinor, asks, daysThere, daysHere }: Rescue) {
  const amount = readersMoney(amountMinor, from.currency);
  const left = readersMoney(from.balanceMinor - amountMinor, from.currency);
  const lasting = (name: string, days: number) => ` ${name} would last ${aboutDays(days)}.`;
  const detail = [
    `${amount} of ${readersMoney(from.balanceMinor, from.currency)}, so ${left} stays.`,
    daysThere === undefined ? '' : lasting(from.name, daysThere),
    daysHere === undefined ? '' : lasting(about.name, daysHere),
  ].join('');
  const args = { amount: plainAmount(amountMinor, from.currency), to: about.id };
  return {
    title: [{ strong: from.name }],
    detail: [detail],
    buttons: [press(`${asks ? 'Ask for' : 'Move'} ${amount}`, 'transfer', args, { workspace: from.id })],
  };
}

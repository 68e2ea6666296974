import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Button, Card } from '../card.js';
import { type About, buttons, detailsOf, footOf, openLink, press, subtle, text } from '../parts.js';

type WithBalance = About & { balanceMinor: number };

export interface BalanceFacts {
  about: WithBalance;
  heldMinor: number;
  level: 'ok' | 'low' | 'critical' | 'empty';
  /** How automatic payments stand, in a few words; absent where there are none. */
  automatic?: string;
}

/** One workspace's balance, to one person or, shared, to everybody; `asked`: the conversation to share it with. */
export function balanceCard(facts: BalanceFacts, to: { shared?: { by: string }; asked?: string }): Card {
  const { about, heldMinor } = facts;
  const money = (minor: number) => readersMoney(minor, about.currency);
  const has = `${about.name} has ${money(about.balanceMinor)}.`;
  const held =
    heldMinor > 0 ? [`${money(about.balanceMinor - heldMinor)} of it is available, ${money(heldMinor)} is held.`] : [];
  return {
    name: to.shared ? 'balance-shared' : 'balance',
    ...(facts.level !== 'ok' && {
      heading: { text: `${LEVEL_WORDS[facts.level]}: ${has}`, mood: facts.level === 'low' ? 'warning' : 'bad' },
    }),
    parts: [
      ...(facts.level === 'ok' ? [text([has, ...held].join(' '))] : held.map((words) => text(words))),
      ...(facts.automatic ? [subtle(`Automatic: ${facts.automatic}.`)] : []),
      ...(to.shared ? [subtle(`Shared by ${to.shared.by}.`)] : []),
      ...buttons(
        press('Add balance', 'topup', {}, { workspace: about.id, style: 'primary' }),
        to.shared ? undefined : press('Why?', 'why', {}, { workspace: about.id }),
        press('History', 'history', {}, { workspace: about.id }),
        to.asked ? press('Share', 'balance', { share: true, where: to.asked }, { workspace: about.id }) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

/** The balance as its reader puts it into any conversation: without buttons, which find no bot where it was not added. */
export function insertedBalanceCard(facts: BalanceFacts, by: string): Card {
  const { parts, ...card } = balanceCard(facts, { shared: { by } });
  return { ...card, name: 'balance-inserted', parts: parts.filter(({ part }) => part !== 'buttons') };
}

const LEVEL_WORDS = { low: 'Low', critical: 'Very low', empty: 'Empty' } as const;

/** The way to the payment page: `[Pay £100.00]`. */
export function payCard(to: { about: WithBalance; amountMinor: number; url: string; instead?: Button }): Card {
  const amount = readersMoney(to.amountMinor, to.about.currency);
  return {
    name: 'topup-pay',
    parts: [
      text(
        `${amount} for ${to.about.name}. You pay on the payment page; the balance grows when the payment is through.`,
      ),
      ...buttons(openLink(`Pay ${amount}`, to.url), to.instead),
    ],
    ...footOf(to.about),
  };
}

/** To the channel: `£100.00 added. Balance £100.00.` */
export function toppedUpCard(to: { about: WithBalance; amountMinor: number; by?: string; entry?: string }): Card {
  return {
    name: 'topup-done',
    parts: [
      text(
        `${readersMoney(to.amountMinor, to.about.currency)} added. Balance ${readersMoney(to.about.balanceMinor, to.about.currency)}.`,
      ),
      ...(to.by ? [subtle(`Added by ${to.by}.`)] : []),
      ...detailsOf(to.about, to.entry),
    ],
    ...footOf(to.about),
  };
}

/** `Ask for £100.00`: sends the request that the person was offered. */
export function askForButton(about: About, amountMinor: number, why?: string): Button {
  const args = { amount: plainAmount(amountMinor, about.currency), ask: true, ...(why && { why }) };
  return press(`Ask for ${readersMoney(amountMinor, about.currency)}`, 'topup', args, {
    workspace: about.id,
    style: 'primary',
  });
}

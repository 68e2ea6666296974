import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import { moment, type Stopped } from './automatic-card.js';
import { reasonWords, type Rules, ruleSentences, triesLeft } from './automatic-words.js';
import type { Button, Card } from '../card.js';
import { type About, buttons, detailsOf, footOf, listOf, openLink, press, subtle, text } from '../parts.js';

type Kind = 'below' | 'monthly';
/** Whom a card is for: the channel gets totals and the way to add balance, the primary owner what mends it. */
export type Reader = 'channel' | 'primaryOwner';

interface Said {
  about: About;
  reader: Reader;
  /** Names of the primary owner, for the others. */
  owners: readonly string[];
}

/** To the channel: `£50.00 added. Balance £68.40.` */
export function automaticAddedCard(to: {
  about: About & { balanceMinor: Minor };
  amountMinor: Minor;
  kind: Kind;
  /** The key of its line. */
  entry?: string;
}): Card {
  const { about, amountMinor, kind } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  return {
    name: 'auto-added',
    parts: [
      text(`${money(amountMinor)} added. Balance ${money(about.balanceMinor)}.`),
      subtle(kind === 'below' ? 'Added automatically, as the balance ran low.' : 'The monthly recharge.'),
      ...detailsOf(about, to.entry),
    ],
    ...footOf(about),
  };
}

/** A try that took nothing, and will be made again. */
export function automaticDeclinedCard(
  to: Said & { kind: Kind; amountMinor: Minor; code: string; nextTryAt: Date; triesLeft: number; zone: string },
): Card {
  const { about, amountMinor } = to;
  const what = to.kind === 'below' ? 'The automatic top-up' : 'The monthly recharge';
  return {
    name: 'auto-declined',
    heading: {
      text: `${what} of ${readersMoney(amountMinor, about.currency)} did not go through: ${reasonWords(to.code)}.`,
      mood: 'warning',
    },
    parts: [
      text('Nothing was taken. Next try ', moment(to.nextTryAt, to.zone, 'dateTime'), `, ${triesLeft(to.triesLeft)}.`),
      ...(to.reader === 'channel'
        ? buttons(topUp(about, amountMinor))
        : buttons(topUp(about, amountMinor), changeCard(about), act(about, 'Try now', 'resume'))),
    ],
    ...footOf(about),
  };
}

/** Nothing is tried any more until somebody does something. */
export function automaticStoppedCard(
  to: Said & { why: Stopped; code?: string; amountMinor?: Minor; url?: string },
): Card {
  const { about, reader } = to;
  return {
    name: 'auto-stopped',
    heading: { text: `Automatic payments of ${about.name} are paused: ${whyWords(to)}.`, mood: 'bad' },
    parts: [
      text(
        `${to.why === 'setAside' ? 'What was paid is kept safe.' : 'Nothing was taken.'} ${reader === 'primaryOwner' ? MENDS[to.why] : othersWords(to)}`,
      ),
      ...buttons(...(reader === 'primaryOwner' ? mending(to) : [topUp(about, to.amountMinor)])),
    ],
    ...footOf(about),
  };
}

function whyWords({ why, code }: { why: Stopped; code?: string }): string {
  switch (why) {
    case 'noCard':
      return 'no card is saved';
    case 'setAside':
      return 'a payment came in that does not fit';
    case 'wentBack':
      return 'money of an earlier payment went back to its payer';
    case 'declined':
    case 'cardRefused':
    case 'cardholder':
      return reasonWords(code ?? '');
  }
}

/** What the primary owner can do. */
const MENDS: Readonly<Record<Stopped, string>> = {
  declined: 'That was the last try. Change the card and they go on by themselves; or resume, and it is tried at once.',
  cardRefused: 'Change the card and they go on by themselves.',
  cardholder: 'Pay this once yourself, or change the card. Then resume.',
  noCard: 'Pay once by link, and the card is kept; then they go on by themselves.',
  setAside: 'Support is looking at it. Resume when that is cleared up.',
  wentBack:
    'The balance is low for that alone, and what went back is not charged again by itself. Resume, and it is topped up.',
};

function othersWords({ owners, why }: { owners: readonly string[]; why: Stopped }): string {
  if (why === 'setAside') return 'Support is looking at it.';
  return owners.length > 0
    ? `${listOf(owners, 'or')} can mend it, and was told how. Until then balance is added by hand.`
    : 'Until then balance is added by hand.';
}

function mending({ about, amountMinor, url, why }: Parameters<typeof automaticStoppedCard>[0]): (Button | undefined)[] {
  const pay =
    url && amountMinor ? openLink(`Pay ${readersMoney(amountMinor, about.currency)}`, url) : topUp(about, amountMinor);
  const card = why === 'setAside' || why === 'noCard' || why === 'wentBack' ? undefined : changeCard(about);
  return [why === 'setAside' ? undefined : pay, card, act(about, 'Resume', 'resume')];
}

/** The month's maximum is reached and the balance is below the threshold all the same. */
export function automaticMaximumCard(
  to: Said & { maximumMinor: Minor; belowMinor: Minor; againAt: Date; zone: string },
): Card {
  const { about } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  return {
    name: 'auto-maximum',
    heading: {
      text: `Monthly maximum reached: ${about.name} added ${money(to.maximumMinor)} by itself.`,
      mood: 'warning',
    },
    parts: [
      text(
        `The balance is below ${money(to.belowMinor)} all the same. It adds again from `,
        moment(to.againAt, to.zone, 'date'),
        '.',
      ),
      text(
        to.reader === 'primaryOwner'
          ? 'Until then add balance by hand, or raise the maximum.'
          : `Until then add balance by hand${to.owners.length > 0 ? `, or ask ${listOf(to.owners, 'or')} to raise the maximum` : ''}.`,
      ),
      ...buttons(
        press('Top up', 'topup', {}, { workspace: about.id, style: 'primary' }),
        press('Change the maximum', 'auto', { what: 'topup' }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** A recharge that was found too late, as after days in which nothing ran. */
export function rechargeMissedCard(to: Said & { amountMinor: Minor; dueAt: Date; nextAt: Date; zone: string }): Card {
  const { about, amountMinor, zone } = to;
  return {
    name: 'auto-missed',
    heading: { text: `A monthly recharge of ${about.name} was left out`, mood: 'warning' },
    parts: [
      text(
        `${readersMoney(amountMinor, about.currency)} was due on `,
        moment(to.dueAt, zone, 'date'),
        ', and could not be charged for days. Nothing was taken. The next is on ',
        moment(to.nextAt, zone, 'date'),
        '.',
      ),
      ...buttons(topUp(about, amountMinor)),
    ],
    ...footOf(about),
  };
}

/** To the channel: somebody, or another card, changed how it stands. */
export function automaticChangedCard(to: {
  about: About;
  by?: string;
  change: 'on' | 'paused' | 'resumed' | 'off' | 'resumedByCard';
  rules: Rules;
}): Card {
  const { about, by = 'Somebody', change, rules } = to;
  const what = `automatic payments of ${about.name}`;
  const said = {
    on: `${by} set ${what}.`,
    paused: `${by} paused ${what}. Nothing is charged until somebody resumes.`,
    resumed: `${by} resumed ${what}.`,
    off: `${by} turned off ${what}.`,
    resumedByCard: `The card was changed, so ${what} go on.`,
  }[change];
  const shows = change === 'on' || change === 'resumed' || change === 'resumedByCard';
  return {
    name: 'auto-changed',
    parts: [text(said), ...(shows ? ruleSentences(rules, about.currency).map((rule) => text(rule)) : [])],
    ...footOf(about),
  };
}

function topUp(about: About, amountMinor: Minor | undefined): Button {
  const args = amountMinor ? { amount: plainAmount(amountMinor, about.currency) } : {};
  return press('Top up', 'topup', args, { workspace: about.id, style: 'primary' });
}

function changeCard(about: About): Button {
  return press('Change the card', 'billing', {}, { workspace: about.id });
}

function act(about: About, label: string, what: 'resume'): Button {
  return press(label, 'auto', { what }, { workspace: about.id });
}

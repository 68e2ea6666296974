import type { Forecast } from '../../forecast/forecast.js';
import type { Minor } from '../../ledger/entry.js';
import { LEAST_PAYMENT_MINOR, plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Form, Part, Text } from '../card.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';
import { lastsWords, rangeWords } from './lasts-words.js';

type WithBalance = About & { balanceMinor: Minor };

const SOON_DAYS = 7;

interface Told {
  about: WithBalance;
  lasts: Forecast;
  zone: string;
  /** How automatic payments stand, in a few words; absent where there are none. */
  automatic?: string;
}

/** How long the balance lasts at the pace it has: to one person, who may share it where it was asked, or shared. */
export function forecastCard(facts: Told, to: { shared?: { by: string }; asked?: string } = {}): Card {
  const { about, lasts, automatic } = facts;
  const how = { workspace: about.id };
  const soon = lasts.kind === 'days' && lasts.daysLeft < SOON_DAYS;
  return {
    name: to.shared ? 'forecast-shared' : `forecast-${lasts.kind}`,
    heading: { text: lastsWords(lasts), ...(soon && { mood: 'warning' as const }) },
    parts: [
      text(meaning(about, lasts)),
      ...figures(facts),
      ...(automatic && lasts.kind !== 'days' ? [text(`Automatic: ${automatic}.`)] : []),
      ...(to.shared ? [subtle(`Shared by ${to.shared.by}.`)] : []),
      ...buttons(
        press('Add balance', 'topup', {}, { ...how, ...(soon && { style: 'primary' as const }) }),
        press('Try a quantity', 'forecast', { ask: true }, how),
        press('Why?', 'why', {}, how),
        to.asked ? press('Share', 'forecast', { share: true, where: to.asked }, how) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

function meaning({ name, balanceMinor, currency }: WithBalance, lasts: Forecast): string {
  const has = `${name} has ${readersMoney(balanceMinor, currency)}`;
  switch (lasts.kind) {
    case 'tooNew':
      return `${has}. After three full days of spending I can tell how long it lasts.`;
    case 'idle':
      return `${has}, and no end is in sight.`;
    case 'days':
      return `${has} and is going to spend about ${readersMoney(lasts.perDayMinor, currency)} a day.`;
  }
}

function figures({ about, lasts, zone, automatic }: Told): Part[] {
  if (lasts.kind !== 'days') return [];
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const range = rangeWords(lasts);
  const shown: { label: string; value: Text }[] = [
    { label: 'Runs out', value: [...runsOut(lasts, zone)] },
    ...(range ? [{ label: 'Four times out of five', value: [`it lasts ${range} days`] }] : []),
    {
      label: 'Spent a day',
      value: [`${money(lasts.lastDayMinor)} yesterday, usually about ${money(lasts.usualPerDayMinor)}`],
    },
    ...(automatic ? [{ label: 'Automatic', value: [automatic] }] : []),
  ];
  return [{ part: 'facts', facts: shown }];
}

function runsOut({ daysLeft, runsOutOn }: Extract<Forecast, { kind: 'days' }>, zone: string): Text {
  if (daysLeft > 365) return ['in more than a year'];
  return ['about ', { time: runsOutOn.toISOString(), show: 'date', zone }];
}

/** Private: what a quantity of an item costs, and how long the balance lasts with and without it. */
export function quantityCard(to: {
  about: WithBalance;
  availableMinor: Minor;
  item: string;
  quantity: number;
  costMinor: Minor;
  now: Forecast;
  after: Forecast;
}): Card {
  const { about, availableMinor, item, quantity, costMinor, now, after } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const what = `${quantity.toLocaleString('en-GB')} ${item} ${quantity === 1 ? 'costs' : 'cost'} ${money(costMinor)}`;
  const shortMinor = costMinor - availableMinor;
  const short = shortMinor > 0;
  const how = { workspace: about.id };
  const amount = plainAmount(Math.max(shortMinor, LEAST_PAYMENT_MINOR), about.currency);
  return {
    name: short ? 'forecast-short' : 'forecast-quantity',
    heading: {
      text: short ? `${what}: ${money(shortMinor)} more than there is.` : `${what}.`,
      ...(short && { mood: 'warning' as const }),
    },
    parts: [
      ...(availableMinor < about.balanceMinor
        ? [text(`${money(availableMinor)} of ${money(about.balanceMinor)} is available; the rest is set aside.`)]
        : []),
      ...(short
        ? []
        : [
            {
              part: 'table' as const,
              columns: [
                { heading: about.name },
                { heading: 'Now', align: 'right' as const },
                { heading: 'Afterwards', align: 'right' as const },
              ],
              rows: [
                ['Balance', money(about.balanceMinor), money(about.balanceMinor - costMinor)],
                ['Lasts', daysWords(now), daysWords(after)],
              ],
            },
          ]),
      ...buttons(
        short
          ? press('Add balance', 'topup', { amount }, { ...how, style: 'primary' })
          : press('Add balance', 'topup', {}, how),
        press('Another quantity', 'forecast', { ask: true, item, quantity: String(quantity) }, how),
        press('Forecast', 'forecast', {}, how),
      ),
    ],
    ...footOf(about),
  };
}

function daysWords(lasts: Forecast): string {
  if (lasts.kind === 'tooNew') return 'too new to guess';
  if (lasts.kind === 'idle') return 'no end in sight';
  return lasts.daysLeft > 365 ? 'more than a year' : `about ${count(lasts.daysLeft, 'day')}`;
}

/** Asks how much of what. */
export function quantityForm(to: { about: About; items: readonly string[]; quantity?: string; item?: string }): Form {
  const { about, items, quantity, item } = to;
  return {
    name: 'forecast',
    title: 'Try a quantity',
    submit: 'Show',
    intro: [`What would it do to ${about.name}'s balance? Nothing is spent.`],
    call: { command: 'forecast', args: {}, workspace: about.id },
    fields: [
      {
        name: 'quantity',
        label: 'How many',
        input: 'line',
        maxLength: 20,
        ...(quantity !== undefined && { initial: quantity }),
      },
      {
        name: 'item',
        label: 'Of what',
        input: 'choice',
        options: items.map((one) => ({ value: one, label: one })),
        ...(item !== undefined && items.includes(item) && { initial: item }),
      },
    ],
  };
}

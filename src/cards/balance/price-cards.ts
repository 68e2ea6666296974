import { readersPrice } from '../../readers-money.js';
import { askAnew } from '../ask-anew.js';
import type { Card, Form } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';
import { timeWords } from '../plain-text.js';

export interface PriceLine {
  item: string;
  /** Millionths of a minor unit; none where it is not sold now. */
  priceMicro?: number;
  /** Set for this workspace alone. */
  own: boolean;
  /** The account's, where the workspace has its own. */
  accountMicro?: number;
  /** Null: it is sold no longer from then on. */
  next?: { priceMicro: number | null; from: string };
}

/** Private: what each item costs, and what is going to change. */
export function pricesCard(to: {
  about: About;
  zone: string;
  prices: readonly PriceLine[];
  mayChange: boolean;
  /** Who sets them, for those who may not. */
  setBy: string;
  offset: number;
  total: number;
  pageSize: number;
  search?: string;
  said?: string;
}): Card {
  const { about, offset, pageSize, prices, search, total, zone } = to;
  const page = (label: string, start: number) =>
    press(label, 'prices', { ...(search && { item: search }), offset: start }, { workspace: about.id });
  const coming = prices.flatMap(({ item, next }) => (next ? [comingWords(item, next, about, zone)] : []));
  return {
    name: 'prices',
    heading: { text: `${about.name}'s prices` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(prices.length > 0
        ? [
            {
              part: 'table' as const,
              columns: [{ heading: 'Item' }, { heading: 'Set for' }, { heading: 'Each', align: 'right' as const }],
              rows: prices.map((line) => rowOf(line, about)),
            },
          ]
        : [
            text(
              search ? 'No item is called like that.' : 'No prices yet. Until there are, usage is reported as amounts.',
            ),
          ]),
      ...(total > pageSize ? [subtle(`${offset + 1} to ${offset + prices.length} of ${total}`)] : []),
      ...(coming.length > 0 ? [subtle(coming.join('\n'))] : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        to.mayChange ? press('Set a price', 'prices', { change: true }, { workspace: about.id }) : undefined,
      ),
      ...(to.mayChange ? [] : [subtle(`${to.setBy} sets them.`)]),
    ],
    ...footOf(about),
  };
}

function rowOf({ item, priceMicro, own, accountMicro }: PriceLine, { currency, name }: About): string[] {
  const each = priceMicro === undefined ? 'not yet' : readersPrice(priceMicro, currency);
  const instead = accountMicro === undefined ? '' : ` (else ${readersPrice(accountMicro, currency)})`;
  return [item, own ? `${name}${instead}` : 'all workspaces', each];
}

function comingWords(item: string, next: NonNullable<PriceLine['next']>, about: About, zone: string): string {
  const day = timeWords(next.from, 'dateTime', zone);
  return next.priceMicro === null
    ? `${item} has no price any more from ${day}.`
    : `${item} costs ${readersPrice(next.priceMicro, about.currency)} from ${day}.`;
}

/** For whom a price is set. */
export type PriceScope = 'workspace' | 'account';

export function priceForm(to: {
  about: About;
  scopes: readonly PriceScope[];
  item?: string;
  price?: string;
  from?: string;
}): Form {
  const { about, scopes } = to;
  const labels: Record<PriceScope, string> = { workspace: `${about.name} alone`, account: 'All workspaces' };
  return {
    name: 'set-price',
    title: 'Set a price',
    submit: 'Look at it',
    call: { command: 'prices', args: { change: true }, workspace: about.id },
    fields: [
      {
        name: 'item',
        label: 'Item',
        hint: 'As usage reports it, like sms.',
        input: 'line',
        maxLength: 100,
        ...(to.item && { initial: to.item }),
      },
      {
        name: 'price',
        label: 'Price of one',
        hint: 'Like 0.04 or 0.0075; off takes the price away.',
        input: 'amount',
        currency: about.currency,
        ...(to.price && { initial: to.price }),
      },
      {
        name: 'from',
        label: 'From',
        hint: 'Left empty: now. Else like 1 December or 2026-12-01.',
        input: 'line',
        maxLength: 40,
        optional: true,
        ...(to.from && { initial: to.from }),
      },
      {
        name: 'scope',
        label: 'For',
        input: 'choice',
        options: scopes.map((value) => ({ value, label: labels[value] })),
        ...(scopes[0] && { initial: scopes[0] }),
      },
    ],
  };
}

/** Private, before a price is set: what it means. `anew`: an older card showed another price until then. */
export function priceConfirmCard(to: {
  about: About;
  zone: string;
  item: string;
  /** Null: taken away. */
  priceMicro: number | null;
  beforeMicro?: number;
  /** What the workspace falls back to. */
  thenMicro?: number;
  /** None: now. */
  from?: string;
  scope: PriceScope;
  /** The button's arguments. */
  args: { item: string; price: string; scope: PriceScope; from?: string };
  key: string;
  anew: boolean;
}): Card {
  const { about, beforeMicro, from, item, priceMicro, scope } = to;
  const money = (micro: number) => readersPrice(micro, about.currency);
  const where = scope === 'account' ? 'In all workspaces without a price of their own' : `In ${about.name}`;
  const when = from === undefined ? 'from now on' : `from ${timeWords(from, 'dateTime', to.zone)}`;
  const instead = beforeMicro === undefined ? '' : ` instead of ${money(beforeMicro)}`;
  const gone = to.thenMicro === undefined ? 'has no price of its own' : `costs ${money(to.thenMicro)} again`;
  const what = priceMicro === null ? gone : `costs ${money(priceMicro)}`;
  const card: Card = {
    name: 'price-confirm',
    parts: [
      text(`${where} one ${item} ${what}${instead} ${when}.`),
      subtle('What was used before keeps the price of its own time, also when it is reported late.'),
      ...buttons(
        press(
          priceMicro === null ? 'Take it away' : 'Set it',
          'prices',
          { ...to.args, was: beforeMicro ?? null, sure: true },
          { workspace: about.id, style: 'primary', key: to.key },
        ),
      ),
    ],
    ...footOf(about),
  };
  if (!to.anew) return card;
  const now = beforeMicro === undefined ? 'has no price' : `costs ${money(beforeMicro)}`;
  return askAnew(card, `One ${item} ${now} by now.`);
}

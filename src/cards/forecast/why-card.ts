import type { EntryKind, Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Inline, Part, WaterfallStep } from '../card.js';
import { KIND_WORDS } from '../balance/ledger-cards.js';
import { type About, buttons, comparedAmount, count, footOf, press, subtle, text } from '../parts.js';

/** One reason why a balance changed; see forecast/waterfall.ts. */
interface Cause {
  kind: EntryKind;
  resource?: string;
  others?: number;
  changeMinor: Minor;
}

/** From when on: the reader's last look, so many days, or the month. */
export type WhySince = { is: 'look' | 'month' } | { is: 'days'; days: number };

interface Told {
  about: About & { balanceMinor: Minor };
  openingMinor: Minor;
  causes: readonly Cause[];
  since: WhySince;
  from: string;
  zone: string;
  /** By name, the dearest first, for who may see it. */
  people?: readonly (readonly [name: string, minor: Minor])[];
  /** The reader's own, for who may not. */
  ownMinor?: Minor;
}

/** How the balance came to be what it is, step by step: to one person, who may share it where it was asked, or shared. */
export function whyCard(facts: Told, to: { shared?: { by: string }; asked?: string } = {}): Card {
  const { about, openingMinor, causes, since } = facts;
  const { shared } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const went = `${about.name} went from ${money(openingMinor)} to ${money(about.balanceMinor)}.`;
  const still = `${about.name} has ${money(about.balanceMinor)}, as before.`;
  const how = { workspace: about.id };
  return {
    name: shared ? 'why-shared' : causes.length > 0 ? 'why' : 'why-nothing',
    heading: { text: about.balanceMinor === openingMinor ? still : went },
    parts: [
      text(...(shared ? sharedSince(facts) : sinceWords(facts))),
      ...(causes.length > 0 ? [waterfall(facts)] : [text('Nothing came in and nothing went out in that time.')]),
      ...(shared ? [subtle(`Shared by ${shared.by}.`)] : peopleParts(facts)),
      ...buttons(
        shared || since.is === 'look' ? undefined : press('Since my last look', 'why', {}, how),
        shared || since.is === 'days' ? undefined : press('7 days', 'why', { days: 7 }, how),
        shared || since.is === 'month' ? undefined : press('This month', 'why', { month: true }, how),
        press('History', 'history', {}, how),
        press('Forecast', 'forecast', {}, how),
        to.asked ? press('Share', 'why', { share: true, since: facts.from, where: to.asked }, how) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

function sinceWords({ since, from, zone }: Told): Inline[] {
  if (since.is === 'days') return [since.days === 1 ? 'In the last day.' : `In the last ${since.days} days.`];
  if (since.is === 'month') return ['This month so far.'];
  return ['Since you last looked, ', { time: from, show: 'dateTime', zone }, '.'];
}

/** Whose last look it was is nobody else's business. */
function sharedSince({ from, zone }: Told): Inline[] {
  return ['Since ', { time: from, show: 'dateTime', zone }, '.'];
}

function waterfall({ about, openingMinor, causes }: Told): Part {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const balance = (label: string, minor: Minor): WaterfallStep => {
    return { label, is: 'balance', from: 0, to: minor, shown: money(minor) };
  };
  let standsMinor = openingMinor;
  const steps = causes.map((cause): WaterfallStep => {
    const from = standsMinor;
    standsMinor += cause.changeMinor;
    const way = cause.changeMinor > 0 ? 'in' : 'out';
    return {
      label: causeWords(cause),
      is: way,
      from,
      to: standsMinor,
      shown: `${money(Math.abs(cause.changeMinor))} ${way}`,
    };
  });
  const [most] = causes.toSorted((a, b) => Math.abs(b.changeMinor) - Math.abs(a.changeMinor));
  const finding = most
    ? `Most of it: ${causeWords(most)}, ${money(Math.abs(most.changeMinor))} ${most.changeMinor > 0 ? 'in' : 'out'}.`
    : '';
  return {
    part: 'waterfall',
    finding,
    steps: [balance('Before', openingMinor), ...steps, balance('Now', standsMinor)],
  };
}

function causeWords({ kind, resource, others }: Cause): string {
  if (kind === 'transfer') return 'Transfers';
  if (kind !== 'usage') return KIND_WORDS[kind];
  if (resource !== undefined) return resource;
  return others === undefined ? 'Other usage' : `${count(others, 'other')} and the rest`;
}

const MOST_PEOPLE = 5;

function peopleParts({ about, people = [], ownMinor = 0 }: Told): Part[] {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  if (ownMinor > 0) return [text(`You spent ${money(ownMinor)} of it.`)];
  const [top] = people;
  if (!top) return [];
  const rest = people.slice(MOST_PEOPLE).reduce((sum, [, minor]) => sum + minor, 0);
  const shown = rest > 0 ? [...people.slice(0, MOST_PEOPLE), ['others', rest] as const] : people;
  return [
    {
      part: 'bars',
      finding: `Most was spent by ${top[0]}: ${money(top[1])}.`,
      bars: shown.map(([label, minor]) => comparedAmount(label, minor, about.currency)),
    },
  ];
}

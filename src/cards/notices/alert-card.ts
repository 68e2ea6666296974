import type { Level, Minor } from '../../ledger/entry.js';
import { formatMoney } from '../../money.js';
import type { Card, Mood, Part } from '../card.js';
import { type About, buttons, count, footOf, listOf, press, text } from '../parts.js';

/** What a balance alert tells; amounts in minor units of the workspace's currency. */
export interface AlertFacts {
  about: About & { balanceMinor: Minor };
  level: Exclude<Level, 'ok'>;
  /** What was crossed; absent where the balance is gone. */
  under?: { percent: number } | { minor: Minor };
  lasts:
    | { kind: 'tooNew' }
    | { kind: 'idle' }
    | { kind: 'days'; perDayMinor: Minor; lastDayMinor: Minor; daysLeft: number; runsOutOn: Date };
  zone: string;
  /** The dearest first; three are shown. */
  resources: readonly (readonly [name: string, minor: Minor])[];
  /** How automatic payments stand, in a few words; absent where there are none. */
  automatic?: string;
  /** Who can add balance. */
  owners: readonly string[];
}

const STATUS: Readonly<Record<AlertFacts['level'], { word: string; mood: Mood }>> = {
  low: { word: 'Low', mood: 'warning' },
  critical: { word: 'Very low', mood: 'bad' },
  empty: { word: 'Empty', mood: 'bad' },
};

/** `Low: Marketing has £18.40, under 20 %. Too new to guess days.` */
export function alertCard(facts: AlertFacts): Card {
  const { about, level } = facts;
  const { word, mood } = STATUS[level];
  const has = `${word}: ${about.name} has ${money(facts, about.balanceMinor)}`;
  return {
    name: `alert-${level}`,
    heading: { text: level === 'empty' ? `${has}.` : `${has}${crossed(facts)}. ${lastsWords(facts)}`, mood },
    parts: [
      ...(level === 'empty' ? emptyParts(facts) : []),
      ...figures(facts),
      ...buttons(
        press('Top up', 'topup', {}, { workspace: about.id, style: 'primary' }),
        press('Ask an owner', 'topup', { ask: true }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** What becomes of an alert: `All clear. Olivia added £100.00. Balance £118.40.` */
export function allClearCard(to: {
  about: About & { balanceMinor: Minor };
  added?: { by?: string; amountMinor: Minor };
}): Card {
  const { about, added } = to;
  const amount = added && formatMoney(added.amountMinor, about.currency);
  const how = added ? (added.by ? ` ${added.by} added ${amount}.` : ` ${amount} added.`) : '';
  return {
    name: 'alert-clear',
    heading: { text: `All clear.${how} Balance ${formatMoney(about.balanceMinor, about.currency)}.`, mood: 'good' },
    parts: [],
    ...footOf(about),
  };
}

function money({ about }: AlertFacts, minor: Minor): string {
  return formatMoney(minor, about.currency);
}

function crossed(facts: AlertFacts): string {
  const { under } = facts;
  if (!under) return '';
  return `, under ${'percent' in under ? `${under.percent} %` : money(facts, under.minor)}`;
}

function lastsWords({ lasts }: AlertFacts): string {
  switch (lasts.kind) {
    case 'tooNew':
      return 'Too new to guess days.';
    case 'idle':
      return 'Nothing was spent lately.';
    case 'days':
      return lasts.daysLeft === 0 ? 'It may not last the day.' : `About ${count(lasts.daysLeft, 'day')} left.`;
  }
}

function emptyParts({ about, owners }: AlertFacts): Part[] {
  const mend =
    owners.length > 0
      ? `${listOf(owners, 'or')} can add balance; everybody can ask.`
      : 'Everybody can ask for balance.';
  return [
    text(
      `Usage of ${about.name} is refused until there is balance again. People, requests and reports go on as before.`,
    ),
    text(mend),
  ];
}

function figures(facts: AlertFacts): Part[] {
  const { lasts, zone } = facts;
  const top = facts.resources.slice(0, 3);
  const shown = [
    ...(lasts.kind === 'days'
      ? [
          {
            label: 'Spent a day',
            value: [`${money(facts, lasts.lastDayMinor)} yesterday, usually about ${money(facts, lasts.perDayMinor)}`],
          },
          ...(facts.level === 'empty'
            ? []
            : [
                {
                  label: 'Runs out',
                  value: ['about ', { time: lasts.runsOutOn.toISOString(), show: 'date' as const, zone }],
                },
              ]),
        ]
      : []),
    ...(top.length > 0
      ? [{ label: 'Most went to', value: [top.map(([name, minor]) => `${name} ${money(facts, minor)}`).join(', ')] }]
      : []),
    ...(facts.automatic ? [{ label: 'Automatic', value: [facts.automatic] }] : []),
  ];
  return shown.length > 0 ? [{ part: 'facts', facts: shown }] : [];
}

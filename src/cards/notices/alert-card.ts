import type { Forecast } from '../../forecast/forecast.js';
import type { Level, Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card, Mood, Part, Text } from '../card.js';
import { LONGEST, lastsWords, rangeWords } from '../forecast/lasts-words.js';
import { type About, buttons, footOf, listOf, press, quoted, text } from '../parts.js';
import { snoozeButton } from './snooze-cards.js';

/** What a balance alert tells; amounts in minor units of the workspace's currency. */
export interface AlertFacts {
  about: About & { balanceMinor: Minor };
  level: Exclude<Level, 'ok'>;
  /** What was crossed; absent where the balance is gone, and where it is the days that are few. */
  under?: { percent: number } | { minor: Minor };
  lasts: Forecast;
  zone: string;
  /** The dearest first; three are shown. */
  resources: readonly (readonly [name: string, minor: Minor])[];
  /** How automatic payments stand, in a few words; absent where there are none. */
  automatic?: string;
  /** Who can add balance. */
  owners: readonly string[];
  /** Reserved for campaigns, which go on. */
  heldMinor?: Minor;
  /** Somebody knows of it; `until` as in JSON. */
  snoozed?: { by: string; until: string; why: string };
  /** What somebody does about it. */
  reaction?: { kind: 'paying' | 'onItsWay' | 'asked'; by: string; amountMinor: Minor };
  /** To an owner directly, as nobody in its channel did anything. */
  escalated?: boolean;
  /** The company has other workspaces, which may have balance to spare. */
  siblings?: boolean;
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
    heading: { text: level === 'empty' ? `${has}.` : `${has}${crossed(facts)}. ${shortly(facts.lasts)}`, mood },
    parts: [
      ...(level === 'empty' ? emptyParts(facts) : []),
      ...standing(facts),
      ...figures(facts),
      ...buttons(
        press('Top up', 'topup', {}, { workspace: about.id, style: 'primary' }),
        press('Ask an owner', 'topup', { ask: true }, { workspace: about.id }),
      ),
      ...buttons(
        facts.siblings ? press('Move balance here', 'rescue', {}, { workspace: about.id }) : undefined,
        snoozeButton({ workspace: about.id, snoozed: facts.snoozed !== undefined }),
      ),
    ],
    ...footOf(about),
  };
}

/** What becomes of an alert: `All clear. Olivia added £100.00. Balance £118.40.` */
export function allClearCard(to: {
  about: About & { balanceMinor: Minor };
  added?: { how: 'added' | 'moved'; by?: string; amountMinor: Minor };
}): Card {
  const { about, added } = to;
  const how = added ? ` ${addedWords(added, about)}` : '';
  return {
    name: 'alert-clear',
    heading: { text: `All clear.${how} Balance ${readersMoney(about.balanceMinor, about.currency)}.`, mood: 'good' },
    parts: [],
    ...footOf(about),
  };
}

/** What becomes of the alert of a workspace that is disabled meanwhile. */
export function alertOverCard(about: About): Card {
  return {
    name: 'alert-over',
    heading: { text: `${about.name} is disabled, so its alert is over.`, mood: 'info' },
    parts: [],
    ...footOf(about),
  };
}

function addedWords({ how, by, amountMinor }: NonNullable<Parameters<typeof allClearCard>[0]['added']>, about: About) {
  const amount = readersMoney(amountMinor, about.currency);
  if (how === 'moved') return by ? `${by} moved ${amount} here.` : `${amount} moved here.`;
  return by ? `${by} added ${amount}.` : `${amount} added.`;
}

/** Who knows of it, and what is being done. */
function standing({ about, escalated, reaction, snoozed, zone }: AlertFacts): Part[] {
  return [
    ...(escalated ? [text('Nobody has acted on it in its channel, so I tell you directly.')] : []),
    ...(reaction ? [text(reactionWords(reaction, about))] : []),
    ...(snoozed
      ? [
          text(
            'Snoozed until ',
            { time: snoozed.until, show: 'dateTime' as const, zone },
            ` by ${snoozed.by}: ${quoted(snoozed.why)}`,
          ),
        ]
      : []),
  ];
}

/** What a message about several says of one: `Olivia is paying £100.00. Snoozed by Adam.` Empty where nobody does anything. */
export function doingWords({ about, reaction, snoozed }: Pick<AlertFacts, 'about' | 'reaction' | 'snoozed'>): string {
  return [
    ...(reaction ? [reactionWords(reaction, about)] : []),
    ...(snoozed ? [`Snoozed by ${snoozed.by}.`] : []),
  ].join(' ');
}

/** `Olivia is paying £100.00.` */
export function reactionWords({ kind, by, amountMinor }: NonNullable<AlertFacts['reaction']>, about: About): string {
  const amount = readersMoney(amountMinor, about.currency);
  switch (kind) {
    case 'paying':
      return `${by} is paying ${amount}.`;
    case 'onItsWay':
      return `${amount} by ${by} is on its way.`;
    case 'asked':
      return `${by} asked for ${amount}.`;
  }
}

function money({ about }: AlertFacts, minor: Minor): string {
  return readersMoney(minor, about.currency);
}

/** The range stands with the day on which it runs out. */
function shortly(lasts: Forecast): string {
  return lastsWords(lasts.kind === 'days' ? { ...lasts, confidence: 'fair' } : lasts);
}

function runsOut(lasts: Extract<Forecast, { kind: 'days' }>, zone: string): Text {
  const range = lasts.confidence === 'rough' ? rangeWords(lasts) : undefined;
  return [
    'about ',
    { time: lasts.runsOutOn.toISOString(), show: 'date', zone },
    ...(range ? [`, maybe in ${range} days`] : []),
  ];
}

function crossed(facts: AlertFacts): string {
  const { under } = facts;
  if (!under) return '';
  return `, under ${'percent' in under ? `${under.percent} %` : money(facts, under.minor)}`;
}

function emptyParts({ about, heldMinor = 0, owners }: AlertFacts): Part[] {
  const mend =
    owners.length > 0
      ? `${listOf(owners, 'or')} can add balance; everybody can ask.`
      : 'Everybody can ask for balance.';
  return [
    text(
      `Usage of ${about.name} is refused until there is balance again. People, requests and reports go on as before.`,
    ),
    ...(heldMinor > 0
      ? [text(`So do the campaigns that run, up to the ${readersMoney(heldMinor, about.currency)} reserved for them.`)]
      : []),
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
            value: [
              `${money(facts, lasts.lastDayMinor)} yesterday, usually about ${money(facts, lasts.usualPerDayMinor)}`,
            ],
          },
          ...(facts.level === 'empty' || lasts.daysLeft >= LONGEST
            ? []
            : [{ label: 'Runs out', value: runsOut(lasts, zone) }]),
        ]
      : []),
    ...(top.length > 0
      ? [{ label: 'Most went to', value: [top.map(([name, minor]) => `${name} ${money(facts, minor)}`).join(', ')] }]
      : []),
    ...(facts.automatic ? [{ label: 'Automatic', value: [facts.automatic] }] : []),
  ];
  return shown.length > 0 ? [{ part: 'facts', facts: shown }] : [];
}

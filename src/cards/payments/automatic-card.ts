import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import { reasonWords, type Rules, ruleSentences, triesLeft } from './automatic-words.js';
import type { Button, Card, Inline, Part } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';

/** Why nothing is charged any more though nobody meant it so. */
export type Stopped = 'declined' | 'cardRefused' | 'cardholder' | 'noCard' | 'setAside' | 'wentBack';
/** Why automatic payments are paused. */
export type Paused = Stopped | 'person' | 'handedOver';

/** How automatic payments stand; amounts in minor units of the workspace's currency. */
export interface AutomaticFacts extends Rules {
  about: About;
  zone: string;
  paused?: { why: Paused; by?: string; code?: string };
  /** Under way: its end is not known yet. */
  chargingMinor?: Minor;
  backingOff?: { code: string; nextTryAt: Date; triesLeft: number };
  addedThisMonthMinor?: Minor;
  rechargeAt?: Date;
  may: { set: boolean; ask: boolean; pause: boolean };
}

/** Private: what is added by itself, how it stands, and how to change it. */
export function automaticCard(facts: AutomaticFacts): Card {
  const { about, paused } = facts;
  const rules = ruleSentences(facts, about.currency);
  const on = rules.length > 0;
  return {
    name: on ? (paused ? 'auto-paused' : 'auto-on') : 'auto-off',
    ...(on && {
      heading: paused
        ? { text: `Automatic payments of ${about.name} are paused`, mood: 'warning' as const }
        : { text: `Automatic payments of ${about.name} are on`, mood: 'good' as const },
    }),
    parts: [
      ...(on ? rules.map((rule) => text(rule)) : [text(`${about.name} adds no balance by itself.`)]),
      ...(on
        ? standing(facts)
        : [subtle('An auto top-up adds when the balance runs low; a recharge adds each month.')]),
      ...buttons(...choices(facts, on)),
    ],
    ...footOf(about),
  };
}

function standing(facts: AutomaticFacts): Part[] {
  const { about, backingOff, chargingMinor, paused } = facts;
  return [
    ...(paused ? [text(pausedWords(paused))] : []),
    ...(backingOff
      ? [
          text(
            `The last try did not go through: ${reasonWords(backingOff.code)}. Next try `,
            moment(backingOff.nextTryAt, facts.zone, 'dateTime'),
            `, ${triesLeft(backingOff.triesLeft)}.`,
          ),
        ]
      : []),
    ...(chargingMinor ? [text(`${readersMoney(chargingMinor, about.currency)} is being charged just now.`)] : []),
    ...figures(facts),
  ];
}

function figures({ about, addedThisMonthMinor, below, paused, rechargeAt, zone }: AutomaticFacts): Part[] {
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  const added =
    below?.monthlyMaxMinor === undefined
      ? money(addedThisMonthMinor ?? 0)
      : `${money(addedThisMonthMinor ?? 0)} of ${money(below.monthlyMaxMinor)}`;
  const facts = [
    ...(below ? [{ label: 'Topped up this month', value: [added] }] : []),
    ...(rechargeAt && !paused ? [{ label: 'Next recharge', value: [moment(rechargeAt, zone, 'date')] }] : []),
  ];
  return facts.length > 0 ? [{ part: 'facts', facts }] : [];
}

function pausedWords({ why, by, code }: NonNullable<AutomaticFacts['paused']>): string {
  const reason = code ? `: ${reasonWords(code)}` : '';
  switch (why) {
    case 'person':
      return `Paused${by ? ` by ${by}` : ''}. Nothing is charged, and nothing is made up for later.`;
    case 'declined':
      return `Every try was declined${reason}. They go on when somebody resumes, or when the card is changed.`;
    case 'cardRefused':
      return `Another card is needed${reason}. They go on when the card is changed.`;
    case 'cardholder':
      return 'The bank wants the cardholder to confirm the payment. They go on when somebody resumes, or when the card is changed.';
    case 'noCard':
      return 'No card is saved. Pay once by link and the card is kept; then they go on by themselves.';
    case 'setAside':
      return 'A payment came in that does not fit. Support is looking at it; nothing more is charged until somebody resumes.';
    case 'wentBack':
      return 'Money of an earlier payment went back to its payer, and is not charged again by itself. They go on when somebody resumes.';
    case 'handedOver':
      return 'Primary ownership changed hands, and the former card is gone. Pay once by link so that a card is kept, then resume.';
  }
}

function choices(
  { about, below, monthly, may, paused, backingOff }: AutomaticFacts,
  on: boolean,
): (Button | undefined)[] {
  const to = (label: string, args: Parameters<typeof press>[2], style?: 'primary') =>
    press(label, 'auto', args, { workspace: about.id, ...(style && { style }) });
  const changes = may.set || may.ask;
  return [
    on && paused && mayResume(paused, may) ? to('Resume', { what: 'resume' }, 'primary') : undefined,
    on && may.pause && backingOff && !paused ? to('Try now', { what: 'resume' }, 'primary') : undefined,
    changes ? to(below ? 'Change the top-up' : 'Set an auto top-up', { what: 'topup' }) : undefined,
    changes ? to(monthly ? 'Change the recharge' : 'Set a monthly recharge', { what: 'recharge' }) : undefined,
    may.set && on ? press('Change the card', 'billing', {}, { workspace: about.id }) : undefined,
    on && may.pause && !paused ? to('Pause', { what: 'pause' }) : undefined,
    changes && on ? to(may.set ? 'Turn off' : 'Ask to turn off', { what: 'off' }) : undefined,
  ];
}

/** After a handover nobody but the new primary owner lets their card be charged. */
function mayResume({ why }: NonNullable<AutomaticFacts['paused']>, may: AutomaticFacts['may']): boolean {
  return why === 'handedOver' ? may.set : may.pause;
}

export function moment(at: Date, zone: string, show: 'date' | 'dateTime'): Inline {
  return { time: at.toISOString(), show, zone };
}

/** Private, to the primary owner: what will happen, in words, before it does. */
export function automaticConfirmCard(to: {
  about: About;
  rules: Rules;
  card: string;
  /** What is added at once, as the balance is below already. */
  nowMinor?: Minor;
  firstAt?: Date;
  zone: string;
  turnOn: Button;
}): Card {
  const { about, firstAt, nowMinor } = to;
  return {
    name: 'auto-confirm',
    parts: [
      ...ruleSentences(to.rules, about.currency, to.card).map((sentence) => text(sentence)),
      ...(nowMinor
        ? [text(`The balance is below that already, so ${readersMoney(nowMinor, about.currency)} is added at once.`)]
        : []),
      ...(firstAt ? [text('The first time is ', moment(firstAt, to.zone, 'date'), '.')] : []),
      ...(to.rules.below && to.rules.below.monthlyMaxMinor === undefined
        ? [subtle('There is no monthly maximum. Add one like this: ', { code: 'auto topup ... max 200' })]
        : []),
      ...buttons(to.turnOn),
      subtle('The channel is told of each charge. You can pause or turn it off at any time.'),
    ],
    ...footOf(about),
  };
}

/** Private: nothing can be charged by itself without a card; paying once by link saves it. `go`: what was asked for. */
export function automaticNeedsCardCard(to: { about: About; amountMinor: Minor; go: Button }): Card {
  const amount = plainAmount(to.amountMinor, to.about.currency);
  const { style: _first, ...afterwards } = to.go;
  return {
    name: 'auto-needs-card',
    parts: [
      text(
        `${to.about.name} has no saved card. Pay once by link, and the card is kept for the next time; then go on here.`,
      ),
      ...buttons(press('Pay by link', 'topup', { amount }, { workspace: to.about.id, style: 'primary' }), afterwards),
    ],
    ...footOf(to.about),
  };
}

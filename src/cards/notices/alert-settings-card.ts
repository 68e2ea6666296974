import type { Thresholds } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Workspace } from '../../workspace/entities.js';
import type { Card, Form } from '../card.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';

/** When a workspace warns, and how much of it the reader gets directly. */
export interface AlertSettingsFacts {
  about: About;
  thresholds: Thresholds;
  /** Under so many days left it warns. */
  days: { low?: number; critical?: number };
  /** Times of day in the workspace's zone. */
  quiet?: { from: string; to: string };
  zone: string;
  directPerDay: number;
  changed: boolean;
  mayChange: boolean;
}

/** Private: when a workspace warns. */
export function alertsCard(facts: AlertSettingsFacts): Card {
  const { about, directPerDay, mayChange, quiet, zone } = facts;
  const inPlace = { workspace: about.id };
  return {
    name: 'alerts',
    ...(facts.changed && { heading: { text: 'Saved', mood: 'good' as const } }),
    parts: [
      text(`${amountWords(facts)}.`),
      ...daysParts(facts),
      ...(quiet ? [text(`Quiet from ${quiet.from} to ${quiet.to} (${zone}): only what cannot wait is told.`)] : []),
      subtle(
        directPerDay === 0
          ? 'You get no alerts directly.'
          : `You get at most ${count(directPerDay, 'alert')} a day directly, from all your workspaces together.`,
      ),
      ...(mayChange ? [] : [subtle('Owners and admins change this.')]),
      ...buttons(
        mayChange ? press('Change', 'alerts', { change: true }, inPlace) : undefined,
        mayChange ? press('Quiet hours', 'alerts', { changeQuiet: true }, inPlace) : undefined,
        press('My direct alerts', 'alerts', { changeDirect: true }, inPlace),
      ),
    ],
    ...footOf(about),
  };
}

function amountWords({ about, thresholds }: AlertSettingsFacts): string {
  const low = [
    ...(thresholds.lowPercent === undefined ? [] : [`${thresholds.lowPercent} % of the balance after the last credit`]),
    ...(thresholds.lowMinor === undefined ? [] : [readersMoney(thresholds.lowMinor, about.currency)]),
  ];
  const words =
    low.length > 0 ? `${about.name} warns under ${low.join(' or ')}` : `${about.name} warns only when it is empty`;
  return thresholds.criticalPercent === undefined ? words : `${words}, and again under ${thresholds.criticalPercent} %`;
}

function daysParts({ days: { low, critical } }: AlertSettingsFacts) {
  if (low === undefined) return [];
  const again = critical === undefined ? '' : `, and again with fewer than ${critical}`;
  return [text(`It also warns with fewer than ${count(low, 'day')} left${again}.`)];
}

type Place = Pick<Workspace, 'id' | 'name'>;

/** What a setting is, as it may be typed. `typed`: what somebody sent, while another changed it. */
export interface SettingNow {
  now: string;
  typed?: string;
}

/** When a workspace warns, as it may be typed: `20% or 5 days`. */
export function levelsText({ thresholds, days }: Pick<AlertSettingsFacts, 'thresholds' | 'days'>, currency: string) {
  const { lowPercent, lowMinor } = thresholds;
  const levels = [
    ...(lowPercent === undefined ? [] : [`${lowPercent}%`]),
    ...(days.low === undefined ? [] : [count(days.low, 'day')]),
    ...(lowMinor === undefined ? [] : [plainAmount(lowMinor, currency)]),
  ];
  return levels.join(' or ');
}

/** Quiet hours as they may be typed: `22:00-7:00`. */
export function quietText(quiet: AlertSettingsFacts['quiet']): string {
  return quiet ? `${quiet.from}-${quiet.to}` : 'off';
}

const meanwhile = ({ now, typed }: SettingNow): string =>
  typed === undefined ? '' : ` Somebody changed it to ${now} meanwhile, so nothing was saved.`;

/** Asks when a workspace should warn. */
export function alertsForm({ id, name }: Place, setting: SettingNow): Form {
  const { now, typed } = setting;
  return {
    name: 'alerts-at',
    title: 'Alerts',
    submit: 'Save',
    intro: [`When should ${name} warn?${typed === undefined && now ? ` Now: ${now}.` : ''}${meanwhile(setting)}`],
    call: { command: 'alerts', args: { change: true, was: now }, workspace: id },
    fields: [
      {
        name: 'at',
        label: 'Warn under',
        hint: 'A percentage like 20% of the balance after the last credit, days left like 5 days, or an amount. Several: 20% or 5 days.',
        input: 'line',
        maxLength: 60,
        ...(typed && { initial: typed }),
      },
    ],
  };
}

/** Asks when alerts are to wait. */
export function quietForm({ id, name }: Place, setting: SettingNow): Form {
  const { now, typed } = setting;
  return {
    name: 'alerts-quiet',
    title: 'Quiet hours',
    submit: 'Save',
    intro: [`In quiet hours ${name} warns only of what cannot wait until they end.${meanwhile(setting)}`],
    call: { command: 'alerts', args: { changeQuiet: true, was: now }, workspace: id },
    fields: [
      {
        name: 'quiet',
        label: 'Quiet hours',
        hint: 'Two times like 22:00-7:00, or off.',
        input: 'line',
        maxLength: 40,
        initial: typed ?? now,
      },
    ],
  };
}

/** Asks how many alerts a day the person wants directly at most. */
export function directForm({ id }: Place, perDay: number): Form {
  return {
    name: 'alerts-direct',
    title: 'My direct alerts',
    submit: 'Save',
    intro: ['Alerts come to you directly where a workspace has no channel, or where nobody in its channel acts.'],
    call: { command: 'alerts', args: { changeDirect: true }, workspace: id },
    fields: [
      {
        name: 'direct',
        label: 'At most so many a day',
        hint: 'Of all your workspaces together. 0 for none.',
        input: 'line',
        initial: String(perDay),
        maxLength: 4,
      },
    ],
  };
}

import type { WorkspaceId } from '../../workspace/entities.js';
import type { Button, Card, Form } from '../card.js';
import { type About, buttons, footOf, press, quoted, text } from '../parts.js';
import { saidCard } from '../said-card.js';

/** Asks until when nothing more is to be told of an alert, and why. */
export function snoozeForm(to: { about: About; until?: string; why?: string }): Form {
  const { about, until, why } = to;
  return {
    name: 'alerts-snooze',
    title: 'Snooze the alert',
    submit: 'Snooze',
    intro: [`Everybody sees who snoozed it and why. If ${about.name} runs empty, that is told all the same.`],
    call: { command: 'alerts', args: { snooze: true, ...(until && { until }) }, workspace: about.id },
    fields: [
      ...(until
        ? []
        : [
            {
              name: 'until',
              label: 'Until',
              input: 'choice' as const,
              initial: 'tomorrow',
              options: [
                { value: '4h', label: 'in 4 hours' },
                { value: 'tomorrow', label: 'tomorrow 9:00' },
                { value: '3d', label: 'in 3 days' },
                { value: '7d', label: 'in a week' },
              ],
            },
          ]),
      {
        name: 'why',
        label: 'Why',
        hint: 'For example: the invoice is paid on Friday.',
        input: 'line',
        maxLength: 200,
        ...(why && { initial: why }),
      },
    ],
  };
}

/** On an alert: snoozes it, or ends that. */
export function snoozeButton({ workspace, snoozed }: { workspace: WorkspaceId; snoozed?: boolean }): Button {
  return snoozed
    ? press('End the snooze', 'alerts', { wake: true }, { workspace })
    : press('Snooze', 'alerts', { snooze: true }, { workspace });
}

/** Private, to whoever snoozed; `until` as in JSON. */
export function snoozedCard(to: { about: About; until: string; zone: string; why: string }): Card {
  const { about, until, zone, why } = to;
  return {
    name: 'alert-snoozed',
    parts: [
      text(`${about.name}'s alert is snoozed until `, { time: until, show: 'dateTime', zone }, `: ${quoted(why)}`),
      text('Its message says so. An empty balance is told all the same.'),
      ...buttons(press('End the snooze', 'alerts', { wake: true }, { workspace: about.id })),
    ],
    ...footOf(about),
  };
}

/** Private, to whoever ended a snooze. */
export function snoozeEndedCard(about: About): Card {
  return saidCard('alert-woken', `${about.name}'s alert goes on: what gets worse is told again.`, { about });
}

/** Private: there is nothing to snooze. */
export function noAlertCard(about: About): Card {
  return saidCard('alert-none', `${about.name} has no alert now, so there is nothing to snooze.`, { about });
}

import type { Minor } from '../../ledger/entry.js';
import type { Card } from '../card.js';
import { type About, listOf, quoted, text } from '../parts.js';
import { reactionWords } from './alert-card.js';

/** What happened to an alert: told in the thread of its message. Times as in JSON. */
export type AlertEvent =
  | { kind: 'snoozed'; by: string; until: string; why: string }
  | { kind: 'woken'; by: string }
  | { kind: 'reaction'; reaction: { kind: 'paying' | 'onItsWay' | 'asked'; by: string; amountMinor: Minor } }
  | { kind: 'escalated'; to: readonly string[] }
  | { kind: 'clear' };

/** One line of an alert's story. */
export function alertStoryCard(to: { about: About; zone: string; event: AlertEvent }): Card {
  return { name: `alert-story-${to.event.kind}`, parts: [words(to)] };
}

function words({ about, zone, event }: Parameters<typeof alertStoryCard>[0]) {
  switch (event.kind) {
    case 'snoozed':
      return text(
        `${event.by} snoozed ${about.name}'s alert until `,
        { time: event.until, show: 'dateTime', zone },
        `: ${quoted(event.why)}. An empty balance is told all the same.`,
      );
    case 'woken':
      return text(`${event.by} ended the snooze of ${about.name}'s alert.`);
    case 'reaction':
      return text(reactionWords(event.reaction, about));
    case 'escalated':
      return text(`Nobody has acted so far, so I told ${listOf(event.to)} directly.`);
    case 'clear':
      return text(`${about.name} is fine again.`);
  }
}

import type { Met } from '../../webhooks/met.js';
import type { Card, Form, Inline, Text } from '../card.js';
import { formToFind } from '../form-to-find.js';
import { type About, buttons, count, footOf, press, quoted, subtle, text } from '../parts.js';
import { metWords } from './webhook-words.js';

/** An event on its way; times as ISO strings. */
export interface DeliveryLine {
  id: string;
  type: string;
  state: 'pending' | 'sending' | 'delivered' | 'failed';
  at: string;
  tries: number;
  lastMet?: Met;
  dueAt?: string;
}

/** Private: a page of what went to the endpoint, the newest first. */
export function webhookLogCard(to: {
  about: About;
  zone: string;
  host: string;
  deliveries: readonly DeliveryLine[];
  /** How the events fared, or part of their name. */
  search?: string;
  offset: number;
  pageSize: number;
  more: boolean;
  off: boolean;
  said?: string;
}): Card {
  const { about, search, offset, pageSize } = to;
  const filter = search ? { search } : {};
  const go = (label: string, args: { act: string; search?: string; offset?: number }) =>
    press(label, 'dev', { what: 'webhook', ...args }, { workspace: about.id });
  const failed = to.deliveries.filter(({ state }) => state === 'failed').length;
  return {
    name: 'webhook-log',
    heading: { text: search ? `Events for ${to.host}: ${quoted(search)}` : `Events for ${to.host}` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(to.deliveries.length > 0
        ? [
            { part: 'list' as const, items: to.deliveries.map((line) => lineItem(line, to)) },
            subtle('The last 30 days.'),
          ]
        : [text(search ? NONE_FOUND : 'Nothing yet. Send a test, or wait until something happens.')]),
      ...buttons(
        offset > 0 ? go('Newer', { act: 'log', ...filter, offset: Math.max(0, offset - pageSize) }) : undefined,
        to.more ? go('Older', { act: 'log', ...filter, offset: offset + pageSize }) : undefined,
        (to.more || offset > 0) && !search ? go('Find', { act: 'find' }) : undefined,
        search ? go('All events', { act: 'log' }) : undefined,
        failed > 1 ? go('Send all again', { act: 'again' }) : undefined,
        go('Send a test', { act: 'test' }),
        go('Webhook', { act: 'show' }),
      ),
    ],
    ...footOf(about),
  };
}

const NONE_FOUND = 'No event of the last 30 days is like that.';

/** Asks which events to show of a long log. */
export function findEventForm({ id }: { id: string }, types: readonly string[]): Form {
  const states = [
    { value: 'failed', label: 'Given up' },
    { value: 'waiting', label: 'On their way' },
    { value: 'arrived', label: 'Arrived' },
  ];
  return formToFind({
    name: 'find-event',
    title: 'Find events',
    list: { command: 'dev', args: { what: 'webhook', act: 'log' }, workspace: id },
    field: {
      name: 'search',
      label: 'Which events',
      input: 'choice',
      options: [...states, ...types.map((type) => ({ value: type, label: type }))],
    },
  });
}

function lineItem(line: DeliveryLine, { about, zone, off }: { about: About; zone: string; off: boolean }) {
  const again = press(
    'Send again',
    'dev',
    { what: 'webhook', act: 'again', delivery: line.id },
    { workspace: about.id },
  );
  return {
    title: [{ strong: line.type }],
    detail: [{ time: line.at, show: 'dateTime' as const, zone }, ' · ', ...wordsOf(line, zone, off)],
    ...(line.state === 'failed' && { buttons: [again] }),
  };
}

function wordsOf({ state, tries, lastMet, dueAt }: DeliveryLine, zone: string, off: boolean): Text {
  const met = lastMet ? `: ${metWords(lastMet)}` : '';
  const tried = tries > 1 ? ` after ${count(tries, 'try', 'tries')}` : '';
  switch (state) {
    case 'delivered':
      return [`arrived${tried}${met}`];
    case 'failed':
      return [`given up${tried}${met}`];
    case 'sending':
      return ['on its way'];
    case 'pending': {
      if (off) return ['waits until the webhook is on'];
      const next: Inline[] = dueAt ? [' · again ', { time: dueAt, show: 'time', zone }] : [];
      return lastMet ? [`not yet${met}`, ...next] : ['goes next'];
    }
  }
}

import type { Button, Card, Part } from '../card.js';
import { buttons, count, press, subtle, text } from '../parts.js';
import { type Ask, askButton, decideButtons } from './request-card.js';

export interface MyRequest {
  id: string;
  wants: string;
  workspace?: string;
  state: string;
}

type ListItem = Extract<Part, { part: 'list' }>['items'][number];

interface Page {
  /** A page of what waits for the reader's decision, of `waiting` in all. */
  forMe: readonly Ask[];
  waiting: number;
  /** A page of what the reader asked, of `asked` in all; the newest few beside what waits. */
  mine: readonly MyRequest[];
  asked: number;
  /** Nothing but what the reader asked. */
  mineAlone?: true;
  /** Only what this person asked for. */
  who?: string;
  offset: number;
  pageSize: number;
}

/** Private: what waits for the reader's decision, and what the reader asked. */
export function requestsCard(to: Page): Card {
  const { asked, forMe, mine, mineAlone, offset, waiting } = to;
  const parts: Part[] = [];
  if (forMe.length > 0) parts.push({ part: 'list', items: forMe.map((ask) => waitingItem(ask, { listed: true })) });
  if (!mineAlone) parts.push(...pageParts(to, waiting, forMe.length, to.who ? { who: to.who } : {}));
  if (mine.length > 0)
    parts.push(text({ strong: 'Your requests' }), { part: 'list', items: mine.map((request) => askedItem(request)) });
  if (mineAlone) parts.push(...pageParts(to, asked, mine.length, { mine: true }));
  else if (asked > mine.length) parts.push(...buttons(press(`All ${asked} of yours`, 'requests', { mine: true })));
  if (parts.length === 0) parts.push(...emptyParts(offset));
  const heading = waiting > 0 ? { heading: { text: `${count(waiting, 'request')} waiting for you` } } : {};
  return { name: 'requests', ...heading, parts };
}

function pageParts(
  { offset, pageSize }: Page,
  total: number,
  shown: number,
  which: { mine?: true; who?: string },
): Part[] {
  if (total <= pageSize) return [];
  const page = (label: string, start: number): Button => press(label, 'requests', { ...which, offset: start });
  return [
    subtle(`${offset + 1} to ${offset + shown} of ${total.toLocaleString('en-GB')}`),
    ...buttons(
      offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
      offset + pageSize < total ? page('More', offset + pageSize) : undefined,
    ),
  ];
}

function emptyParts(offset: number): Part[] {
  if (offset > 0) return [text('There is no more.'), ...buttons(press('Requests', 'requests'))];
  return [
    text('Nothing waits for you, and you asked for nothing.'),
    subtle('What you may not do yourself becomes a request: type it, and I ask those who may.'),
    ...buttons(press('Home', 'help')),
  ];
}

/** One that waits for the reader's decision. */
export function waitingItem(ask: Ask, how: { listed: true } | { home: true }): ListItem {
  return {
    title: [`${ask.by} asks ${ask.wants}.`],
    detail: [[...ask.context, ...(ask.details ?? []), ...(ask.about ? [ask.about.name] : [])].join(' ')],
    buttons: [...decideButtons(ask, how), askButton(ask)],
  };
}

/** One that the reader asked; `home`: on the home card. */
export function askedItem(request: MyRequest, how: { home?: true } = {}): ListItem {
  const detail = [request.state, ...(request.workspace ? [request.workspace] : [])].join(' · ');
  return {
    title: [`You asked ${request.wants}.`],
    detail: [detail],
    ...(request.state === 'waiting' && { buttons: [press('Take back', 'requests', { withdraw: request.id, ...how })] }),
  };
}

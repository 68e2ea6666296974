import type { Card, Part } from './card.js';
import { buttons, count, press, subtle, text } from './parts.js';
import { type Ask, decideButtons } from './request-card.js';

export interface MyRequest {
  id: string;
  wants: string;
  workspace?: string;
  state: string;
}

/** Private: what waits for the reader's decision, and what the reader asked. */
export function requestsCard(to: { forMe: readonly Ask[]; mine: readonly MyRequest[]; more: number }): Card {
  const parts: Part[] = [];
  if (to.forMe.length > 0) parts.push({ part: 'list', items: to.forMe.map(decidable) });
  if (to.more > 0) parts.push(subtle(`And ${count(to.more, 'older one')}.`));
  if (to.mine.length > 0) parts.push(text({ strong: 'You asked' }), { part: 'list', items: to.mine.map(asked) });
  if (parts.length === 0)
    parts.push(text('Nothing waits for you, and you asked for nothing.'), ...buttons(press('Home', 'help')));
  const heading =
    to.forMe.length > 0 ? { heading: { text: `${count(to.forMe.length + to.more, 'request')} waiting for you` } } : {};
  return { name: 'requests', ...heading, parts };
}

function decidable(ask: Ask) {
  const question = press(`Ask ${ask.by}`, 'ask', { request: ask.id });
  return {
    title: [`${ask.by} asks ${ask.wants}.`],
    detail: [[...ask.context, ...(ask.about ? [ask.about.name] : [])].join(' ')],
    buttons: [...decideButtons(ask, { listed: true }), question],
  };
}

function asked(request: MyRequest) {
  const detail = [request.state, ...(request.workspace ? [request.workspace] : [])].join(' · ');
  return {
    title: [`You asked ${request.wants}.`],
    detail: [detail],
    ...(request.state === 'waiting' && { buttons: [press('Take back', 'requests', { withdraw: request.id })] }),
  };
}

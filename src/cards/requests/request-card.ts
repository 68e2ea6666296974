import type { PolicyKey, Request } from '../../workspace/entities.js';
import type { Button, Card, Part } from '../card.js';
import { type About, buttons, footOf, listOf, press, subtle, text } from '../parts.js';
import { policyLine } from '../policies/policy-words.js';

/** What a request asks for, in words that follow the requester's name: `asks to invite nina@acme.com`. */
export interface Ask {
  id: string;
  version: number;
  by: string;
  /** `to invite nina@acme.com`, `for £100.00 for Marketing`. */
  wants: string;
  /** What a decider should know: `2 seats free.` */
  context: readonly string[];
  /** What else they should know, a sentence each: cost, what it would be afterwards, which policies bind. */
  details?: readonly string[];
  why?: string;
  thread: readonly { by: string; text: string }[];
  /** Absent where it concerns the account. */
  about?: About;
  /** When it ends undecided. */
  until?: { at: string; zone: string };
  /** The label of saying yes: `Approve`, or `Pay £100.00`. */
  yes: string;
}

export interface Decision {
  state: Exclude<Request['state'], 'pending'>;
  by?: string;
  note?: string;
}

/** To those who may decide. `unanswered`: it comes to the reader because others have not answered since then. */
export function requestCard(ask: Ask, unanswered?: { since: string; zone: string }): Card {
  return {
    name: unanswered ? 'request-escalated' : 'request-pending',
    parts: [
      text([`${ask.by} asks ${ask.wants}.`, ...ask.context].join(' ')),
      ...(ask.details ?? []).map((sentence) => subtle(sentence)),
      ...askDetails(ask),
      ...(unanswered
        ? [
            subtle(
              'Nobody has answered since ',
              { time: unanswered.since, show: 'date', zone: unanswered.zone },
              ', so it comes to you.',
            ),
          ]
        : []),
      ...buttons(...decideButtons(ask)),
      ...buttons(...sayingMore(ask)),
      ...(ask.until ? [subtle('Open until ', { time: ask.until.at, show: 'date', zone: ask.until.zone }, '.')] : []),
    ],
    ...(ask.about && footOf(ask.about)),
  };
}

/** To whoever pressed an outdated card: what is asked now, with buttons that decide it. */
export function changedRequestCard(ask: Ask): Card {
  const { parts, ...card } = requestCard(ask);
  const heading = { text: 'This request has changed since its card was drawn', mood: 'info' as const };
  const others = parts.filter(({ part }) => part !== 'buttons');
  return {
    ...card,
    name: 'request-changed',
    heading,
    parts: [
      text('Nothing was decided. This is how it stands.'),
      ...others,
      ...buttons(...decideButtons(ask, { listed: true })),
      ...buttons(...sayingMore(ask)),
    ],
  };
}

/** What becomes of the request card on every platform. */
export function decidedCard(ask: Ask, decision: Decision): Card {
  return {
    name: `request-${decision.state}`,
    heading: { text: outcomeWords(decision), mood: decision.state === 'approved' ? 'good' : 'info' },
    parts: [
      text(`${ask.by} asked ${ask.wants}.`),
      ...(decision.note ? [text(`“${decision.note}”`)] : []),
      ...askDetails(ask),
    ],
    ...(ask.about && footOf(ask.about)),
  };
}

/** `Approved by Adam.` */
export function outcomeWords(decision: Decision): string {
  const by = decision.by ? ` by ${decision.by}` : '';
  switch (decision.state) {
    case 'approved':
      return `Approved${by}.`;
    case 'denied':
      return `Denied${by}.`;
    case 'expired':
      return 'Nobody answered in time.';
    case 'withdrawn':
      return 'Taken back by the person who asked.';
  }
}

function askDetails(ask: Ask): Part[] {
  return [...(ask.why ? [text(`“${ask.why}”`)] : []), ...ask.thread.map((line) => subtle(`${line.by}: ${line.text}`))];
}

/** `listed` and `home`: not on the request's own card, but in a list or on the home card, which are answered otherwise. */
export function decideButtons(
  ask: Pick<Ask, 'id' | 'version' | 'yes'>,
  how: { listed?: true; home?: true } = {},
): Button[] {
  return [
    press(ask.yes, 'approve', { request: ask.id, version: ask.version, ...how }, { style: 'primary' }),
    press('Deny', 'deny', { request: ask.id, ...how }, { style: 'danger' }),
  ];
}

/** On a card of its own there is room for a question, and for what is said with a yes. */
function sayingMore(ask: Ask): Button[] {
  const noted = { request: ask.id, version: ask.version, noted: true };
  return [askButton(ask), press('Say yes with a note', 'approve', noted)];
}

export function askButton({ id, by }: Pick<Ask, 'id' | 'by'>): Button {
  return press(`Ask ${by}`, 'ask', { request: id });
}

/**
 * To the requester alone, where it happened by itself: `Owners and admins invite, so I asked them for you.` With names:
 * `Above £1,000.00 two people are needed, so I asked Nora for you.`
 */
export function askedCard(to: {
  whoDoes: string;
  names?: readonly string[];
  about?: About;
  /** The policy of the workspace that made it a request. */
  policy?: PolicyKey;
}): Card {
  return {
    name: 'request-sent',
    parts: [
      text(`${to.whoDoes}, so I asked ${to.names ? listOf(to.names) : 'them'} for you.`),
      ...(to.policy && to.about ? [policyLine(to.about.name, to.policy)] : []),
      ...buttons(press('My requests', 'requests', { mine: true })),
    ],
    ...(to.about && footOf(to.about)),
  };
}

/** To the requester alone, where a request costs somebody money: asked only when pressed. */
export function offerToAskCard(to: { whoDoes: string; names: readonly string[]; ask: Button; about?: About }): Card {
  return {
    name: 'request-offer',
    parts: [text(`${to.whoDoes}. Ask ${listOf(to.names, 'or')}?`), ...buttons(to.ask)],
    ...(to.about && footOf(to.about)),
  };
}

/** To the requester: yes, and what came of it; or, where the decider pays, what is still to come. */
export function approvedCard(to: {
  decider: string;
  note?: string;
  wanted: string;
  result?: readonly Part[];
  about?: About;
}): Card {
  return {
    name: 'request-approved-told',
    parts: [
      text(`${to.decider} said yes.`),
      ...(to.note ? [text(`“${to.note}”`)] : []),
      ...(to.result ?? [subtle(`You asked ${to.wanted}. The balance grows when the payment is through.`)]),
    ],
    ...(to.about && footOf(to.about)),
  };
}

/** To the requester: approved, but it could not be done any more. */
export function approvedButFailedCard(to: {
  decider: string;
  wanted: string;
  why: readonly Part[];
  about?: About;
}): Card {
  return {
    name: 'request-failed-told',
    heading: { text: `${to.decider} said yes, but it did not work.`, mood: 'warning' },
    parts: [subtle(`You asked ${to.wanted}.`), ...to.why],
    ...(to.about && footOf(to.about)),
  };
}

export function deniedCard(to: { decider: string; note: string; wanted: string; about?: About }): Card {
  return {
    name: 'request-denied-told',
    parts: [text(`${to.decider} said no: “${to.note}”`), subtle(`You asked ${to.wanted}.`)],
    ...(to.about && footOf(to.about)),
  };
}

/** A question or an answer about a request, to the other side. */
export function questionCard(to: {
  by: string;
  text: string;
  request: string;
  wanted: string;
  mine: boolean;
  about?: About;
}): Card {
  return {
    name: 'request-question',
    parts: [
      text(
        to.mine ? `${to.by} asks about your request ${to.wanted}:` : `${to.by} answers about the request ${to.wanted}:`,
      ),
      text(`“${to.text}”`),
      ...buttons(press(to.mine ? 'Answer' : 'Ask back', 'ask', { request: to.request }, { style: 'primary' })),
    ],
    ...(to.about && footOf(to.about)),
  };
}

/** To whoever wrote on a request: `by` asked for it, unless it is the reader's own. */
export function questionSentCard({ by, mine }: { by: string; mine: boolean }): Card {
  return { name: 'question-sent', parts: [text(mine ? 'Sent. They see it on the request too.' : `Sent to ${by}.`)] };
}

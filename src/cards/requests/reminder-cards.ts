import type { Card } from '../card.js';
import { type About, buttons, footOf, listOf, press, subtle, text } from '../parts.js';
import { type Decision, outcomeWords } from './request-card.js';

interface Until {
  at: string;
  zone: string;
}

/** Into the thread of the request's card: nobody has answered it yet. */
export function reminderCard(to: { by: string; wants: string; until: Until; about?: About }): Card {
  return {
    name: 'request-reminder',
    parts: [
      text(`Still waiting for an answer: ${to.by} asks ${to.wants}.`),
      subtle('It ends on ', { time: to.until.at, show: 'date', zone: to.until.zone }, '.'),
      ...buttons(press('Requests', 'requests')),
    ],
    ...(to.about && footOf(to.about)),
  };
}

/** To the requester, where somebody has asked back and waits. */
export function answerReminderCard(to: {
  by: string;
  text: string;
  wanted: string;
  request: string;
  about?: About;
}): Card {
  return {
    name: 'request-answer-reminder',
    parts: [
      text(`${to.by} waits for your answer about your request ${to.wanted}:`),
      text(`“${to.text}”`),
      ...buttons(press('Answer', 'ask', { request: to.request }, { style: 'primary' })),
    ],
    ...(to.about && footOf(to.about)),
  };
}

/** What was done about an unanswered request: who was reminded, or is asked now too. None named: the channels. */
export interface Chased {
  step: 'remind' | 'escalate';
  names: readonly string[];
}

/** To the requester, edited at each step: where their request stands. */
export function requestStatusCard(to: {
  wanted: string;
  request: string;
  until: Until;
  chased: Chased;
  about?: About;
}): Card {
  return {
    name: 'request-status',
    parts: [
      text(`You asked ${to.wanted}. ${chasedWords(to.chased)}`),
      subtle('It ends on ', { time: to.until.at, show: 'date', zone: to.until.zone }, '.'),
      ...buttons(
        press('Take back', 'requests', { withdraw: to.request }),
        press('My requests', 'requests', { mine: true }),
      ),
    ],
    ...(to.about && footOf(to.about)),
  };
}

function chasedWords({ step, names }: Chased): string {
  if (step === 'escalate') return `Nobody has answered yet, so I asked ${listOf(names)} too.`;
  return `Nobody has answered yet, so I reminded ${names.length > 0 ? listOf(names) : 'the channel where requests come'}.`;
}

/** What becomes of the status card. */
export function requestEndedCard(to: { wanted: string; decision: Decision; about?: About }): Card {
  return {
    name: 'request-status-ended',
    parts: [text(`You asked ${to.wanted}. ${outcomeWords(to.decision)}`)],
    ...(to.about && footOf(to.about)),
  };
}

/** To the requester: a week is over. The call may be too long for a button: then they ask by typing. */
export function requestExpiredCard(to: {
  wanted: string;
  again?: { command: string; args: Parameters<typeof press>[2]; workspace?: string };
  about?: About;
}): Card {
  const { again } = to;
  return {
    name: 'request-expired-told',
    heading: { text: outcomeWords({ state: 'expired' }), mood: 'info' },
    parts: [
      text(`You asked ${to.wanted}.`),
      ...buttons(again && press('Ask again', again.command, again.args, { workspace: again.workspace })),
    ],
    ...(to.about && footOf(to.about)),
  };
}

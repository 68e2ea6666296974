import type { Form } from '../card.js';
import type { Ask } from './request-card.js';

const NOTE = { input: 'lines', maxLength: 1_000 } as const;

/** A yes with a note, which may be left empty. `version` as the card that was pressed shows the request. */
export function approveForm(ask: Ask, version: number | undefined): Form {
  return {
    name: 'approve-note',
    title: 'Say yes',
    submit: ask.yes,
    intro: [wanted(ask)],
    call: { command: 'approve', args: { request: ask.id, ...(version !== undefined && { version }) } },
    fields: [{ name: 'note', label: 'Note', hint: `${ask.by} reads this.`, optional: true, ...NOTE }],
  };
}

export function denyForm(ask: Ask): Form {
  return {
    name: 'deny-reason',
    title: 'Say no',
    submit: 'Deny',
    intro: [wanted(ask)],
    call: { command: 'deny', args: { request: ask.id } },
    fields: [{ name: 'note', label: 'Why not?', hint: `${ask.by} reads this.`, ...NOTE }],
  };
}

/** A question to the person who asked; `mine`: their answer. */
export function askBackForm(ask: Ask, mine: boolean): Form {
  return {
    name: 'ask-back',
    title: mine ? 'Answer' : 'Ask back',
    submit: 'Send',
    intro: [wanted(ask), ...ask.thread.map((line) => ` ${line.by}: ${line.text}`)],
    call: { command: 'ask', args: { request: ask.id } },
    fields: [{ name: 'text', label: mine ? 'Your answer' : 'Your question', ...NOTE }],
  };
}

const wanted = ({ by, wants }: Ask) => `${by} asks ${wants}.`;

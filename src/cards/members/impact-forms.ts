import type { Field, Form } from '../card.js';
import { type About, count, listOf } from '../parts.js';

/** One kind of thing that somebody holds: named, or where they are private only counted. */
export interface HeldLine {
  one: string;
  number: number;
  names: readonly string[];
}

/** Whom a form is about. */
interface Whom {
  person: string;
  name: string;
}

/** `2 API keys (Engine and Backup), 1 campaign (Spring) and 3 meetings`. */
export function heldWords(held: readonly HeldLine[]): string {
  const lines = held.map(({ one, number, names }) => {
    const counted = count(number, one);
    return names.length > 0 ? `${counted} (${listOf(names)})` : counted;
  });
  return listOf(lines, 'and', lines.length);
}

/** Who is meant, where nobody was named; what it touches is shown next. */
export function whoForm(to: {
  about: About;
  command: 'remove' | 'suspend' | 'reactivate';
  title: string;
  kept: { reason?: string };
}): Form {
  return {
    name: `${to.command}-who`,
    title: to.title,
    submit: 'Go on',
    call: { command: to.command, args: to.kept, workspace: to.about.id },
    fields: [{ name: 'person', label: 'Who', input: 'person' }],
  };
}

interface Impact {
  about: About;
  whom: Whom;
  held: readonly HeldLine[];
  /** Large amounts take two people there, and they are one of the last two. */
  lastSecond: boolean;
  reason?: string;
}

/** What removing somebody touches, and to whom what they hold goes. */
export function removeForm(to: Impact & { role: string; licence: string; seatFree: boolean; pending: number }): Form {
  const { about, whom, held, pending } = to;
  const seat = to.seatFree ? `, with a ${to.licence} seat that becomes free` : '';
  return {
    name: 'remove-member',
    title: 'Remove somebody',
    submit: 'Remove',
    intro: [
      [
        `${whom.name} is ${to.role} of ${about.name}${seat}.`,
        ...holds(whom.name, held),
        ...(pending > 0 ? [`${count(pending, 'request')} of theirs ${pending === 1 ? 'ends' : 'end'} undecided.`] : []),
        ...secondWords(to),
        `They lose access to ${about.name} at once and are told.`,
      ].join(' '),
    ],
    call: { command: 'remove', args: { person: whom.person, sure: true }, workspace: about.id },
    fields: [...handToField(held, 'Left empty, it stays as it is: keys and campaigns go on.'), whyField(to.reason)],
  };
}

/** What suspending somebody means. */
export function suspendForm(to: Impact & { role: string }): Form {
  const { about, whom, held } = to;
  return {
    name: 'suspend-member',
    title: 'Suspend somebody',
    submit: 'Suspend',
    intro: [
      [
        `${whom.name} is ${to.role} of ${about.name}. Until they are reactivated, commands and buttons there do nothing for them; their seat is kept.`,
        ...holds(whom.name, held),
        ...(held.length > 0 ? ['That goes on meanwhile.'] : []),
        ...secondWords(to),
        'They are told.',
      ].join(' '),
    ],
    call: { command: 'suspend', args: { person: whom.person, sure: true }, workspace: about.id },
    fields: [whyField(to.reason)],
  };
}

/** What leaving means to somebody who holds something there. */
export function leaveForm(to: { about: About; held: readonly HeldLine[]; seatFree: boolean }): Form {
  const { about, held } = to;
  return {
    name: 'leave-workspace',
    title: 'Leave',
    submit: 'Leave',
    intro: [
      [
        `Leave ${about.name}?${to.seatFree ? ' Your seat becomes free.' : ''} Coming back takes a new invitation.`,
        `You hold ${heldWords(held)} there.`,
      ].join(' '),
    ],
    call: { command: 'leave', args: { sure: true }, workspace: about.id },
    fields: handToField(held, 'Left empty, it stays as it is, without you.'),
  };
}

function secondWords({ lastSecond, whom }: Impact): string[] {
  return lastSecond ? [noSecondLeft(whom.name)] : [];
}

/** Of somebody who could be the second person where large amounts take two. */
export function noSecondLeft(name: string): string {
  return `Without ${name} nobody is left to be the second person for large amounts.`;
}

function holds(name: string, held: readonly HeldLine[]): string[] {
  return held.length > 0 ? [`${name} holds ${heldWords(held)} there.`] : [];
}

/** To whom it goes, where there is anything. */
export function handToField(held: readonly HeldLine[], hint: string): Field[] {
  return held.length > 0 ? [{ name: 'handTo', label: 'Hand it to', hint, input: 'person', optional: true }] : [];
}

function whyField(reason: string | undefined): Field {
  return {
    name: 'reason',
    label: 'Why',
    hint: 'They read this.',
    input: 'lines',
    optional: true,
    maxLength: 500,
    ...(reason && { initial: reason }),
  };
}

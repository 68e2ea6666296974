import { count, listOf } from '../parts.js';
import { timeWords } from '../plain-text.js';
import type { Touched } from './policy-cards.js';

/** So many are named one by one. */
export const MOST_TOUCHED_NAMED = 8;

/** Where nothing is looked up: it touches what is to come, or all there is. */
export const TOUCHES = {
  invited: touches('whoever is invited from now on'),
  everybody: touches('everybody: all chats of the company count again'),
  colleagues: touches('colleagues of other workspaces who are invited from now on'),
  withoutRole: touches('whoever is invited from now on without a role'),
  withoutLicence: touches('whoever is invited from now on without a licence'),
  newMeetings: touches('meetings from now on'),
  hosts: touches('everybody who hosts meetings here'),
  everyMeeting: touches('every meeting here: none is deleted any more'),
} as const;

/** `total`: of all, where `names` are the first of them. */
export function peopleTouched(names: readonly string[], total: number): Touched {
  return touches(named(names, 'nobody yet', total));
}

export function elsewhereTouched({ invited, members }: { invited: readonly string[]; members: readonly string[] }) {
  return [
    { label: 'Can no longer accept', value: named(invited, 'nobody who is invited') },
    { label: 'Are elsewhere and stay', value: named(members, 'no member') },
  ];
}

export function outsideTouched(names: readonly string[]): Touched {
  return { label: 'Can do nothing here any more', value: named(names, 'no member') };
}

export function meetingsTouched(over: number): Touched {
  return { label: 'Deleted within the hour', value: over === 0 ? 'no meeting yet' : count(over, 'meeting') };
}

export function keysTouched(names: readonly string[]): Touched {
  return touches(named(names, 'no key'));
}

/** `over`: those that end at once. */
export function keysEnded(of: {
  over: readonly string[];
  later: readonly { name: string; end: Date }[];
  zone: string;
}): Touched[] {
  const later = of.later.map(({ name, end }) => `${name} on ${timeWords(end.toISOString(), 'date', of.zone)}`);
  return [
    { label: 'Stop working at once', value: named(of.over, 'no key') },
    { label: 'Stop later', value: named(later, 'no key') },
  ];
}

function touches(value: string): Touched {
  return { label: 'It touches', value };
}

function named(names: readonly string[], none: string, total = names.length): string {
  if (total === 0) return none;
  if (total === names.length) return listOf(names, 'and', MOST_TOUCHED_NAMED);
  const others = total - Math.min(names.length, MOST_TOUCHED_NAMED);
  return `${names.slice(0, MOST_TOUCHED_NAMED).join(', ')} and ${count(others, 'other')}`;
}

import { timeWords } from '../plain-text.js';

export const NOT_STARTED_YET = 'not started yet';

/** The line of what was spent without a name; `by`: what the lines are told apart by. */
export const unnamedLine = (by: string): string => (by === 'person' ? 'nobody in particular' : 'not named');

export const reportFileReady = (subject: string, period: string): string =>
  `The report of ${subject}, ${period}, is ready as CSV.`;

export const PERIOD_LABELS = {
  this: 'This month',
  last: 'Last month',
  '30d': '30 days',
  whole: 'Whole campaign',
} as const;

export const lastDays = (days: string): string => (days === '1' ? 'the last day' : `the last ${days} days`);

/** `16 Nov 2026 to now`; `to` is absent where it goes on. */
export function daysFrom(from: Date, to: Date | undefined, zone: string): string {
  const end = to ? timeWords(to.toISOString(), 'date', zone) : 'now';
  return `${timeWords(from.toISOString(), 'date', zone)} to ${end}`;
}

/** `November so far`, `October 2025` */
export const monthSpan = (month: string, runs: boolean): string => `${month}${runs ? ' so far' : ''}`;

import { count } from '../parts.js';

/** How long a balance lasts; days from LONGEST on are not told apart. */
export type Lasts =
  | { kind: 'tooNew' }
  | { kind: 'idle' }
  | { kind: 'days'; daysLeft: number; leastDays: number; mostDays: number; confidence: 'rough' | 'fair' };

/** A year and what is beyond. */
export const LONGEST = 366;

/** `About 9 days left.`; where there is little to go by with the range: `About 9 days left, maybe 5 to 16.` */
export function lastsWords(lasts: Lasts): string {
  switch (lasts.kind) {
    case 'tooNew':
      return 'Too new to guess days.';
    case 'idle':
      return 'Nothing was spent lately.';
    case 'days': {
      const { daysLeft, confidence } = lasts;
      if (daysLeft >= LONGEST) return 'More than a year left.';
      const range = rangeWords(lasts);
      const maybe = confidence === 'rough' && range ? `, maybe ${range}` : '';
      return daysLeft === 0 ? `It may not last the day.` : `About ${count(daysLeft, 'day')} left${maybe}.`;
    }
  }
}

/** `about 9 days`, `more than a year` */
export function aboutDays(daysLeft: number): string {
  return daysLeft >= LONGEST ? 'more than a year' : `about ${count(daysLeft, 'day')}`;
}

/** `5 to 16`; undefined where it comes to one number. */
export function rangeWords({ leastDays, mostDays }: Extract<Lasts, { kind: 'days' }>): string | undefined {
  if (leastDays === mostDays) return undefined;
  return mostDays >= LONGEST ? `${leastDays} to more than ${LONGEST - 1}` : `${leastDays} to ${mostDays}`;
}

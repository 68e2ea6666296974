import type { Choice, Field } from './card.js';

/** What a picker offers before anything is typed; Teams lists no more. */
export const MOST_OFFERED = 15;

/**
 * A field to pick one of these. Of more than can be offered at once the first stand there, and with them what is chosen;
 * the others are found by typing, which the `choices` of the form's command answer.
 */
export function choiceField(
  field: { name: string; label: string; hint?: string; optional?: true },
  all: readonly Choice[],
  chosen?: Choice,
): Field {
  const offered = all.slice(0, MOST_OFFERED);
  const known = !chosen || offered.some(({ value }) => value === chosen.value);
  return {
    ...field,
    input: 'choice',
    options: known ? offered : [chosen, ...offered.slice(0, MOST_OFFERED - 1)],
    ...(all.length > MOST_OFFERED && { searched: true }),
    ...(chosen && { initial: chosen.value }),
  };
}

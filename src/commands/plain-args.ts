import type { Json } from '../cards/card.js';
import type { Args } from './command.js';

/** Characters: Slack takes 2,000 with all that is around them. */
const MOST_IN_A_BUTTON = 1_500;

/** Arguments as a button or a request carries them. */
export function plainArgs(args: Args): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export function fitsInButton(args: Args): boolean {
  return JSON.stringify(args).length <= MOST_IN_A_BUTTON;
}

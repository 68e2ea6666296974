import { randomInt } from 'node:crypto';

const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A short name for one invocation, easy to read out to support: `R-7F3K2Q`. On its log lines and in its apology. */
export function newReference(): string {
  let code = '';
  for (let i = 0; i < 6; i++) code += LETTERS[randomInt(LETTERS.length)];
  return `R-${code}`;
}

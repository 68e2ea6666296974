import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id such as `ws_01j9…`: prefix, 10 characters of milliseconds, 16 random (80 bits).
 * Ids of one prefix sort by time of creation, which keeps MongoDB's index inserts at the right edge.
 */
export function newId(prefix: string, at: Date = new Date()): string {
  let time = '';
  for (let rest = at.getTime(), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    time = ALPHABET[rest % 32] + time;
  }
  let random = '';
  for (const byte of randomBytes(16)) random += ALPHABET[byte % 32];
  return `${prefix}_${time}${random}`;
}

const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/**
 * A short name for one thing that was asked, in chat or over HTTP, easy to read out to support: `R-7F3K2Q`. It is on the
 * log lines and in whatever tells of the failure.
 */
export function newReference(): string {
  let code = '';
  for (let i = 0; i < 6; i++) code += LETTERS[randomInt(LETTERS.length)];
  return `R-${code}`;
}

/** Formatting, and what shows nothing though it is a letter or a symbol: fillers, inherent vowels, the empty Braille cell. */
const BLANK = /\p{Cf}|\u034f|[\u115f\u1160\u2800\u3164\uffa0]|\u17b4|\u17b5/gu;

/** What a name is compared by: without case, width variants, invisible characters and doubled spaces. */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(BLANK, '').replace(/\s+/gu, ' ').trim().toUpperCase().toLowerCase();
}

/** The folded text as a regular expression that finds it anywhere. */
export function foldedPattern(text: string): string {
  return fold(text).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * What an e-mail address is compared by, and sent to. Its case alone does not matter: folded like a name, `ı` would be
 * `i`, and an address at one company's domain one at another's.
 */
export function foldAddress(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}

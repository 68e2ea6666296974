/** What a name is compared by: without case, width variants, invisible characters and doubled spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase();
}

/** The folded text as a regular expression that finds it anywhere. */
export function foldedPattern(text: string): string {
  return fold(text).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

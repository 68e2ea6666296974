/**
 * The address that a text is, undefined where it is none. `URL.canParse` of Node.js 20 refuses umlauts once it has been
 * called a few thousand times.
 */
export function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

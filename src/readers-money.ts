import type { Minor } from './ledger/entry.js';
import { formatMoney, formatPrice } from './money.js';

/** Private-use characters, which no keyboard types. */
const TOKEN = /\uE000([A-Z]{3}) (-?\d+)( each)?\uE001/gu;

/**
 * An amount in the words of a card or form: a token that stands for it until somebody shows the words to a reader, and so
 * knows how they write money. ADR 20 tells who does when.
 */
export function readersMoney(minor: Minor, currency: string): string {
  return `\uE000${currency} ${minor}\uE001`;
}

/** As readersMoney, for a price in millionths of a minor unit, with as many digits as it needs. */
export function readersPrice(priceMicro: number, currency: string): string {
  return `\uE000${currency} ${priceMicro} each\uE001`;
}

/** The words with their money written as in that locale: `£1,234.50`, `1.234,50 £`. Without one, as in British English. */
export function writtenOut(words: string, locale?: string): string {
  return words.replace(TOKEN, (_, currency: string, amount: string, each: string | undefined) =>
    each ? formatPrice(Number(amount), currency, locale) : formatMoney(Number(amount), currency, locale),
  );
}

/** A card, form or answer, all of which are plain JSON, with its money written as in that locale. */
export function writtenFor<T extends object>(said: T, locale?: string): T {
  return saysMoney(said) ? JSON.parse(writtenOut(JSON.stringify(said), locale)) : said;
}

export function saysMoney(said: object): boolean {
  return JSON.stringify(said).search(TOKEN) >= 0;
}

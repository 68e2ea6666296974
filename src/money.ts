import type { Minor } from './ledger/entry.js';
import { refuse } from './refusal.js';

/** The largest amount one operation moves: Stripe's limit of eight digits. */
export const LARGEST_MINOR: Minor = 99_999_999;

/** The smallest payment: above what Stripe refuses in any of its usual currencies (30 pence, 50 cents, 50 yen). */
export const LEAST_PAYMENT_MINOR: Minor = 100;

/** How money is written for whoever has told no locale. */
const PLAIN_LOCALE = 'en-GB';

const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  '£': ['GBP'],
  '€': ['EUR'],
  $: ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
};

/**
 * Reads an amount above zero as people type it: `100`, `£100`, `£1,000.50`, `100 GBP`.
 * Never guesses: `1.000` and `1 000,50` mean different things to different people and are refused.
 * @throws Refusal badAmount
 */
export function parseAmount(text: string, currency: string): Minor {
  const typed = text.trim().slice(0, 100);
  const fail = (why: 'notANumber' | 'zero' | 'negative' | 'tooPrecise' | 'tooLarge' | 'otherCurrency') =>
    refuse({ kind: 'badAmount', typed: typed.slice(0, 40), why, currency });

  const { number, named, negative } = takeApart(typed);
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(number);
  if (!match) return fail('notANumber');
  if (named && !meansCurrency(named, currency)) fail('otherCurrency');
  if (negative) fail('negative');
  const digits = minorDigits(currency);
  const whole = match[1]!.replaceAll(',', '');
  const fraction = match[2] ?? '';
  if (fraction.length > digits) fail('tooPrecise');
  const minor = BigInt(whole + fraction.padEnd(digits, '0'));
  if (minor > BigInt(LARGEST_MINOR)) fail('tooLarge');
  if (minor === 0n) fail('zero');
  return Number(minor);
}

/**
 * As parseAmount, for money that is to be paid.
 * @throws Refusal badAmount
 */
export function parsePayment(text: string, currency: string): Minor {
  const minor = parseAmount(text, currency);
  return minor < LEAST_PAYMENT_MINOR
    ? refuse({ kind: 'badAmount', typed: text.trim(), why: 'tooSmall', currency })
    : minor;
}

/** Millionths of a minor unit: prices of one are often less than a penny. */
const MICRO_DIGITS = 6;

/**
 * Reads a price, 0 or more, in millionths of a minor unit: `0.0075` pounds are 750,000.
 * @throws Refusal badAmount
 */
export function parsePrice(text: string, currency: string): number {
  const typed = text.trim().slice(0, 100);
  const fail = (why: 'notANumber' | 'negative' | 'tooPrecise' | 'tooLarge' | 'otherCurrency') =>
    refuse({ kind: 'badAmount', typed: typed.slice(0, 40), why, currency });
  const { number, named, negative } = takeApart(typed);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(number);
  if (!match) return fail('notANumber');
  if (named && !meansCurrency(named, currency)) fail('otherCurrency');
  if (negative) fail('negative');
  const digits = minorDigits(currency) + MICRO_DIGITS;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) fail('tooPrecise');
  const micro = BigInt(whole + fraction.padEnd(digits, '0'));
  return micro > BigInt(LARGEST_MINOR) * 10n ** BigInt(MICRO_DIGITS) ? fail('tooLarge') : Number(micro);
}

/** Whether a typed word is meant as an amount, well typed or not: it holds a digit once currency and sign are off. */
export function looksLikeAmount(text: string): boolean {
  return /^\d[\d.,]*(e\d+)?$/i.test(takeApart(text.trim()).number);
}

/** Whether digits are set apart, which may mean different things to different people: `1.000`, `10,50`, `1 000`. */
export function isSetApart(text: string): boolean {
  return /^\d+(?:[.,'’\s]\d+)+$/.test(takeApart(text.trim()).number);
}

/** Whether a word names a currency: `GBP`, `£`. */
export function isCurrencyWord(word: string): boolean {
  return word in SYMBOLS || Intl.supportedValuesOf('currency').includes(word.toUpperCase());
}

/** `10050`, `GBP` -> `£100.50`; below zero `-£81.60`. For files and pages: cards say readersMoney. */
export function formatMoney(minor: Minor, currency: string, locale?: string): string {
  return formatter(currency, locale).format(decimalString(minor, currency));
}

/** `10050`, `GBP` -> `100.50`: how an amount is written into a form field or a button's arguments. */
export function plainAmount(minor: Minor, currency: string): `${number}` {
  return decimalString(minor, currency);
}

/** `750000`, `GBP` -> `£0.0075`: as many digits as it needs, at least those of the currency. */
export function formatPrice(priceMicro: number, currency: string, locale?: string): string {
  const digits = minorDigits(currency);
  const formatted = new Intl.NumberFormat(inLatinDigits(locale), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + MICRO_DIGITS,
  });
  return formatted.format(plainPrice(priceMicro, currency));
}

/** `750000`, `GBP` -> `0.0075`: how a price is written into a form field or a button's arguments. */
export function plainPrice(priceMicro: number, currency: string): `${number}` {
  const digits = minorDigits(currency) + MICRO_DIGITS;
  const all = String(priceMicro).padStart(digits + 1, '0');
  const fraction = all.slice(-digits).replace(/0+$/, '');
  return `${all.slice(0, -digits)}${fraction && `.${fraction}`}` as `${number}`;
}

function takeApart(typed: string): { number: string; named?: string; negative: boolean } {
  const match =
    /^([-−]?)\s*([£€$¥₹]|[A-Za-z]{3}(?![A-Za-z]))?\s*([-−]?)\s*(.*?)\s*([£€$¥₹]|(?<![A-Za-z])[A-Za-z]{3})?$/u.exec(
      typed,
    );
  if (!match) return { number: typed, negative: false };
  const [, signBefore, before, signAfter, number, after] = match;
  const named = before ?? after;
  if (before && after) return { number: typed, negative: false };
  return { number: number!, negative: Boolean(signBefore || signAfter), ...(named && { named }) };
}

function meansCurrency(named: string, currency: string): boolean {
  return (SYMBOLS[named] ?? [named.toUpperCase()]).includes(currency);
}

const digitsOf = new Map<string, number>();

function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = formatter(currency, PLAIN_LOCALE).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

function decimalString(minor: Minor, currency: string): `${number}` {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return `${sign}${all}` as `${number}`;
  return `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}` as `${number}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, locale = PLAIN_LOCALE): Intl.NumberFormat {
  const key = `${currency} ${locale}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(inLatinDigits(locale), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  formatters.set(key, made);
  return made;
}

/** As the words around a number are; the plain locale where the chat names one that is none. */
function inLatinDigits(locale = PLAIN_LOCALE): Intl.Locale {
  return new Intl.Locale(isLocale(locale) ? locale : PLAIN_LOCALE, { numberingSystem: 'latn' });
}

/** Whether we know how numbers are written there: `de-DE`. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

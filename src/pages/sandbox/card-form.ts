import express from 'express';
import { z } from 'zod';
import type { CardDetails } from '../../payments/sandbox/payment-methods.js';
import { html, type Html } from '../html.js';

/** On every page of the sandbox. */
export const BADGE = html`<span class="badge warning">Sandbox: no real money</span>`;
export const FORM = express.urlencoded({ extended: false, limit: '16kb' });
export const CHECK_THE_CARD = 'Please check the card number and the expiry date (MM / YY).';

/** The fields of a card, filled in with one that always works. */
export const cardFields = html`<label>Card number<input name="number" inputmode="numeric" value="4242 4242 4242 4242" maxlength="40" required></label>
<div class="pair">
<label>Expiry<input name="expiry" inputmode="numeric" value="12 / 34" placeholder="MM / YY" maxlength="9" required></label>
<label>Security code<input name="cvc" inputmode="numeric" value="123" maxlength="4" required></label>
</div>`;

/** Buttons that send the form with another test card. */
export function tryButtons(says: string, tries: readonly { label: string; number: string }[]): Html {
  const button = ({ label, number }: { label: string; number: string }) =>
    html`<button class="quiet small" name="number" value="${number}">${label}</button>`;
  return html`<div class="apart soft">
<p>${says}</p>
<div class="row">${tries.map(button)}</div>
</div>`;
}

const last = (value: unknown) => (Array.isArray(value) ? value.at(-1) : value);
/** A "try" button sends a second `number` after the field's own. */
const typedCard = z.object({
  number: z.preprocess(last, z.string().max(40)).transform((number) => number.replace(/[\s-]/g, '')),
  expiry: z.string().regex(/^\s*(0?[1-9]|1[0-2])\s*\/\s*(20)?\d{2}\s*$/),
});

/** The card as it was typed, or undefined where it cannot be one. */
export function readCard(body: unknown): CardDetails | undefined {
  const typed = typedCard.safeParse(body);
  if (!typed.success) return undefined;
  const [month, year] = typed.data.expiry.split('/').map(Number);
  return { number: typed.data.number, expMonth: month ?? 1, expYear: 2000 + ((year ?? 0) % 100) };
}

const typedAnswer = z.object({ answer: z.enum(['approve', 'refuse']) });

/** What the holder told their bank. */
export function readAnswer(body: unknown): boolean | undefined {
  const typed = typedAnswer.safeParse(body);
  return typed.success ? typed.data.answer === 'approve' : undefined;
}

/** The bank's question, answered at `action`. */
export function bankQuestion(action: string, question: Html, yes: string): Html {
  const answer = (value: string, label: string, kind: string) =>
    html`<form method="post" action="${action}"><button class="full ${kind}" name="answer" value="${value}">${label}</button></form>`;
  return html`<p>${BADGE}</p>
<h1>Your bank wants to be sure</h1>
<p>${question} Is this you?</p>
<div class="row">${answer('approve', yes, '')}${answer('refuse', 'No, refuse', 'quiet')}</div>`;
}

const BRANDS: ReadonlyMap<string, string> = new Map([
  ['visa', 'Visa'],
  ['mastercard', 'Mastercard'],
  ['amex', 'American Express'],
]);

/** `Visa •••• 4242`. */
export function cardName({ brand, last4 }: { brand: string; last4: string }): string {
  return `${BRANDS.get(brand) ?? brand} •••• ${last4}`;
}

/** `22 Nov 2026, 10:00 UTC`, of seconds since 1970. */
export function moment(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  return `${day}, ${at.toISOString().slice(11, 16)} UTC`;
}

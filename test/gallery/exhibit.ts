import type { Card, Form } from '../../src/cards/card.js';
import { refusalCard } from '../../src/cards/refusals/refusal-card.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { ALL_REASONS } from '../cards/refusal-variants.js';
import { SAMPLES } from '../cards/samples.js';

/** What the gallery shows: a card as a message, or a form as each client opens it. */
export type Exhibit = { name: string } & ({ card: Card } | { form: Form });

/** Where names stand in a heading, a table, a list, a chart, on a button or beside each other. */
const WITH_NAMES: ReadonlySet<string> = new Set([
  'account-summary',
  'alert-critical',
  'alert-group',
  'audit',
  'campaign-draft',
  'channels',
  'contact-lists',
  'handover-offer',
  'health',
  'history',
  'home',
  'meeting',
  'plan-confirm',
  'request-pending',
  'rescue',
  'summary',
  'transfer-preview',
  'usage',
  'why',
]);

/** Every card, then those with names as long as names may be, then every refusal, then every form. */
export const EXHIBITS: readonly Exhibit[] = [
  ...SAMPLES.map((card) => ({ name: card.name, card })),
  ...SAMPLES.filter(({ name }) => WITH_NAMES.has(name)).map((card) => ({
    name: `long-${card.name}`,
    card: withLongNames(card),
  })),
  ...ALL_REASONS.map((reason) => ({ name: `refusal-${reason.kind}`, card: refusalCard(reason) })),
  ...FORM_SAMPLES.map((form) => ({ name: `form-${form.name}`, form })),
];

/** Sixty characters, without a space to break them at. */
function withLongNames(card: Card): Card {
  const words = JSON.stringify(card)
    .replaceAll(/Marketing|Support|Spring sale|Newsletter|Greeting|Pricing talk|Deal room/g, long)
    .replaceAll(/\b(Mia|Olivia)\b/g, long);
  return JSON.parse(words);
}

function long(name: string): string {
  return `${name.replace(' ', '-')}-Österreich-und-Ungarn-Donaudampfschifffahrtsgesellschaft`.slice(0, 60);
}

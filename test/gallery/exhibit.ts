import type { Card, Form } from '../../src/cards/card.js';
import { refusalCard } from '../../src/cards/refusals/refusal-card.js';
import { FORM_SAMPLES } from '../cards/form-samples.js';
import { ALL_REASONS } from '../cards/refusal-variants.js';
import { SAMPLES } from '../cards/samples.js';

/** What the gallery shows: a card as a message, or a form as each client opens it. */
export type Exhibit = { name: string } & ({ card: Card } | { form: Form });

/** Every card, then every refusal, then every form. */
export const EXHIBITS: readonly Exhibit[] = [
  ...SAMPLES.map((card) => ({ name: card.name, card })),
  ...ALL_REASONS.map((reason) => ({ name: `refusal-${reason.kind}`, card: refusalCard(reason) })),
  ...FORM_SAMPLES.map((form) => ({ name: `form-${form.name}`, form })),
];

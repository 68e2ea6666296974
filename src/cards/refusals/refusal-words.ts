import type { Reason } from '../../refusal.js';
import type { Button, Text } from '../card.js';

/** A reason in words: what happened, and what to do next. */
export interface Words {
  /** What happened, in one sentence. */
  said: Text;
  /** What to do next. */
  next?: Text;
  buttons?: readonly Button[];
}

export type Of<K extends Reason['kind']> = Extract<Reason, { kind: K }>;

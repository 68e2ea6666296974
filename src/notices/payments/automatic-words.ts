import { shortRules } from '../../cards/payments/automatic-words.js';
import type { Automatic } from '../../payments/automatic/automatic.js';

/** How automatic payments stand, for a card about something else; undefined where there are none. */
export function automaticWords(
  automatic: Automatic | undefined,
  { currency }: { currency: string },
): string | undefined {
  const { below, monthly, nextTryAt, paused } = automatic ?? {};
  if (!below && !monthly) return undefined;
  const rules = shortRules({ ...(below && { below }), ...(monthly && { monthly }) }, currency);
  if (paused) return `${rules}, but is paused`;
  return nextTryAt ? `${rules}, but the last try was declined` : rules;
}

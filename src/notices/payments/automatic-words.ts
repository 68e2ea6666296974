import { DateTime } from 'luxon';
import { reasonWords, shortRules } from '../../cards/payments/automatic-words.js';
import type { Automatic } from '../../payments/automatic/automatic.js';

/** How automatic payments stand, for a card about something else; undefined where there are none. */
export function automaticWords(
  automatic: Automatic | undefined,
  { currency, zone }: { currency: string; zone: string },
): string | undefined {
  const { below, lastDecline, monthly, nextTryAt, paused } = automatic ?? {};
  if (!below && !monthly) return undefined;
  const rules = shortRules({ ...(below && { below }), ...(monthly && { monthly }) }, currency);
  if (paused) return `${rules}, but is paused`;
  if (!nextTryAt) return rules;
  const when = DateTime.fromJSDate(nextTryAt, { zone }).setLocale('en-GB').toFormat('d LLLL H:mm');
  return `${rules}, but the last try did not go through: ${reasonWords(lastDecline?.code ?? '')}. Next try ${when}`;
}

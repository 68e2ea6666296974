import type { Args } from './command.js';
import type { Reader } from './reader.js';

/** Join the amounts and days; never mean anything themselves. */
const JOINING = ['when', 'whenever', 'if', 'it', 'balance', 'falls', 'drops', 'goes', 'is', 'with', 'at', 'up', 'only'];
const A_MONTH = ['per', 'each', 'every', 'month', 'monthly', '/month', 'a'];
const KINDS = { topup: 'topup', 'top-up': 'topup', recharge: 'recharge' } as const;
const ACTS = {
  pause: 'pause',
  stop: 'pause',
  resume: 'resume',
  on: 'resume',
  off: 'off',
  remove: 'off',
  cancel: 'off',
} as const;

/** `topup below 20 add 50 max 200 a month`, `recharge 100 on day 5`, `pause`, `topup off`. */
export function readAuto(words: Reader): Args {
  const why = words.textAfter('because');
  const kind = words.oneOf(KINDS);
  const below = words.amountAfter('below', 'under');
  const max = words.amountAfter('max', 'maximum', 'most');
  const day = readDay(words);
  const act = kind === 'recharge' || below || max || day ? words.oneOf({ off: 'off' as const }) : words.oneOf(ACTS);
  if (act && !below && !day) return act === 'off' && kind ? { what: 'off', which: kind } : { what: act };
  const add = words.amountAfter('add', 'adds', 'by') ?? onlyAmount(words);
  words.drop(...JOINING, ...A_MONTH);
  const what = kind ?? (below ? 'topup' : day ? 'recharge' : undefined);
  if (what === 'recharge') return { what, amount: add, day, why };
  return what === 'topup' ? { what, below, add, max, why } : {};
}

/** `on day 5`, `on the 5th of each month`, `on the last day`. */
function readDay(words: Reader): string | undefined {
  const day = words.matching(/^last$/i) ?? words.matching(/^\d{1,2}(?:st|nd|rd|th)$/i) ?? words.wordAfter('day');
  if (day) words.drop('on', 'the', 'day', 'of');
  return day;
}

/** Of several amounts without a word that says which is which, none is meant: the form asks. */
function onlyAmount(words: Reader): string | undefined {
  const first = words.amountIfAny();
  if (first === undefined || words.amountIfAny() === undefined) return first;
  while (words.amountIfAny() !== undefined);
  return undefined;
}

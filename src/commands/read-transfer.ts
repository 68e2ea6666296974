import type { Args } from './command.js';
import type { Reader } from './reader.js';

const PLACES = ['from', 'in', 'of'];

/** `50 from Sales to Ops`, `to Ops 50`, `50 into Ops from Sales`: what is left, `from Sales`, names the workspace. */
export function readTransfer(words: Reader): Args {
  const why = words.textAfter('because');
  words.drop('balance', 'money', 'funds', 'please');
  const typed = words.amountTyped();
  const to = words.textBetween(['to', 'into', 'towards'], PLACES) ?? words.textBetween(['in'], ['from']);
  const [first] = words.left;
  const place = first?.kind === 'word' && PLACES.includes(first.text.toLowerCase());
  const amount = typed ?? (first && !place ? words.word() : undefined);
  return { amount, to, why };
}

import { LARGEST_MINOR, LEAST_PAYMENT_MINOR, plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import { count, quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

/** What they typed. */
export function inputWords(reason: Of<'badAmount' | 'badArgument' | 'keyConflict' | 'tooFast'>): Words {
  switch (reason.kind) {
    case 'badAmount':
      return amountWords(reason);
    case 'badArgument':
      if (!reason.argument) {
        return {
          said: [`I don't understand ${quoted(reason.typed)} here.`],
          next: ['It goes like this: ', { code: reason.expected }],
        };
      }
      if (!reason.typed) return { said: [`Please give ${reason.expected}.`] };
      return { said: [`I can't take ${quoted(reason.typed)}.`], next: [`Please give ${reason.expected}.`] };
    case 'keyConflict':
      return {
        said: [`This button was already used for something else: ${reason.firstUsedFor}.`],
        next: ['Please start again.'],
      };
    case 'tooFast':
      return {
        said: ['That was a little fast for me.'],
        next: [`Please try again in ${count(reason.retryAfterSeconds, 'second')}.`],
      };
  }
}

function amountWords(reason: Of<'badAmount'>): Words {
  const typed = quoted(reason.typed);
  const example = plainAmount(123_450, reason.currency);
  switch (reason.why) {
    case 'notANumber':
      return {
        said: [`I can't read ${typed} as an amount.`],
        next: [`Please type it with the digits 0 to 9, like 100 or ${example}.`],
      };
    case 'zero':
      return { said: ['An amount is above zero.'], next: [`Please type it like ${example}.`] };
    case 'negative':
      return { said: ['An amount is above zero.'], next: ['Please type it without a minus.'] };
    case 'tooPrecise':
      return {
        said: [`${typed} is finer than ${reason.currency} can be, or has a point where a comma belongs.`],
        next: [`Please type it like ${example}.`],
      };
    case 'tooSmall':
      return {
        said: [`${typed} is too little to pay for.`],
        next: [`The least is ${readersMoney(LEAST_PAYMENT_MINOR, reason.currency)}.`],
      };
    case 'tooLarge':
      return {
        said: [`${typed} is too much at once.`],
        next: [`The most is ${readersMoney(LARGEST_MINOR, reason.currency)}.`],
      };
    case 'otherCurrency':
      return {
        said: [`This workspace counts in ${reason.currency}, so I can't take ${typed}.`],
        next: [`Please type it like ${example}.`],
      };
  }
}

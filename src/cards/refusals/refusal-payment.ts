import { press } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

/** Why no money was asked of a card. */
export function paymentWords(reason: Of<'noSavedCard' | 'automaticOpen'>): Words {
  switch (reason.kind) {
    case 'noSavedCard':
      return {
        said: [`${reason.workspaceName} has no saved card.`],
        next: ['Pay once by link, and the card is kept for the next time.'],
        buttons: [press('Add balance', 'topup', {}, { style: 'primary' })],
      };
    case 'automaticOpen':
      return {
        said: [`An automatic top-up of ${reason.workspaceName} is still under way.`],
        next: ['Please wait until it is through; nothing more was charged.'],
      };
  }
}

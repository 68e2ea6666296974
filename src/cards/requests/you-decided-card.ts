import type { Card } from '../card.js';
import { press } from '../parts.js';
import { saidCard } from '../said-card.js';

/** What somebody has just decided; `told`: whoever asked hears of it now. */
export interface YouDecided {
  outcome: 'approved' | 'denied';
  told?: true;
}

export function youDecidedWords({ outcome, told }: YouDecided): string {
  if (outcome === 'approved') return told ? 'Approved. The person who asked is told.' : 'Approved.';
  return told ? 'Denied. The person who asked is told why.' : 'Denied.';
}

/** Private: to who decided elsewhere than on the request's own card. */
export function youDecidedCard(decided: YouDecided): Card {
  return saidCard('request-decided', youDecidedWords(decided), { buttons: [press('Requests', 'requests')] });
}

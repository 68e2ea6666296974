import type { Card } from '../../src/cards/card.js';
import { undeliveredCard } from '../../src/cards/notices/undelivered-card.js';

/** Notices that did not arrive. */
export const UNDELIVERED_SAMPLES: readonly Card[] = [
  undeliveredCard({
    unreached: { why: 'noApp', name: 'Adam', platform: 'teams' },
    undelivered: 'Olivia invites you to Marketing as admin.',
    members: 'ws_1',
  }),
  undeliveredCard({ unreached: { why: 'accountGone', name: 'Adam' }, undelivered: 'Adam said yes.' }),
  undeliveredCard({ unreached: { why: 'addressRefused', name: 'nina@acme.com' }, undelivered: 'Olivia invites you.' }),
  undeliveredCard({ unreached: { why: 'noMail', name: 'nina@acme.com' }, undelivered: 'Olivia invites you.' }),
  undeliveredCard({ unreached: { why: 'other', name: 'Adam' }, undelivered: 'Adam said yes.' }),
];

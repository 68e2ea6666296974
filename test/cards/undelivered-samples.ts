import type { Card } from '../../src/cards/card.js';
import { alertsCard } from '../../src/cards/notices/alert-settings-card.js';
import { undeliveredCard } from '../../src/cards/notices/undelivered-card.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };

/** Notices that did not arrive, and when alerts come. */
export const UNDELIVERED_SAMPLES: readonly Card[] = [
  alertsCard({ about, thresholds: { lowPercent: 20, criticalPercent: 10 }, changed: false, mayChange: true }),
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

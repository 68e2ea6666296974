import type { Card } from '../../src/cards/card.js';
import { licenceConfirmCard } from '../../src/cards/members/licence-cards.js';
import { memberCard } from '../../src/cards/members/member-card.js';
import { leftCard, removedCard, roleChangedCard } from '../../src/cards/members/people-cards.js';
import {
  alreadySuspendedCard,
  changeUndoneCard,
  changeUndoneToldCard,
  handedToCard,
  licenceChangedCard,
  licenceToldCard,
  reactivatedCard,
  reactivatedToldCard,
  suspendedCard,
  suspendedToldCard,
} from '../../src/cards/members/standing-cards.js';
import type { UndoOffer } from '../../src/cards/members/undo-parts.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';
const undo = (command: UndoOffer['command']): UndoOffer => ({
  command,
  id: 'mc_1',
  until: '2026-11-16T09:10:00.000Z',
  zone,
});
const held = '2 API keys (Engine and Backup) and 1 campaign (Spring)';
const mia = {
  about,
  person: 'p_mia',
  name: 'Mia',
  email: 'mia@acme.com',
  role: 'member',
  licence: 'standard',
} as const;
const since = { joinedAt: '2026-11-02T09:00:00.000Z', zone };

/** What becomes of people's places, as whoever changes it and whoever it happens to read it. */
export const STANDING_SAMPLES: readonly Card[] = [
  memberCard({ ...mia, ...since, suspended: false, may: { role: true, licence: true, standing: true } }),
  memberCard({ ...mia, ...since, suspended: true, may: { role: false, licence: false, standing: true } }),
  suspendedCard({ about, name: 'Mia', undo: undo('suspend') }),
  alreadySuspendedCard({ about, person: 'p_mia', name: 'Mia' }),
  suspendedToldCard({ workspace: 'Marketing', by: 'Olivia', reason: 'On leave until May', nowActive: 'Support' }),
  reactivatedCard({ about, name: 'Mia', role: 'member', already: false }),
  reactivatedToldCard({ about, by: 'Olivia', active: false }),
  roleChangedCard({ about, name: 'Mia', before: 'member', after: 'admin', undo: undo('role') }),
  licenceConfirmCard({
    about,
    person: 'p_mia',
    name: 'Mia',
    before: 'standard',
    after: 'pro',
    seats: '1 pro seat free.',
  }),
  licenceChangedCard({ about, name: 'Mia', before: 'standard', after: 'pro', undo: undo('licence') }),
  licenceChangedCard({ about, before: 'pro', after: 'pro' }),
  licenceToldCard({ about, by: 'Olivia', before: 'standard', after: 'pro' }),
  removedCard({ about, name: 'Mia', seatFree: true, handed: { to: 'Adam', held }, undo: undo('remove') }),
  leftCard({ workspace: 'Marketing', nowActive: 'Support', handed: { to: 'Adam', held } }),
  handedToCard({ about, from: 'Mia', by: 'Olivia', held }),
  changeUndoneCard({ about, name: 'Mia', what: 'removal', role: 'admin', licence: 'pro', handedOver: true }),
  changeUndoneToldCard({ about, by: 'Olivia', what: 'removal', role: 'admin', licence: 'pro' }),
];

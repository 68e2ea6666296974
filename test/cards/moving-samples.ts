import type { Card, Form } from '../../src/cards/card.js';
import { welcomeCard } from '../../src/cards/members/invitation-card.js';
import { moveConfirmCard, moveForm } from '../../src/cards/members/moving-cards.js';

const call = { command: 'join', args: { invitation: 'inv_1', leaving: ['ws_1'], sure: true } };
const held = [{ one: 'API key', number: 1, names: ['Engine'] }];

/** Whoever joins, where everybody is in one workspace at a time. */
export const MOVING_SAMPLES: readonly Card[] = [
  moveConfirmCard({ to: 'Support', from: [{ name: 'Marketing', held: [], pending: 2 }], call }),
  welcomeCard({
    workspace: 'Support',
    id: 'ws_2',
    role: 'member',
    active: true,
    left: ['Marketing'],
    handed: { to: 'Olivia', held: '1 API key (Engine)' },
  }),
];

export const MOVING_FORMS: readonly Form[] = [
  moveForm({ to: 'Support', from: [{ name: 'Marketing', held, pending: 1 }], call }),
];

import { createWorkspaceForm } from '../../src/cards/workspaces/create-form.js';
import type { Card, Form } from '../../src/cards/card.js';
import {
  accountReadyCard,
  renameConfirmCard,
  renamedCard,
  renameForm,
  switchedCard,
  workspaceActiveCard,
} from '../../src/cards/workspaces/workspace-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };

/** A workspace that begins, is worked in, and is renamed. */
export const WORKSPACE_SAMPLES: readonly Card[] = [
  accountReadyCard('Acme'),
  workspaceActiveCard({ ...about, balanceMinor: 0 }, { elsewhere: false }),
  switchedCard(about, true),
  renameConfirmCard({ about, name: 'Campaigns' }),
  renameConfirmCard({ about: { ...about, name: 'Growth' }, name: 'Campaigns', was: 'Marketing' }),
  renamedCard({ ...about, name: 'Campaigns' }, 'Marketing'),
  workspaceActiveCard({ ...about, balanceMinor: 0 }, { elsewhere: true, addMinor: 10_000 }),
];

export const WORKSPACE_FORMS: readonly Form[] = [createWorkspaceForm({}), renameForm({ about })];

import type { Card } from '../../cards/card.js';
import { keyAgeingCard, keyOutlivedCard } from '../../cards/dev/key-age-cards.js';
import type { Workspace } from '../../workspace/entities.js';
import { audienceOf, cardFor } from '../audience.js';
import { recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';

interface OldKey {
  workspace: Workspace;
  key: { id: string; name: string; rotations: number };
  maxAgeDays: number;
}

/** Says once for each of its secrets that a key is about to be too old. */
export function tellKeyAgeing(old: OldKey & { endsAt: Date }): Promise<void> {
  const { workspace, endsAt } = old;
  const about = aboutOf(workspace);
  const card = keyAgeingCard({ ...old, about, endsAt: endsAt.toISOString(), zone: workspace.timeZone });
  return tell(old, card, `key-ageing:${old.key.id}:${old.key.rotations}`);
}

/** Says that a key was ended, in the transaction that ends it. */
export function tellKeyOutlived(old: OldKey): Promise<void> {
  return tell(old, keyOutlivedCard({ ...old, about: aboutOf(old.workspace) }), `key-outlived:${old.key.id}`);
}

/** No balance: it would be that of some time ago. */
const aboutOf = ({ id, name, currency }: Workspace) => ({ id, name, currency });

async function tell({ workspace }: OldKey, card: Card, id: string): Promise<void> {
  const audience = await audienceOf(workspace.account, workspace.id, 'alerts');
  await enqueue(
    audience.to.map((to) => ({
      id: `${id}:${recipientKey(to)}`,
      account: workspace.account,
      workspace: workspace.id,
      to,
      card: cardFor(audience, card, aboutOf(workspace)),
    })),
  );
}

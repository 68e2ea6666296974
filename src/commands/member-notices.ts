import type { Card } from '../cards/card.js';
import { enqueue } from '../notices/outbox/outbox.js';
import type { PersonId } from '../workspace/entities.js';
import type { InWorkspace } from './command.js';

/** Tells somebody privately what became of their place, in the transaction that changes it; never whoever did it. */
export async function tellMember(
  { account, actor, key, workspace }: InWorkspace,
  person: PersonId,
  what: string,
  card: Card,
): Promise<void> {
  if (person === actor.id) return;
  await enqueue([
    {
      id: `${what}:${workspace.id}:${person}:${key}`,
      account: account.id,
      workspace: workspace.id,
      to: { person },
      sender: actor.id,
      card,
    },
  ]);
}

import { handOverBilling } from '../../payments/hand-over-billing.js';
import { automaticOf } from '../../payments/automatic/store.js';
import type { PersonId, Workspace } from '../../workspace/entities.js';
import { getPerson } from '../../workspace/people.js';
import { recordEvent } from '../../webhooks/events.js';

/** A change of primary owner, in words. */
export interface Moved {
  from: string;
  to: string;
  /** Whether balance was added by itself, and waits now. */
  automatic: boolean;
}

/** What moves with primary ownership, in the transaction that moves it: the right to the cards, and who is told of it. */
export async function followPrimaryOwner(move: {
  workspace: Workspace;
  from: PersonId;
  to: PersonId;
  at: Date;
}): Promise<Moved> {
  const { workspace, from, to, at } = move;
  const { account, id } = workspace;
  await handOverBilling({ workspace, to, at });
  const automatic = await automaticOf({ account, workspace: id });
  // One after the other: MongoDB takes no two commands at once in a transaction.
  const former = await getPerson(account, from);
  const next = await getPerson(account, to);
  const moved = {
    from: former?.name ?? 'Somebody',
    to: next?.name ?? 'Somebody',
    automatic: automatic?.below !== undefined || automatic?.monthly !== undefined,
  };
  await recordEvent({
    account,
    workspace: id,
    type: 'workspace.handedOver',
    id: `${id}:${to}:${at.getTime()}`,
    data: { from: { person: from, name: moved.from }, to: { person: to, name: moved.to } },
    at,
  });
  return moved;
}

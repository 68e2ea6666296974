import {
  formerPrimaryOwnerCard,
  handoverEndedCard,
  handoverOfferCard,
  newPrimaryOwnerCard,
} from '../../cards/workspaces/handover-cards.js';
import type { Card } from '../../cards/card.js';
import type { About } from '../../cards/parts.js';
import type { PersonId, Workspace } from '../../workspace/entities.js';
import type { Handover } from '../../workspace/handover.js';
import { getPerson } from '../../workspace/people.js';
import { enqueue } from '../outbox/outbox.js';
import type { Moved } from './primary-owner-moved.js';

interface Tell {
  workspace: Workspace;
  handover: Handover;
}

const subjectOf = ({ id }: Handover) => `handover:${id}`;

/** Asks the owner to whom it is offered; in the transaction that offers it. */
export async function tellOffered({ workspace, handover }: Tell): Promise<void> {
  const { id, from, to, expiresAt } = handover;
  const until = { at: expiresAt.toISOString(), zone: workspace.timeZone };
  const card = handoverOfferCard({
    about: aboutOf(workspace),
    from: await nameOf(handover, from),
    handover: id,
    until,
  });
  await toTarget({ workspace, handover, card, revision: 1, to });
}

/** The offer came to nothing: its card says so, and whoever offered it is told, unless they took it back themselves. */
export async function tellEnded({ workspace, handover }: Tell): Promise<void> {
  const { account, id, from, to, state } = handover;
  if (state === 'offered' || state === 'accepted') return;
  const [offerer, target] = await Promise.all([nameOf(handover, from), nameOf(handover, to)]);
  const about = aboutOf(workspace);
  const cardFor = (reader: 'from' | 'to') => handoverEndedCard({ about, state, from: offerer, target, reader });
  await toTarget({ workspace, handover, card: cardFor('to'), revision: 2, to });
  if (state === 'cancelled') return;
  const told = { id: `handover-${state}:${id}`, account, workspace: workspace.id, to: { person: from } };
  await enqueue([{ ...told, card: cardFor('from') }]);
}

/** It was accepted: the offer's card says what is theirs now, and the former primary owner is told. */
export async function tellAccepted({ workspace, handover, moved }: Tell & { moved: Moved }): Promise<void> {
  const { account, id, from, to } = handover;
  const about = aboutOf(workspace);
  const card = newPrimaryOwnerCard({ about, from: moved.from, automatic: moved.automatic });
  await toTarget({ workspace, handover, card, revision: 2, to });
  const former = formerPrimaryOwnerCard({ about, target: moved.to });
  await enqueue([
    { id: `handover-accepted:${id}`, account, workspace: workspace.id, to: { person: from }, sender: to, card: former },
  ]);
}

/** Support settled it: both are told, as far as they can be reached. */
export async function tellSettled(of: {
  workspace: Workspace;
  from: PersonId;
  to: PersonId;
  moved: Moved;
  by: string;
  at: Date;
}): Promise<void> {
  const { workspace, from, to, moved, by, at } = of;
  const { account, id } = workspace;
  const about = aboutOf(workspace);
  const told = (person: PersonId, card: Card) => ({
    id: `handover-settled:${id}:${person}:${at.getTime()}`,
    account,
    workspace: id,
    to: { person },
    card,
  });
  await enqueue([
    told(to, newPrimaryOwnerCard({ about, from: moved.from, automatic: moved.automatic, by })),
    told(from, formerPrimaryOwnerCard({ about, target: moved.to, by })),
  ]);
}

/** For cards that go to people, and stay: a balance would soon be wrong. */
export function aboutOf({ id, name, currency }: Workspace): About {
  return { id, name, currency };
}

async function toTarget(of: Tell & { card: Card; revision: number; to: PersonId }): Promise<void> {
  const { workspace, handover, card, revision, to } = of;
  const subject = subjectOf(handover);
  const { account, from } = handover;
  await enqueue([
    {
      id: `${subject}:${revision}`,
      account,
      workspace: workspace.id,
      to: { person: to },
      sender: from,
      card,
      subject,
      revision,
    },
  ]);
}

async function nameOf({ account }: Handover, person: PersonId): Promise<string> {
  return (await getPerson(account, person))?.name ?? 'Somebody';
}

import { type HeldLine, heldWords } from '../cards/members/impact-forms.js';
import { handedToCard } from '../cards/members/standing-cards.js';
import { handTo as handChannels, heldBy as channelsOf } from '../channels/managed.js';
import { handTo as handMeetings, heldBy as meetingsOf } from '../meetings/hosted.js';
import { refuse } from '../refusal.js';
import { handTo as handCampaigns, heldBy as campaignsOf } from '../resources/campaigns-of-person.js';
import { handTo as handKeys, heldBy as keysOf } from '../usage/keys-of-person.js';
import type { Person, PersonId, Workspace } from '../workspace/entities.js';
import type { Handing, Held, Holder } from '../workspace/holding.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import { peopleApart } from '../workspace/people-apart.js';
import { type Action, verdict } from '../workspace/permissions.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import { tellMember } from './member-notices.js';

/** A kind of thing that a member holds in a workspace, and that goes on without them. */
interface Kind {
  one: string;
  /** What it takes to hold it, where not every member may. */
  takes?: Action;
  /** Rank gives no access to private things, so not even their names are told. */
  isPrivate: boolean;
  heldBy(of: Holder): Promise<Held[]>;
  handTo(change: Handing): Promise<number>;
}

const KINDS: readonly Kind[] = [
  { one: 'API key', takes: 'manageKeys', isPrivate: false, heldBy: keysOf, handTo: handKeys },
  { one: 'campaign', isPrivate: false, heldBy: campaignsOf, handTo: handCampaigns },
  { one: 'meeting', isPrivate: true, heldBy: meetingsOf, handTo: handMeetings },
  { one: 'private channel', isPrivate: true, heldBy: channelsOf, handTo: handChannels },
];

/** What somebody holds of one kind. */
export interface Holding {
  kind: Kind;
  names: readonly string[];
}

/** What goes on without somebody who goes; empty where they hold nothing. */
export async function holdingsOf(of: Holder): Promise<Holding[]> {
  const all = await Promise.all(
    KINDS.map(async (kind) => ({ kind, names: (await kind.heldBy(of)).map(({ name }) => name) })),
  );
  return all.filter(({ names }) => names.length > 0);
}

/** For the eyes of somebody who may not know what is private. */
export function shownTo(holdings: readonly Holding[], whose: 'theirs' | 'own'): HeldLine[] {
  return holdings.map(({ kind, names }) => ({
    one: kind.one,
    number: names.length,
    names: kind.isPrivate && whose === 'theirs' ? [] : names,
  }));
}

/**
 * Who is to get what somebody holds: an unsuspended member, and one who may hold all of it.
 * @throws Refusal badArgument of `handTo`; unknownPerson
 */
export async function receiverOf(
  context: InWorkspace,
  reference: string,
  from: PersonId,
  holdings: readonly Holding[],
): Promise<Person> {
  const { account, actor, workspace } = context;
  const receiver = await findMember(context, reference, workspace.id);
  const held = await membershipOf(account.id, workspace.id, receiver.id);
  const cannot = (expected: string): never =>
    refuse({ kind: 'badArgument', argument: 'handTo', typed: receiver.name, expected });
  if (!held || held.suspended || receiver.id === from) return cannot(`somebody else who is in ${workspace.name}`);
  if (actor.id !== from && holdings.some(({ kind }) => kind.isPrivate)) {
    const apart = await peopleApart(account.id, [actor.id, receiver.id]);
    if (apart.length < 2) return cannot('somebody but yourself, as some of it is private');
  }
  const tooMuch = holdings.find(({ kind }) => kind.takes && verdict(kind.takes, held.role).answer !== 'yes');
  if (tooMuch) return cannot(`an owner or admin, as there is an ${tooMuch.kind.one} to hand over`);
  return receiver;
}

/** Hands everything over and tells who gets it, in the transaction in which `from` goes. */
export async function handOver(
  context: InWorkspace,
  change: { from: Person; to: Person; holdings: readonly Holding[] },
): Promise<void> {
  const { account, actor, at, services, workspace } = context;
  const { from, to, holdings } = change;
  for (const { kind } of holdings) {
    await kind.handTo({ account: account.id, workspace: workspace.id, from: from.id, to: to.id, by: actor.id, at });
  }
  const card = handedToCard({
    about: await aboutWorkspace(services.ledger, workspace),
    from: from.name,
    held: heldWords(shownTo(holdings, 'own')),
    ...(actor.id !== from.id && { by: actor.name }),
  });
  await tellMember(context, to.id, `handed:${from.id}`, card);
}

/** Who got what, for the card of whoever handed it over. */
export function handedWords(
  to: Person,
  holdings: readonly Holding[],
  whose: 'theirs' | 'own',
): { to: string; held: string } {
  return { to: to.name, held: heldWords(shownTo(holdings, whose)) };
}

export function holderOf(workspace: Workspace, person: PersonId): Holder {
  return { account: workspace.account, workspace: workspace.id, person };
}

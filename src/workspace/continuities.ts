import mongoose from 'mongoose';
import { newId } from '../id.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { Continuity } from './continuity.js';
import { type ContinuityDoc, ContinuityModel, toContinuity } from './continuity-model.js';
import { type AccountId, type Person, type PersonId, type Role, ROLES, type WorkspaceId } from './entities.js';
import type { Handover } from './handover.js';
import { cancelOpenHandover } from './handovers.js';
import { approval } from './member-change.js';
import { holdersOf } from './memberships.js';
import { movePrimaryOwnership, primaryOwnerOf, refuseNotOwner } from './primary-owner.js';
import { memberOf } from './rank.js';
import { isGone, thoseThere } from './standing.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Opens a case for each workspace that has lost its primary owner and has none open yet; in the surrounding transaction. */
export async function openContinuity(of: { account: AccountId; person: PersonId; at: Date }): Promise<Continuity[]> {
  const { account, person, at } = of;
  const held = await MembershipModel.find({ account, person, role: 'primaryOwner' }).lean<MembershipDoc[]>();
  const opened: Continuity[] = [];
  for (const { workspace } of held) {
    if (await caseIn({ account, workspace })) continue;
    const doc: ContinuityDoc = { _id: newId('co', at), account, workspace, person, state: 'open', openedAt: at };
    await ContinuityModel.create(doc);
    await writeAudit({ account, workspace, by: 'system', action: 'continuity.opened', person, at });
    opened.push(toContinuity(doc));
  }
  return opened;
}

/** The person is there again: their cases are over. In the surrounding transaction. */
export async function closeContinuity(of: { account: AccountId; person: PersonId; at: Date }): Promise<Continuity[]> {
  const { account, person, at } = of;
  const open = await ContinuityModel.find({ account, person, state: 'open' }).lean<ContinuityDoc[]>();
  const closed: Continuity[] = [];
  for (const doc of open) closed.push(await end(doc, 'back', { by: 'system', at }));
  return closed;
}

/**
 * Who may take a workspace over from a primary owner who is gone: its owners; where there is none, the people of the
 * next role below that has any. Nobody who is suspended or gone themselves.
 */
export async function successorsOf({ account, workspace }: Place): Promise<{ role?: Role; people: Person[] }> {
  for (const role of ROLES.toReversed().filter((one) => one !== 'primaryOwner')) {
    const people = await holdersOf(account, workspace, [role]);
    const there = await thoseThere(
      account,
      people.map(({ id }) => id),
    );
    const found = people.filter(({ id }) => there.has(id));
    if (found.length > 0) return { role, people: found };
  }
  return { people: [] };
}

/** The open case, while its primary owner is gone. */
export async function openContinuityIn(place: Place): Promise<Continuity | undefined> {
  const doc = await caseIn(place);
  return doc && (await isGone(place.account, doc.person)) ? toContinuity(doc) : undefined;
}

export interface TakenOver {
  from: PersonId;
  /** The case that it settles. */
  continuity?: Continuity;
  /** An offer that was open, and is over. */
  cancelled?: Handover;
}

/**
 * Somebody takes over from a primary owner who is gone, as the account's owner agreed; in the surrounding transaction.
 * @throws Refusal handoverGone where nobody is gone (any more), notAnOwner
 */
export async function takeOver(
  change: Place & { by: PersonId; approvedBy?: PersonId; at: Date },
): Promise<TakenOver & { continuity: Continuity }> {
  const { account, workspace, by, at } = change;
  const place = { account, workspace };
  const doc = await caseIn(place);
  if (!doc || !(await isGone(account, doc.person))) return refuse({ kind: 'handoverGone', why: 'back' });
  const { people } = await successorsOf(place);
  if (!people.some(({ id }) => id === by)) await refuseNotOwner(place, by);
  await movePrimaryOwnership({ ...place, from: doc.person, to: by });
  const detail = approval(change);
  await writeAudit({ ...place, by, action: 'handover.takenOver', person: doc.person, detail, at });
  const cancelled = await cancelOpenHandover({ ...place, by, at });
  return { from: doc.person, continuity: await end(doc, 'settled', { by, at }), ...(cancelled && { cancelled }) };
}

/**
 * Support names the primary owner, whatever became of the one before; in the surrounding transaction. Any member may be
 * named. Undefined where they are it already.
 * @throws Refusal notMember, notAnOwner for somebody suspended
 */
export async function settlePrimaryOwner(
  settlement: Place & { to: PersonId; at: Date },
): Promise<TakenOver | undefined> {
  const { account, workspace, to, at } = settlement;
  const place = { account, workspace };
  const from = await primaryOwnerOf(place);
  if (from === to) return undefined;
  const { role } = await memberOf({ ...place, person: to });
  await movePrimaryOwnership({ ...place, from, to });
  const by = 'operator';
  await writeAudit({ ...place, by, action: 'handover.settled', person: to, detail: { was: role }, at });
  const cancelled = await cancelOpenHandover({ ...place, by, at });
  const doc = await caseIn(place);
  return {
    from,
    ...(doc && { continuity: await end(doc, 'settled', { by, at }) }),
    ...(cancelled && { cancelled }),
  };
}

/** An offer was accepted after all: nobody is asked any more. In the surrounding transaction. */
export async function settleByAcceptance(of: Place & { by: PersonId; at: Date }): Promise<Continuity | undefined> {
  const { account, workspace, by, at } = of;
  const doc = await caseIn({ account, workspace });
  return doc && end(doc, 'settled', { by, at });
}

/** Open cases of every account, the oldest first, from the one after `after`: for the operator and the sweeps. */
export async function openContinuities(limit: number, after?: string): Promise<Continuity[]> {
  const docs = await ContinuityModel.find({ state: 'open', ...(after && { _id: mongoose.trusted({ $gt: after }) }) })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<ContinuityDoc[]>();
  return docs.map(toContinuity);
}

async function caseIn({ account, workspace }: Place): Promise<ContinuityDoc | undefined> {
  return (await ContinuityModel.findOne({ account, workspace, state: 'open' }).lean<ContinuityDoc>()) ?? undefined;
}

async function end(
  { account, workspace, person, _id }: ContinuityDoc,
  state: 'settled' | 'back',
  { by, at }: { by: PersonId; at: Date },
): Promise<Continuity> {
  const ended = await ContinuityModel.findOneAndUpdate(
    { account, _id, state: 'open' },
    { $set: { state, endedAt: at } },
    { returnDocument: 'after' },
  )
    .lean<ContinuityDoc>()
    .orFail();
  await writeAudit({ account, workspace, by, action: 'continuity.closed', person, detail: { state }, at });
  return toContinuity(ended);
}

import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import type { Handover, HandoverState } from './handover.js';
import { type HandoverDoc, HandoverModel, toHandover } from './handover-model.js';
import { movePrimaryOwnership, primaryOwnerOf, refuseNotOwner } from './primary-owner.js';
import { memberOf, nameOf, workspaceName } from './rank.js';
import { isGone } from './standing.js';

/** How long the one who is offered it may think about it. */
const LIFETIME_MS = 7 * 24 * 3_600_000;

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/**
 * Offers primary ownership to an owner of the workspace. To the same person again it gives the open offer back.
 * @throws Refusal handoverGone where `by` is not the primary owner; notMember, notAnOwner; handoverOpen where it is
 *   offered to somebody else
 */
export function offerHandover(
  offer: Place & { by: PersonId; to: PersonId; at: Date },
): Promise<{ handover: Handover; fresh: boolean; expired?: Handover }> {
  const { account, workspace, by, to, at } = offer;
  const place = { account, workspace };
  return inTransaction(async () => {
    if ((await primaryOwnerOf(place)) !== by) refuse({ kind: 'handoverGone', why: 'changed' });
    const target = await memberOf({ ...place, person: to });
    if (target.role !== 'owner' || target.suspended || (await isGone(account, to))) await refuseNotOwner(place, to);
    const open = await HandoverModel.findOne({ ...place, state: 'offered' }).lean<HandoverDoc>();
    if (open && open.expiresAt > at) {
      if (open.to === to && open.from === by) return { handover: toHandover(open), fresh: false };
      return refuse({
        kind: 'handoverOpen',
        to: await nameOf(account, open.to),
        handover: open._id,
        workspace,
        workspaceName: await workspaceName(place),
      });
    }
    const expired = open && { expired: await end(open, 'expired', { by: 'system', at }) };
    const doc: HandoverDoc = {
      _id: newId('ho', at),
      ...place,
      from: by,
      to,
      state: 'offered',
      offeredAt: at,
      expiresAt: new Date(at.getTime() + LIFETIME_MS),
    };
    await HandoverModel.create(doc);
    await writeAudit({ ...place, by, action: 'handover.offered', person: to, at });
    return { handover: toHandover(doc), fresh: true, ...expired };
  });
}

interface Answer {
  account: AccountId;
  id: string;
  by: PersonId;
  at: Date;
}

/**
 * The one to whom it is offered takes primary ownership; whoever offered it becomes an owner. In the surrounding
 * transaction where there is one: what else moves with it belongs there. Accepting again changes nothing.
 * @throws Refusal handoverGone, notAnOwner
 */
export function acceptHandover({ account, id, by, at }: Answer): Promise<{ handover: Handover; fresh: boolean }> {
  return inTransaction(async () => {
    const doc = await findHandover(account, id);
    if (doc.to !== by) refuse({ kind: 'handoverGone', why: 'notYours' });
    if (doc.state === 'accepted') return { handover: toHandover(doc), fresh: false };
    assertOpen(doc, at);
    const { workspace, from, to } = doc;
    await movePrimaryOwnership({ account, workspace, from, to, expected: 'owner' });
    return { handover: await end(doc, 'accepted', { by, at, person: from }), fresh: true };
  });
}

/** The one to whom it is offered says no. */
export function declineHandover(answer: Answer): Promise<Handover> {
  return endAs('declined', 'to', answer);
}

/** Whoever offered it takes it back. */
export function cancelHandover(answer: Answer): Promise<Handover> {
  return endAs('cancelled', 'from', answer);
}

function endAs(state: 'declined' | 'cancelled', whose: 'from' | 'to', answer: Answer): Promise<Handover> {
  const { account, id, by, at } = answer;
  return inTransaction(async () => {
    const doc = await findHandover(account, id);
    if (doc[whose] !== by) refuse({ kind: 'handoverGone', why: 'notYours' });
    if (doc.state === state) return toHandover(doc);
    assertOpen(doc, at);
    return end(doc, state, { by, at, person: whose === 'from' ? doc.to : doc.from });
  });
}

/** Ends an offer that nobody answered in time; undefined where it does not wait any more. */
export function expireHandover({ account, id, at }: Omit<Answer, 'by'>): Promise<Handover | undefined> {
  return inTransaction(async () => {
    const doc = await findHandover(account, id);
    return doc.state === 'offered' && doc.expiresAt <= at ? end(doc, 'expired', { by: 'system', at }) : undefined;
  });
}

/** In the transaction in which primary ownership goes another way: the open offer is over. */
export async function cancelOpenHandover(of: Place & { by: PersonId; at: Date }): Promise<Handover | undefined> {
  const { account, workspace, by, at } = of;
  const open = await HandoverModel.findOne({ account, workspace, state: 'offered' }).lean<HandoverDoc>();
  return open ? end(open, 'cancelled', { by, at, person: open.to }) : undefined;
}

/** The offer that waits for an answer. */
export async function openHandover({ account, workspace }: Place, at: Date): Promise<Handover | undefined> {
  const open = await HandoverModel.findOne({ account, workspace, state: 'offered' }).lean<HandoverDoc>();
  return open && open.expiresAt > at ? toHandover(open) : undefined;
}

/** Offers of every account that nobody answered in time, the longest overdue first: for sweeps alone. */
export async function overdueHandovers(at: Date, limit: number): Promise<Handover[]> {
  const docs = await HandoverModel.find({ state: 'offered', expiresAt: mongoose.trusted({ $lte: at }) })
    .sort({ expiresAt: 1 })
    .limit(limit)
    .lean<HandoverDoc[]>();
  return docs.map(toHandover);
}

async function findHandover(account: AccountId, id: string): Promise<HandoverDoc> {
  const doc = await HandoverModel.findOne({ account, _id: id }).lean<HandoverDoc>();
  return doc ?? refuse({ kind: 'handoverGone', why: 'unknown' });
}

function assertOpen({ state, expiresAt }: HandoverDoc, at: Date): void {
  if (state !== 'offered') refuse({ kind: 'handoverGone', why: state });
  if (expiresAt <= at) refuse({ kind: 'handoverGone', why: 'expired' });
}

/** If nobody has since it was read; a transaction that read an older state fails instead. */
async function end(
  { account, workspace, _id }: HandoverDoc,
  state: Exclude<HandoverState, 'offered'>,
  { by, at, person }: { by: PersonId; at: Date; person?: PersonId },
): Promise<Handover> {
  const ended = await HandoverModel.findOneAndUpdate(
    { account, _id, state: 'offered' },
    { $set: { state, endedAt: at } },
    { returnDocument: 'after' },
  )
    .lean<HandoverDoc>()
    .orFail();
  await writeAudit({ account, workspace, by, action: `handover.${state}`, at, ...(person && { person }) });
  return toHandover(ended);
}

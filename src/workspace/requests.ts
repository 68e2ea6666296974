import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { AuditAction } from './audit-actions.js';
import { writeAudit } from './audit.js';
import { digest } from './canonical.js';
import type { AccountId, PersonId, Request, RequestId, WorkspaceId } from './entities.js';
import type { IdentityKey } from './identity.js';
import { type RequestDoc, RequestModel, toRequest } from './request-model.js';
import { nextStep } from './request-schedule.js';
import { assertNotOwn, assertPending, findRequest, moveOn } from './request-state.js';

const LIFETIME_MS = 7 * 24 * 3_600_000;

export interface Ask {
  account: AccountId;
  workspace?: WorkspaceId;
  by: PersonId;
  byIdentity: IdentityKey;
  /** The permission it takes to decide it. */
  action: string;
  call: Request['call'];
  why?: string;
  at: Date;
}

/**
 * `fresh` is false where an identical one of the same person was pending already: that one is returned. One whose time
 * was up is ended by the way, and returned as `expired`: its people are still to be told.
 */
export function openRequest(ask: Ask): Promise<Request & { fresh: boolean; expired?: Request }> {
  const { account, workspace, by, byIdentity, action, call, why, at } = ask;
  const fingerprint = digest({ workspace, action, call });
  return inTransaction(async () => {
    const twin = await RequestModel.findOne({ account, by, fingerprint, state: 'pending' }).lean<RequestDoc>();
    if (twin && twin.expiresAt > at) return { ...toRequest(twin), fresh: false };
    const expired = twin && { expired: await expire(twin, at) };
    const doc: RequestDoc = {
      _id: newId('req', at),
      account,
      by,
      byIdentity,
      action,
      call,
      fingerprint,
      state: 'pending',
      version: 1,
      thread: [],
      createdAt: at,
      expiresAt: new Date(at.getTime() + LIFETIME_MS),
      stepsTaken: 0,
      ...nextStep(at, 0),
      ...(workspace && { workspace }),
      ...(why && { why }),
    };
    await RequestModel.create(doc);
    await audit(doc, by, 'request.opened', at, { action, command: call.command });
    return { ...toRequest(doc), fresh: true, ...expired };
  });
}

export async function getRequest(account: AccountId, id: RequestId): Promise<Request | undefined> {
  const doc = await RequestModel.findOne({ account, _id: id }).lean<RequestDoc>();
  return doc ? toRequest(doc) : undefined;
}

interface Decision {
  account: AccountId;
  id: RequestId;
  /** The version that the clicked card showed; left out where the id was typed. */
  version?: number;
  by: PersonId;
  at: Date;
  /** Throws a Refusal where `by` may not decide this. Runs inside the transaction, perhaps more than once. */
  mayDecide: (request: Request) => Promise<void>;
}

/**
 * Of many decisions at once one is taken; the others are refused and told who decided, and when. Whoever runs the
 * approved call checks the rights once more. Nobody approves their own request.
 */
export function approveRequest(decision: Decision & { note?: string }): Promise<Request> {
  return decide(decision, 'approved', decision.note);
}

/** As approveRequest. A denial has its reason in `note`. */
export async function denyRequest(decision: Decision & { note: string }): Promise<Request> {
  if (decision.note.trim() === '') refuse({ kind: 'badArgument', argument: 'note', typed: '', expected: 'a reason' });
  return decide(decision, 'denied', decision.note);
}

function decide(decision: Decision, state: 'approved' | 'denied', note?: string): Promise<Request> {
  const { account, id, version, by, at, mayDecide } = decision;
  return inTransaction(async () => {
    const doc = await findRequest(account, id);
    await assertPending(doc, at, version);
    await assertNotOwn(doc, by);
    await mayDecide(toRequest(doc));
    const decided = await moveOn(doc, { state, decidedBy: by, decidedAt: at, ...(note && { note }) });
    await audit(doc, by, `request.${state}`, at, note ? { note } : {});
    return toRequest(decided);
  });
}

/** By the requester alone, while nobody has decided. */
export function withdrawRequest(withdrawal: {
  account: AccountId;
  id: RequestId;
  by: PersonId;
  at: Date;
}): Promise<Request> {
  const { account, id, by, at } = withdrawal;
  return inTransaction(async () => {
    const doc = await findRequest(account, id);
    if (doc.by !== by) refuse({ kind: 'unknownRequest', typed: id });
    await assertPending(doc, at);
    const withdrawn = await moveOn(doc, { state: 'withdrawn' });
    await audit(doc, by, 'request.withdrawn', at);
    return toRequest(withdrawn);
  });
}

/** A question of a decider, or the requester's answer. It raises the version: older cards no longer decide. */
export function addToThread(remark: {
  account: AccountId;
  id: RequestId;
  by: PersonId;
  text: string;
  at: Date;
}): Promise<Request> {
  const { account, id, by, text, at } = remark;
  return inTransaction(async () => {
    const doc = await findRequest(account, id);
    await assertPending(doc, at);
    const talked = await RequestModel.findOneAndUpdate(
      { account, _id: id, version: doc.version },
      { $push: { thread: { by, text, at } }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
      .lean<RequestDoc>()
      .orFail();
    await audit(doc, by, 'request.discussed', at);
    return toRequest(talked);
  });
}

/** Where anything waits: index keys alone are read for it, one for each. */
export async function workspacesThatAsk(account: AccountId): Promise<WorkspaceId[]> {
  const found = await RequestModel.distinct('workspace', { account, state: 'pending' });
  return found.filter((workspace) => typeof workspace === 'string');
}

/** Those that wait in these workspaces, and those of the account alone where asked for. The oldest first. */
export async function pendingRequests(
  account: AccountId,
  workspaces: readonly WorkspaceId[],
  at: Date,
  also: { accountLevel?: boolean } = {},
): Promise<Request[]> {
  const docs = await RequestModel.find({
    account,
    state: 'pending',
    expiresAt: mongoose.trusted({ $gt: at }),
    $or: [
      { workspace: mongoose.trusted({ $in: [...workspaces] }) },
      ...(also.accountLevel ? [{ workspace: mongoose.trusted({ $exists: false }) }] : []),
    ],
  })
    .sort({ createdAt: 1, _id: 1 })
    .lean<RequestDoc[]>();
  return docs.map(toRequest);
}

/** A page of what the person asked for, in any state, the newest first. */
export async function requestsBy(
  account: AccountId,
  person: PersonId,
  { offset = 0, limit = 20, state }: { offset?: number; limit?: number; state?: 'pending' } = {},
): Promise<Request[]> {
  const docs = await RequestModel.find({ account, by: person, ...(state && { state }) })
    .sort({ createdAt: -1, _id: -1 })
    .skip(offset)
    .limit(limit)
    .lean<RequestDoc[]>();
  return docs.map(toRequest);
}

/** How much the person has asked for, ever; or how much of it still waits, with that state. */
export function countRequestsBy(account: AccountId, person: PersonId, state?: 'pending'): Promise<number> {
  return RequestModel.countDocuments({ account, by: person, ...(state && { state }) }).exec();
}

/** Says that the approved call is about to have an effect that no transaction of ours holds. */
export async function beginRun({ account, id }: Pick<Request, 'account' | 'id'>): Promise<void> {
  await RequestModel.updateOne({ account, _id: id, state: 'approved' }, { $set: { begun: true } });
}

/** What came of an approved request's call, once. A second result changes nothing: the first is returned. */
export function recordResult(run: {
  account: AccountId;
  id: RequestId;
  ok: boolean;
  detail: string;
  at: Date;
}): Promise<Request> {
  const { account, id, ok, detail, at } = run;
  return inTransaction(async () => {
    const doc = await findRequest(account, id);
    if (doc.state !== 'approved') refuse({ kind: 'requestClosed', outcome: doc.state });
    if (doc.result) return toRequest(doc);
    const recorded = await moveOn(doc, { result: { ok, detail } });
    await audit(doc, doc.by, 'request.ran', at, { ok, detail });
    return toRequest(recorded);
  });
}

/** Ends the request if it still waits and its time is up; undefined where it does not. */
export function expireRequest({
  account,
  id,
  at,
}: Pick<Decision, 'account' | 'id' | 'at'>): Promise<Request | undefined> {
  return inTransaction(async () => {
    const doc = await findRequest(account, id);
    return doc.state === 'pending' && doc.expiresAt <= at ? expire(doc, at) : undefined;
  });
}

async function expire(doc: RequestDoc, at: Date): Promise<Request> {
  const expired = await moveOn(doc, { state: 'expired' });
  await audit(doc, 'system', 'request.expired', at);
  return toRequest(expired);
}

async function audit(
  request: RequestDoc,
  by: PersonId,
  action: AuditAction,
  at: Date,
  detail: Readonly<Record<string, string | number | boolean>> = {},
): Promise<void> {
  const { account, workspace, _id } = request;
  await writeAudit({ account, by, action, request: _id, detail, at, ...(workspace && { workspace }) });
}

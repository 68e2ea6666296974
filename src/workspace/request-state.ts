import { refuse } from '../refusal.js';
import type { AccountId, PersonId, RequestId, RequestState } from './entities.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { nameOf } from './rank.js';
import { type RequestDoc, RequestModel } from './request-model.js';

export async function findRequest(account: AccountId, id: RequestId): Promise<RequestDoc> {
  const doc = await RequestModel.findOne({ account, _id: id }).lean<RequestDoc>();
  return doc ?? refuse({ kind: 'unknownRequest', typed: id });
}

/** Refuses what is decided, over, or not as the clicked card showed it: says who decided, and when. */
export async function assertPending(request: RequestDoc, at: Date, version?: number): Promise<void> {
  const { account, state, decidedBy, decidedAt, expiresAt } = request;
  if (state !== 'pending') {
    refuse({
      kind: 'requestClosed',
      outcome: state,
      ...(decidedBy && { by: await nameOf(account, decidedBy) }),
      ...(decidedAt && { at: decidedAt.toISOString() }),
    });
  }
  if (expiresAt <= at) refuse({ kind: 'requestClosed', outcome: 'expired', at: expiresAt.toISOString() });
  if (version !== undefined && version !== request.version) refuse({ kind: 'requestClosed', outcome: 'changed' });
}

/** Moves the request on if nobody has since it was read; a transaction that read an older version fails instead. */
export async function moveOn(
  { account, _id, version }: RequestDoc,
  change: Partial<Pick<RequestDoc, 'decidedBy' | 'decidedAt' | 'note' | 'result'>> & { state?: RequestState },
): Promise<RequestDoc> {
  return RequestModel.findOneAndUpdate(
    { account, _id, version },
    { $set: { ...change, version: version + 1 } },
    { returnDocument: 'after' },
  )
    .lean<RequestDoc>()
    .orFail();
}

/** Nobody decides their own: not by another identity of theirs, nor as somebody with the same verified address. */
export async function assertNotOwn(request: RequestDoc, by: PersonId): Promise<void> {
  if (request.by === by) refuse({ kind: 'ownRequest' });
  const { account } = request;
  const mine = await IdentityModel.find({ account, person: by }).lean<IdentityDoc[]>();
  const theirs = await IdentityModel.find({ account, person: request.by }).lean<IdentityDoc[]>();
  const addresses = new Set(theirs.flatMap(({ verifiedEmail }) => verifiedEmail ?? []));
  const same = mine.some(
    ({ key, verifiedEmail }) => key === request.byIdentity || (verifiedEmail && addresses.has(verifiedEmail)),
  );
  if (same) refuse({ kind: 'ownRequest' });
}

import type { AccountId, PersonId, Request, RequestId, WorkspaceId } from './entities.js';
import type { IdentityKey } from './identity.js';

export interface Ask {
  account: AccountId;
  workspace?: WorkspaceId;
  by: PersonId;
  byIdentity: IdentityKey;
  action: string;
  call: Request['call'];
  why?: string;
  at: Date;
}

export interface Decision {
  account: AccountId;
  id: RequestId;
  /** The version that the clicked card showed. */
  version?: number;
  by: PersonId;
  at: Date;
  /** Throws a Refusal where `by` may not decide this. Runs inside the transaction, perhaps more than once. */
  mayDecide: (request: Request) => Promise<void>;
}

/** `fresh` is false where an identical one of the same person was pending already. */
export async function openRequest(_ask: Ask): Promise<Request & { fresh: boolean }> {
  throw new Error('not built yet');
}

export async function getRequest(_account: AccountId, _id: RequestId): Promise<Request | undefined> {
  throw new Error('not built yet');
}

export async function approveRequest(_decision: Decision & { note?: string }): Promise<Request> {
  throw new Error('not built yet');
}

export async function denyRequest(_decision: Decision & { note: string }): Promise<Request> {
  throw new Error('not built yet');
}

export async function withdrawRequest(_withdrawal: {
  account: AccountId;
  id: RequestId;
  by: PersonId;
  at: Date;
}): Promise<Request> {
  throw new Error('not built yet');
}

export async function addToThread(_remark: {
  account: AccountId;
  id: RequestId;
  by: PersonId;
  text: string;
  at: Date;
}): Promise<Request> {
  throw new Error('not built yet');
}

export async function pendingRequests(
  _account: AccountId,
  _workspaces: readonly WorkspaceId[],
  _at: Date,
  _also?: { accountLevel?: boolean },
): Promise<Request[]> {
  throw new Error('not built yet');
}

export async function requestsBy(_account: AccountId, _person: PersonId, _limit?: number): Promise<Request[]> {
  throw new Error('not built yet');
}

export async function recordResult(_run: {
  account: AccountId;
  id: RequestId;
  ok: boolean;
  detail: string;
  at: Date;
}): Promise<Request> {
  throw new Error('not built yet');
}

export async function expireRequests(_at: Date): Promise<Request[]> {
  throw new Error('not built yet');
}

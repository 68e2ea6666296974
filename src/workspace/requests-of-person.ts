import { inTransaction } from '../mongo.js';
import { writeAudit } from './audit.js';
import type { AccountId, PersonId, Request, WorkspaceId } from './entities.js';
import { type RequestDoc, RequestModel, toRequest } from './request-model.js';
import { moveOn } from './request-state.js';

interface Asked {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
}

/** How many of somebody's requests wait in a workspace. */
export function pendingOf({ account, workspace, person }: Asked): Promise<number> {
  return RequestModel.countDocuments({ account, by: person, workspace, state: 'pending' }).exec();
}

/** Ends what somebody who goes still waits for there: nobody could run it any more. Their cards are the caller's. */
export function endRequestsOf(ending: Asked & { by: PersonId; at: Date }): Promise<Request[]> {
  const { account, workspace, person, by, at } = ending;
  return inTransaction(async () => {
    const pending = await RequestModel.find({ account, by: person, workspace, state: 'pending' })
      .sort({ createdAt: 1, _id: 1 })
      .lean<RequestDoc[]>();
    const ended: Request[] = [];
    for (const doc of pending) {
      ended.push(toRequest(await moveOn(doc, { state: 'withdrawn' })));
      await writeAudit({ account, workspace, by, action: 'request.withdrawn', request: doc._id, person, at });
    }
    return ended;
  });
}

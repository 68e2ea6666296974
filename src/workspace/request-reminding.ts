import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from './audit.js';
import type { AccountId, Request, RequestId } from './entities.js';
import { type RequestDoc, RequestModel, toRequest } from './request-model.js';
import { nextStep, type Step, stepsDue } from './request-schedule.js';

/** Requests of every account that nobody has answered and that are due for a step, the longest due first: for the sweep. */
export async function requestsDueForStep(at: Date, limit: number): Promise<Request[]> {
  const docs = await RequestModel.find({ state: 'pending', nextStepAt: mongoose.trusted({ $lte: at }) })
    .sort({ nextStepAt: 1 })
    .limit(limit)
    .lean<RequestDoc[]>();
  return docs.map(toRequest);
}

/**
 * Takes the step that is due, for whoever comes first; undefined where none is, or the request is answered or over.
 * `taken` numbers it. The request's version stays: the cards that are out still decide it.
 */
export function takeStep(of: {
  account: AccountId;
  id: RequestId;
  at: Date;
}): Promise<{ request: Request; step: Step; taken: number } | undefined> {
  const { account, id, at } = of;
  return inTransaction(async () => {
    const doc = await RequestModel.findOne({ account, _id: id, state: 'pending' }).lean<RequestDoc>();
    if (!doc || doc.expiresAt <= at) return undefined;
    const due = stepsDue(doc.createdAt, doc.stepsTaken, at);
    if (!due) return undefined;
    const { nextStepAt } = nextStep(doc.createdAt, due.next);
    const { modifiedCount } = await RequestModel.updateOne(
      { account, _id: id, state: 'pending', stepsTaken: doc.stepsTaken },
      {
        $set: { stepsTaken: due.next, ...(nextStepAt && { nextStepAt }) },
        ...(!nextStepAt && { $unset: { nextStepAt: '' } }),
      },
    );
    if (modifiedCount === 0) return undefined;
    return { request: toRequest(doc), step: due.step, taken: due.next };
  });
}

/** Says in the audit trail what the step came to. */
export async function auditStep(
  { account, workspace, id }: Request,
  action: 'request.reminded' | 'request.escalated',
  detail: { step: number; to: number },
  at: Date,
): Promise<void> {
  const place = workspace && { workspace };
  await writeAudit({ account, ...place, by: 'system', action, request: id, detail, at });
}

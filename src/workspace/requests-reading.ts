import mongoose from 'mongoose';
import type { AccountId, Request, RequestId } from './entities.js';
import { type RequestDoc, RequestModel, toRequest } from './request-model.js';

/** Those of the account among these ids. */
export async function requestsByIds(
  account: AccountId,
  ids: readonly RequestId[],
): Promise<ReadonlyMap<RequestId, Request>> {
  const wanted = mongoose.trusted({ $in: [...new Set(ids)] });
  const docs = await RequestModel.find({ account, _id: wanted }).lean<RequestDoc[]>();
  return new Map(docs.map((doc) => [doc._id, toRequest(doc)]));
}

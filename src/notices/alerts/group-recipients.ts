import mongoose from 'mongoose';
import type { AccountId } from '../../workspace/entities.js';
import type { Recipient } from '../outbox/notice.js';
import { GroupModel, type GroupRow } from './group-model.js';

/** Who got these messages about several workspaces. */
export async function recipientsOfGroups(account: AccountId, groups: readonly string[]): Promise<Recipient[]> {
  const among = { account, _id: mongoose.trusted({ $in: [...groups] }), posted: true };
  return (await GroupModel.find(among, { to: 1 }).lean<GroupRow[]>()).map(({ to }) => to);
}

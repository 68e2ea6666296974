import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { TopUpModel, type TopUpRow } from './models.js';
import { ReversalModel, type ReversalRow } from './reversal-model.js';
import { toTopUp } from './telling.js';
import type { TopUp } from './top-up.js';

const TOP_UP = /^topup:(.+)$/;

/** The top-up behind an entry of the ledger: the one that it credits, or of whose money it took back a part. */
export async function topUpBehind(of: {
  account: AccountId;
  workspace: WorkspaceId;
  /** The entry's. */
  key: string;
}): Promise<TopUp | undefined> {
  const { account, workspace, key } = of;
  const credited = TOP_UP.exec(key)?.[1];
  const reversal = credited
    ? undefined
    : await ReversalModel.findOne({ account, workspace, _id: key }).lean<ReversalRow>();
  const id = credited ?? reversal?.topUp;
  if (id === undefined) return undefined;
  const row = await TopUpModel.findOne({ account, workspace, _id: id }).lean<TopUpRow>();
  return row ? toTopUp(row) : undefined;
}

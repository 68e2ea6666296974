import { inTransaction } from '../../mongo.js';
import { writeAudit } from '../../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import { BillingDetailsModel, type BillingDetailsRow } from './billing-details-model.js';
import type { Party } from './receipt.js';

/** Who buys for the workspace, where its primary owner said so: receipts issued from then on name them. */
export async function billingDetailsOf(account: AccountId, workspace: WorkspaceId): Promise<Party | undefined> {
  const row = await BillingDetailsModel.findOne({ account, workspace }).lean<BillingDetailsRow>();
  return row ? partyOf(row) : undefined;
}

/** Sets them as a whole; receipts that were issued stay as they are. */
export function setBillingDetails(change: {
  account: AccountId;
  workspace: WorkspaceId;
  details: Party;
  by: PersonId;
  at: Date;
}): Promise<void> {
  const { account, workspace, details, by, at } = change;
  const { name, address, taxId } = details;
  return inTransaction(async () => {
    await BillingDetailsModel.updateOne(
      { account, workspace },
      {
        $set: { name, address: [...address], setBy: by, setAt: at, ...(taxId && { taxId }) },
        ...(!taxId && { $unset: { taxId: 1 } }),
      },
      { upsert: true },
    );
    const detail = { name, address: address.join(', '), ...(taxId && { taxId }) };
    await writeAudit({ account, workspace, by, action: 'billing.detailsChanged', detail, at });
  });
}

function partyOf({ name, address, taxId }: BillingDetailsRow): Party {
  return { name, address, ...(taxId && { taxId }) };
}

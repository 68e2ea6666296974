import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { CustomerModel } from './models.js';
import type { PaymentProvider } from './provider.js';
import type { OperatorLog } from './suspense.js';

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Rows looked at per sweep. */
const SWEEP = 200;

/**
 * From the surrounding transaction on no card of the former primary owner pays for the workspace: its next payer is a new
 * customer at the provider, who then forgets the former's cards (see `forgetFormerCards`). False where nobody paid yet.
 */
export async function releaseCustomer({ account, workspace }: Of): Promise<boolean> {
  const row = await CustomerModel.findOne({ account, workspace }).lean();
  if (!row) return false;
  await CustomerModel.updateOne(
    { account, workspace },
    { $inc: { handovers: 1 }, $unset: { customer: 1 }, ...(row.customer && { $push: { former: row.customer } }) },
  );
  return row.customer !== undefined;
}

/** Whether the customer paid for the workspace once, and is not who pays now. */
export async function isFormerCustomer({ account, workspace }: Of, customer: string): Promise<boolean> {
  const row = await CustomerModel.findOne({ account, workspace }).lean();
  return row !== null && row.customer !== customer;
}

/** A card was kept for a former payer after all, as on a page opened before: it is forgotten with the next sweep. */
export async function forgetLater({ account, workspace }: Of, customer: string): Promise<void> {
  await CustomerModel.updateOne({ account, workspace }, { $addToSet: { former: customer } });
}

/** Makes the provider forget the cards of everybody who was primary owner once; resolves with how many cards there were. */
export async function forgetFormerCards(
  deps: { provider: PaymentProvider; log: OperatorLog },
  timeIsUp: () => boolean,
): Promise<number> {
  const rows = await CustomerModel.find({ former: mongoose.trusted({ $exists: true, $ne: [] }) })
    .limit(SWEEP)
    .lean();
  let forgotten = 0;
  for (const { account, workspace, former = [] } of rows) {
    for (const customer of former) {
      if (timeIsUp()) return forgotten;
      try {
        forgotten += await detachAll(deps.provider, customer);
        await CustomerModel.updateOne({ account, workspace }, { $pull: { former: customer } });
      } catch (error) {
        deps.log.error(
          { err: error, account, workspace },
          'cards of a former primary owner could not be forgotten yet',
        );
      }
    }
  }
  return forgotten;
}

/** May be repeated. */
async function detachAll(provider: PaymentProvider, customer: string): Promise<number> {
  const cards = await provider.cards(customer);
  for (const { id } of cards) await provider.detachCard(id);
  return cards.length;
}

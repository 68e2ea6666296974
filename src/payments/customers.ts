import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { isDuplicateKey } from '../mongo.js';
import { CustomerModel, type CustomerRow } from './models.js';
import type { PaymentProvider, SavedCard } from './provider.js';

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

/** The workspace's customer at the provider; undefined where nobody was to pay yet. */
export async function knownCustomer({ account, workspace }: Of): Promise<string | undefined> {
  return (await CustomerModel.findOne({ account, workspace }).lean())?.customer;
}

/**
 * The workspace's customer at the provider, made when it is first needed. An answer lost for longer than the provider
 * keeps keys leaves an empty customer behind there, which harms nobody.
 */
export async function ensureCustomer(provider: PaymentProvider, of: Of & { workspaceName: string }): Promise<string> {
  const { account, workspace } = of;
  const known = await ensureRow(of);
  if (known.customer) return known.customer;
  const { name, handovers } = known;
  const key = handovers ? `customer:${workspace}:${handovers}` : `customer:${workspace}`;
  const made = await provider.createCustomer({ account, workspace, name, key });
  const kept = await CustomerModel.findOneAndUpdate(
    {
      account,
      workspace,
      customer: mongoose.trusted({ $exists: false }),
      handovers: handovers ?? mongoose.trusted({ $exists: false }),
    },
    { $set: { customer: made } },
    { returnDocument: 'after' },
  ).lean();
  return kept?.customer ?? (await knownCustomer(of)) ?? made;
}

async function ensureRow(of: Of & { workspaceName: string }): Promise<CustomerRow> {
  const { account, workspace, workspaceName } = of;
  const change = { $setOnInsert: { account, workspace, name: workspaceName } };
  const upsert = () =>
    CustomerModel.findOneAndUpdate({ account, workspace }, change, { upsert: true, returnDocument: 'after' }).lean();
  try {
    return await upsert();
  } catch (error) {
    if (isDuplicateKey(error)) return upsert();
    throw error;
  }
}

/** The card that a charge would take: the customer's default, else the newest. */
export async function payerOf(
  provider: PaymentProvider,
  of: Of,
): Promise<{ customer: string; card: SavedCard } | undefined> {
  const customer = await knownCustomer(of);
  const [card] = customer ? await provider.cards(customer) : [];
  return customer && card ? { customer, card } : undefined;
}

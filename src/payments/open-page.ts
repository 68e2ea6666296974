import mongoose from 'mongoose';
import { ensureCustomer } from './customers.js';
import { TopUpModel, type TopUpRow } from './models.js';
import { type Checkout, type PaymentProvider, ProviderRefused } from './provider.js';
import { current, end } from './transitions.js';
import { referenceOf, type TopUpReference } from './top-up.js';

/** Providers forget idempotency keys after a day: then an unanswered page is looked up, never asked for anew. */
const KEY_LIFETIME_MS = 23 * 60 * 60 * 1000;

export interface PageDeps {
  provider: PaymentProvider;
  /** Where the payer comes back to. */
  returnUrl: (topUp: TopUpReference) => string;
}

/**
 * Sees to it that an open top-up that is to be paid on a page has one, and answers the top-up as it then is. Safe to
 * repeat after any crash or lost answer: a page that may exist already is looked for first, and asked for under the
 * same key after that. ProviderRefused at the first asking closes the top-up as `failed`, and is thrown on.
 */
export async function ensurePage(deps: PageDeps, row: TopUpRow, at: Date): Promise<TopUpRow> {
  if (row.state !== 'open' || row.checkoutId) return row;
  try {
    const customer = row.customer ?? (await ensureCustomer(deps.provider, row));
    const page = await openPage(deps, row, customer, at);
    return page ? await keepPage(deps, row, customer, page) : await end(row, ['open'], { state: 'expired' }, at);
  } catch (error) {
    if (error instanceof ProviderRefused && !row.askedAt) await end(row, ['open'], { state: 'failed' }, at);
    throw error;
  }
}

/** A page that came too late, because the saved card is to pay now, is closed again. */
async function keepPage(deps: PageDeps, row: TopUpRow, customer: string, page: Checkout): Promise<TopUpRow> {
  const { id: checkoutId, url } = page;
  const absent = mongoose.trusted({ $exists: false });
  const of = { _id: row._id, account: row.account, checkoutId: absent };
  const kept = await TopUpModel.findOneAndUpdate(
    row.needsCardholder ? { ...of, needsCardholder: true } : { ...of, charge: absent },
    { $set: { customer, checkoutId, ...(url ? { url } : {}) } },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  if (kept) return kept;
  const now = await current(row);
  if (now.checkoutId !== checkoutId) await deps.provider.expireCheckout(checkoutId);
  return now;
}

async function openPage(deps: PageDeps, row: TopUpRow, customer: string, at: Date): Promise<Checkout | undefined> {
  const topUp = referenceOf({ account: row.account, id: row._id });
  if (row.askedAt) {
    const found = await deps.provider.findCheckout({ topUp, customer, since: row.askedAt, except: row.leftCheckoutId });
    if (found) return found;
    if (at.getTime() - row.askedAt.getTime() > KEY_LIFETIME_MS) return undefined;
  } else {
    await TopUpModel.updateOne({ _id: row._id, account: row.account }, { $set: { askedAt: at, customer } });
  }
  const url = deps.returnUrl(topUp);
  return deps.provider.openCheckout(
    {
      topUp,
      account: row.account,
      workspace: row.workspace,
      customer,
      amountMinor: row.amountMinor,
      currency: row.currency,
      description: `Balance for ${row.workspaceName}`,
      successUrl: url,
      cancelUrl: `${url}&left=1`,
    },
    row.needsCardholder ? `checkout:${row._id}:cardholder` : `checkout:${row._id}`,
  );
}

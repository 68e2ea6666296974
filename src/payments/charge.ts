import mongoose from 'mongoose';
import { TopUpModel, type TopUpRow } from './models.js';
import { isPaidFor } from './paid-for.js';
import { type Payment, type PaymentProvider, ProviderRefused } from './provider.js';
import { type SettleDeps, settleCharge, settleCheckout } from './settle.js';
import { referenceOf } from './top-up.js';
import { current, end } from './transitions.js';

/** A card is not charged later than this after somebody chose it: what was not done by then is given up. */
const CHARGE_WITHIN_MS = 60 * 60 * 1000;
/** Whoever asked the provider has an answer by then, or never gets one. */
const ANSWERED_WITHIN_MS = 10 * 60 * 1000;

export interface ChargeDeps extends SettleDeps {
  provider: PaymentProvider;
}

type Charge = NonNullable<TopUpRow['charge']>;

/**
 * Sees to it that a top-up that waits on the saved card is charged, once, and answers it as it then is. Safe to repeat
 * after any crash or lost answer: a charge that may exist already is looked for first, and asked for under the same
 * key after that. What the provider surely refuses ends as `failed`.
 */
export async function ensureCharge(deps: ChargeDeps, row: TopUpRow, at: Date): Promise<TopUpRow> {
  const { charge } = row;
  if (!charge) return row;
  const known = await knownPayment(deps.provider, row, charge);
  const givenUp = at.getTime() - charge.chosenAt.getTime() > CHARGE_WITHIN_MS;
  if (known) {
    const untried = known.status === 'open' && (givenUp || charge.unwanted === true);
    return settleCharge(deps, row, untried ? await deps.provider.cancelPayment(known.id) : known, at);
  }
  if (row.state !== 'open') return row;
  // Only one top-up of its kind is open at a time, and this one is: whatever was paid for its cause shows by now.
  if (givenUp || (!charge.askedAt && (await isPaidFor(row)))) return end(row, ['open'], { state: 'failed' }, at);
  if (charge.unwanted) return neverMade(charge, at) ? end(row, ['open'], { state: 'failed', told: true }, at) : row;
  const ready = charge.askedAt ? row : await leavePage(deps, row, at);
  if (ready.state !== 'open' || !ready.charge?.askedAt) return ready;
  try {
    return await settleCharge(deps, ready, await askFor(deps.provider, ready, ready.charge), at);
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    deps.log.error({ err: error, topUp: row._id }, 'the provider refused to charge a saved card');
    return end(ready, ['open'], { state: 'failed' }, at);
  }
}

/** Whether a charge that was looked for and not found cannot come any more. */
function neverMade({ askedAt }: Charge, at: Date): boolean {
  return !askedAt || at.getTime() - askedAt.getTime() > ANSWERED_WITHIN_MS;
}

/** The charge that was made before, where it may have been. */
async function knownPayment(provider: PaymentProvider, row: TopUpRow, charge: Charge): Promise<Payment | undefined> {
  if (charge.paymentId) return provider.payment(charge.paymentId);
  if (!charge.askedAt || !row.customer) return undefined;
  const topUp = referenceOf({ account: row.account, id: row._id });
  return provider.findPayment({ topUp, customer: row.customer, since: charge.askedAt });
}

function askFor(provider: PaymentProvider, row: TopUpRow, { source: card }: Charge): Promise<Payment> {
  const { _id, account, workspace, customer, amountMinor, currency } = row;
  if (!customer) throw new Error(`top-up ${_id} has a card but no customer`);
  const topUp = referenceOf({ account, id: _id });
  const description = `Balance for ${row.workspaceName}`;
  const monthly = row.automatic?.kind === 'monthly';
  const order = { topUp, account, workspace, customer, card, amountMinor, currency, description, monthly };
  return provider.charge(order, `charge:${_id}`);
}

/** The top-up as long as no charge of its card can exist, and one is wanted. */
function notAskedFor({ _id, account }: TopUpRow) {
  const absent = mongoose.trusted({ $exists: false });
  return { _id, account, state: 'open' as const, 'charge.askedAt': absent, 'charge.unwanted': absent };
}

/**
 * Closes the page that was opened for the top-up before, if any, and only then lets the card be charged: from here on
 * a charge may exist. Where the page was paid meanwhile, that is how the top-up ends.
 */
async function leavePage(deps: ChargeDeps, row: TopUpRow, at: Date): Promise<TopUpRow> {
  const checkoutId = row.checkoutId ?? (await unansweredPage(deps.provider, row));
  if (checkoutId) {
    const page = await deps.provider.expireCheckout(checkoutId);
    if (page.paid) return settleCheckout(deps, row, page, at);
    if (page.status === 'complete') return backToPage(row);
    if (page.status !== 'expired') throw new Error(`page ${checkoutId} could not be closed`);
  }
  const left = await TopUpModel.findOneAndUpdate(
    notAskedFor(row),
    {
      $set: { 'charge.askedAt': at, ...(checkoutId && { leftCheckoutId: checkoutId }) },
      $unset: { checkoutId: 1, url: 1, askedAt: 1, decline: 1 },
    },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return left ?? current(row);
}

/** The payer was done on the page before the card was chosen, and the money is on its way. */
async function backToPage(row: TopUpRow): Promise<TopUpRow> {
  const back = await TopUpModel.findOneAndUpdate(
    notAskedFor(row),
    { $set: { method: 'page', state: 'processing' }, $unset: { charge: 1, card: 1 } },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return back ?? current(row);
}

/** A page may have been opened whose answer was lost. */
async function unansweredPage(provider: PaymentProvider, row: TopUpRow): Promise<string | undefined> {
  if (!row.askedAt || !row.customer) return undefined;
  const topUp = referenceOf({ account: row.account, id: row._id });
  return (await provider.findCheckout({ topUp, customer: row.customer, since: row.askedAt }))?.id;
}

/**
 * Before a page is opened for a cardholder, the charge that asked for them is cancelled: the two never stand beside
 * each other. Where it can no longer be cancelled, the top-up as what became of it leaves it.
 */
export async function cancelCharge(deps: ChargeDeps, row: TopUpRow, at: Date): Promise<TopUpRow | 'canceled'> {
  if (!row.charge?.paymentId) throw new Error(`top-up ${row._id} needs its cardholder but has no charge`);
  const payment = await deps.provider.cancelPayment(row.charge.paymentId);
  return payment.status === 'canceled' ? 'canceled' : settleCharge(deps, row, payment, at);
}

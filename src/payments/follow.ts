import { type ReversalDeps, reverseSuspended, reverseTopUp } from './reverse.js';
import { type Step, stepsOf } from './reversal-steps.js';
import { TopUpModel, type TopUpRow } from './models.js';
import { type Paid, paidByCard, paidOnPage } from './paid.js';
import { type Checkout, type Hint, type Payment, type PaymentProvider, ProviderMissing } from './provider.js';
import { type SettleDeps, settleCharge, settleCheckout } from './settle.js';
import { findSuspended, toSuspense } from './suspense.js';
import { parseReference, type TopUpReference } from './top-up.js';

export interface FollowDeps extends SettleDeps, ReversalDeps {
  provider: PaymentProvider;
  bringUpToDate: (row: TopUpRow, at: Date) => Promise<TopUpRow>;
  /** Something ended, or was reversed, of which people may have to be told. */
  onNews: () => void;
}

/**
 * Reads again what the hint points at and brings our side up to date. What points at nothing that the provider has, or
 * at nothing of ours, does nothing.
 */
export async function follow(deps: FollowDeps, hint: Hint, at: Date): Promise<void> {
  try {
    if (hint.reversalsOf) await followReversals(deps, hint.reversalsOf, at);
    else if (hint.payment) await followPayment(deps, hint.payment, at);
    else if (hint.checkout) await followCheckout(deps, hint.checkout, at);
    else if (hint.topUp) await bringUpToDate(deps, hint.topUp, at);
  } catch (error) {
    if (!(error instanceof ProviderMissing)) throw error;
    deps.log.error({ err: error, event: hint.event, type: hint.type }, 'an event points at what the provider has not');
  }
}

export async function findTopUp(reference: TopUpReference | undefined): Promise<TopUpRow | undefined> {
  const of = reference === undefined ? undefined : parseReference(reference);
  if (!of) return undefined;
  return (await TopUpModel.findOne({ account: of.account, _id: of.id }).lean<TopUpRow>()) ?? undefined;
}

async function bringUpToDate(deps: FollowDeps, reference: TopUpReference, at: Date): Promise<void> {
  const row = await findTopUp(reference);
  if (row) await deps.bringUpToDate(row, at);
}

async function followCheckout(deps: FollowDeps, id: string, at: Date): Promise<void> {
  const checkout = await deps.provider.checkout(id);
  const row = await findTopUp(checkout.topUp);
  if (row) await settleCheckout(deps, row, checkout, at);
  else if (checkout.paid) await keepUnknown(deps, checkout, paidOnPage(checkout), at);
  deps.onNews();
}

async function followPayment(deps: FollowDeps, id: string, at: Date): Promise<void> {
  const payment = await deps.provider.payment(id);
  const row = await findTopUp(payment.topUp);
  if (!row) {
    if (payment.status === 'succeeded') await keepUnknown(deps, payment, paidByCard(payment), at);
  } else if (payment.status === 'succeeded') await settleCharge(deps, row, payment, at);
  else await deps.bringUpToDate(row, at);
  deps.onNews();
}

/** Money with our marks for a top-up that is not there. */
async function keepUnknown(
  deps: FollowDeps,
  { account, workspace, livemode }: Checkout | Payment,
  paid: Paid,
  at: Date,
): Promise<void> {
  if (!account || livemode !== deps.livemode) return;
  const why = 'marked for a top-up that we do not know';
  await toSuspense(deps, { account, workspace, paid, why, real: true, at });
}

/** The credit comes first: where its own webhook is late or lost, it is made good here. */
async function followReversals(deps: FollowDeps, paymentId: string, at: Date): Promise<void> {
  const payment = await deps.provider.payment(paymentId);
  if (!payment.account || payment.livemode !== deps.livemode) return;
  const steps = stepsOf(await deps.provider.reversalsOf(paymentId));
  if (steps.length === 0) return;
  const row = await findTopUp(payment.topUp);
  const isCredited = (one: TopUpRow | undefined) => one?.state === 'credited' && one.paymentId === paymentId;
  const now = row && !isCredited(row) ? await deps.bringUpToDate(row, at) : row;
  if (now && isCredited(now)) await reverseTopUp(deps, now, steps, at);
  else if (now?.state === 'open' || now?.state === 'processing') throw new Error(`${paymentId} is not credited yet`);
  else await reverseBeside(deps, { ...payment, account: payment.account }, now, steps, at);
  deps.onNews();
}

/** Money that no top-up has: it is in suspense, or comes there now. */
async function reverseBeside(
  deps: FollowDeps,
  payment: Payment & { account: string },
  row: TopUpRow | undefined,
  steps: readonly Step[],
  at: Date,
): Promise<void> {
  const { account } = payment;
  const why = row ? 'paid beside its top-up' : 'marked for a top-up that we do not know';
  const whose = row ? { workspace: row.workspace, topUp: row._id } : {};
  await toSuspense(deps, { account, ...whose, paid: paidByCard(payment), why, real: true, at });
  const suspended = await findSuspended(account, payment.id);
  if (suspended) await reverseSuspended(deps, suspended, steps, at);
}

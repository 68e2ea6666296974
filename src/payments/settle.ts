import type { Entry, Ledger } from '../ledger/entry.js';
import { awaitsCharge, type TopUpRow } from './models.js';
import { type Paid, paidByCard, paidOnPage } from './paid.js';
import type { Checkout, Payment } from './provider.js';
import { findSuspended, type OperatorLog, toSuspense } from './suspense.js';
import { referenceOf } from './top-up.js';
import { end, move, whileOnPage } from './transitions.js';

export interface SettleDeps {
  ledger: Ledger;
  livemode: boolean;
  log: OperatorLog;
  /** Keeps the card of a payment on a page for the next time. */
  keepCard: (row: TopUpRow, payment: string) => Promise<void>;
}

/** Money that comes late is taken all the same. */
const TAKES_MONEY = ['open', 'processing', 'expired', 'declined', 'failed'] as const;

/**
 * Brings the top-up to what the provider's page says now. Whoever comes first, webhook, return page or reconciler,
 * credits under `topup:<id>`; the others find that entry. Money that does not fit what was asked goes to suspense.
 */
export async function settleCheckout(deps: SettleDeps, row: TopUpRow, checkout: Checkout, at: Date): Promise<TopUpRow> {
  if (checkout.paid) return credit(deps, row, paidOnPage(checkout), checkout.livemode, at);
  const waitsForIt = row.state === 'open' || row.state === 'processing';
  if (!waitsForIt || awaitsCharge(row) || row.checkoutId !== checkout.id) return row;
  const decline = checkout.decline ? { decline: checkout.decline } : {};
  const still = whileOnPage(row);
  if (checkout.status === 'expired') {
    const state = checkout.decline ? ('declined' as const) : ('expired' as const);
    return end(row, ['open', 'processing'], { state, ...decline }, at, still);
  }
  if (checkout.status === 'complete') {
    return checkout.decline
      ? end(row, ['open', 'processing'], { state: 'declined', ...decline }, at, still)
      : move(row, ['open'], { state: 'processing' }, still);
  }
  return checkout.decline && row.decline?.code !== checkout.decline.code ? move(row, ['open'], decline, still) : row;
}

/** Brings the top-up to what the charge of its saved card says now, as `settleCheckout` does of a page. */
export async function settleCharge(deps: SettleDeps, row: TopUpRow, payment: Payment, at: Date): Promise<TopUpRow> {
  if (payment.status === 'succeeded') return credit(deps, row, paidByCard(payment), payment.livemode, at);
  if (!row.charge || !awaitsCharge(row) || (row.state !== 'open' && row.state !== 'processing')) return row;
  const charged = { paymentId: payment.id, charge: { ...row.charge, paymentId: payment.id } };
  switch (payment.status) {
    case 'open':
      return move(row, ['open'], charged);
    case 'processing':
      return move(row, ['open'], { state: 'processing', ...charged });
    case 'declined': {
      const decline = payment.decline && { decline: payment.decline };
      return end(row, ['open', 'processing'], { state: 'declined', ...charged, ...decline }, at);
    }
    case 'cardholder':
      return move(row, ['open', 'processing'], { state: 'open', needsCardholder: true, ...charged });
    case 'canceled':
      return end(row, ['open', 'processing'], { state: 'failed', ...charged }, at);
  }
}

async function credit(deps: SettleDeps, row: TopUpRow, paid: Paid, livemode: boolean, at: Date): Promise<TopUpRow> {
  if (row.state === 'credited' && row.paymentId === paid.payment) return row;
  if (livemode !== deps.livemode) {
    await suspend(deps, row, paid, { why: 'of another mode than ours', real: false, at });
    return row;
  }
  const stray = strayOf(row, paid);
  if (stray) {
    await suspend(deps, row, paid, { why: stray, real: true, at });
    return row;
  }
  const misfit = misfitOf(row, paid);
  if (misfit) return setAside(deps, row, paid, misfit, at);
  if (await findSuspended(row.account, paid.payment)) return row;
  const entry = await post(deps.ledger, row, paid, at);
  if (entry === 'unknownWallet') return setAside(deps, row, paid, 'the workspace has no wallet', at);
  if (entry === 'paidAlready') {
    await suspend(deps, row, paid, { why: 'paid a second time', real: true, at });
    return row;
  }
  const { payment: paymentId, checkout: checkoutId } = paid;
  const { balanceMinor } = entry;
  const page = checkoutId ? { checkoutId } : {};
  const credited = await end(row, TAKES_MONEY, { state: 'credited', balanceMinor, paymentId, ...page }, entry.at);
  if (checkoutId) await deps.keepCard(row, paymentId);
  return credited;
}

/**
 * The request is this payment: a second payment of the same top-up is a conflict, however close together the two come.
 */
async function post(
  ledger: Ledger,
  row: TopUpRow,
  paid: Paid,
  at: Date,
): Promise<Entry | 'paidAlready' | 'unknownWallet'> {
  const { workspace: wallet, amountMinor, currency } = row;
  // What came by itself is nobody's doing; where its page was paid in the end, it is.
  const person = row.automatic && !row.needsCardholder ? {} : { person: row.by };
  const posted = await ledger.post({
    wallet,
    key: `topup:${row._id}`,
    kind: 'topup',
    amountMinor,
    contra: 'provider',
    ...person,
    ...(row.origin && { reference: row.origin.reference }),
    request: { topUp: row._id, payment: paid.payment, amountMinor, currency },
    at,
  });
  switch (posted.outcome) {
    case 'posted':
    case 'duplicate':
      return posted.entry;
    case 'conflict':
      return 'paidAlready';
    case 'unknownWallet':
      return 'unknownWallet';
    case 'insufficient':
      throw new Error('a credit was refused for want of money');
  }
}

/** Money from another page or charge than the top-up's own: it leaves the top-up alone. */
function strayOf(row: TopUpRow, paid: Paid): string | undefined {
  if (paid.checkout) {
    return row.checkoutId && row.checkoutId !== paid.checkout ? 'paid on a page that we did not send' : undefined;
  }
  if (!row.charge) return 'charged to a card without being asked for';
  return row.charge.paymentId && row.charge.paymentId !== paid.payment ? 'charged a second time' : undefined;
}

function misfitOf(row: TopUpRow, paid: Paid): string | undefined {
  if (paid.topUp !== referenceOf({ account: row.account, id: row._id })) return 'marked for another top-up';
  if (paid.account !== row.account || paid.workspace !== row.workspace) return 'marked for another workspace';
  if (paid.currency !== row.currency) return 'another currency';
  if (paid.amountMinor !== row.amountMinor) return 'another amount';
  return undefined;
}

async function setAside(deps: SettleDeps, row: TopUpRow, paid: Paid, why: string, at: Date): Promise<TopUpRow> {
  await suspend(deps, row, paid, { why, real: true, at });
  return end(row, TAKES_MONEY, { state: 'suspense', paymentId: paid.payment }, at);
}

async function suspend(
  deps: SettleDeps,
  row: TopUpRow,
  paid: Paid,
  how: { why: string; real: boolean; at: Date },
): Promise<void> {
  await toSuspense(deps, { account: row.account, workspace: row.workspace, topUp: row._id, paid, ...how });
}

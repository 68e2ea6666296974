import mongoose from 'mongoose';
import type { Entry, Ledger, Posted } from '../ledger/entry.js';
import { TopUpModel, type TopUpRow } from './models.js';
import type { Checkout } from './provider.js';
import { referenceOf, type TopUpState } from './top-up.js';

export interface OperatorLog {
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export interface SettleDeps {
  ledger: Ledger;
  livemode: boolean;
  log: OperatorLog;
}

/**
 * Brings the top-up to what the provider's page says now. Whoever comes first, webhook, return page or
 * reconciler, credits under `topup:<id>`; the others find that entry. Money that does not fit what was asked
 * goes to suspense and to the operator's log.
 */
export async function settle(deps: SettleDeps, row: TopUpRow, checkout: Checkout, at: Date): Promise<TopUpRow> {
  if (checkout.livemode !== deps.livemode) {
    deps.log.error(
      { topUp: row._id, checkout: checkout.id, livemode: checkout.livemode },
      'payment of the wrong mode ignored',
    );
    return row;
  }
  if (checkout.paid) return credit(deps, row, checkout, at);
  if (row.state !== 'open' && row.state !== 'processing') return row;
  const decline = checkout.decline ? { decline: checkout.decline } : {};
  if (checkout.status === 'expired') {
    return move(row, ['open', 'processing'], {
      state: checkout.decline ? 'declined' : 'expired',
      ...decline,
      settledAt: at,
    });
  }
  if (checkout.status === 'complete') {
    return checkout.decline
      ? move(row, ['open', 'processing'], { state: 'declined', ...decline, settledAt: at })
      : move(row, ['open'], { state: 'processing' });
  }
  return checkout.decline && row.decline?.code !== checkout.decline.code ? move(row, ['open'], decline) : row;
}

async function credit(deps: SettleDeps, row: TopUpRow, checkout: Checkout, at: Date): Promise<TopUpRow> {
  if (row.state === 'credited' && row.checkoutId === checkout.id) return row;
  const misfit = misfitOf(row, checkout);
  if (misfit) return suspend(deps, row, checkout, misfit, at);
  const posted = await deps.ledger.post({
    wallet: row.workspace,
    key: `topup:${row._id}`,
    kind: 'topup',
    amountMinor: row.amountMinor,
    contra: 'provider',
    person: row.by,
    at,
  });
  if (posted.outcome === 'unknownWallet') return suspend(deps, row, checkout, 'the workspace has no wallet', at);
  const entry = creditedEntry(posted);
  return move(row, ['open', 'processing', 'expired', 'declined', 'failed'], {
    state: 'credited',
    told: false,
    balanceMinor: entry.balanceMinor,
    settledAt: entry.at,
    checkoutId: checkout.id,
    ...(checkout.paymentId ? { paymentId: checkout.paymentId } : {}),
  });
}

function misfitOf(row: TopUpRow, checkout: Checkout): string | undefined {
  if (row.checkoutId && row.checkoutId !== checkout.id) return 'paid on a page that we did not send';
  if (checkout.topUp !== referenceOf({ account: row.account, id: row._id })) return 'marked for another top-up';
  if (checkout.account !== row.account || checkout.workspace !== row.workspace) return 'marked for another workspace';
  if (checkout.currency !== row.currency) return 'another currency';
  if (checkout.amountMinor !== row.amountMinor) return 'another amount';
  return undefined;
}

/** A credit is refused only by a bug: there is no floor above it, and nobody else writes keys of this kind. */
function creditedEntry(posted: Posted): Entry {
  if (posted.outcome === 'posted' || posted.outcome === 'duplicate') return posted.entry;
  throw new Error(`a top-up's credit answered ${posted.outcome}`);
}

/** A second page's money has a place of its own in suspense and leaves the top-up to the first page. */
async function suspend(deps: SettleDeps, row: TopUpRow, checkout: Checkout, why: string, at: Date): Promise<TopUpRow> {
  await toSuspense(deps, { account: row.account, checkout, why, at });
  if (row.checkoutId && row.checkoutId !== checkout.id) return row;
  return move(row, ['open', 'processing', 'expired', 'declined', 'failed'], {
    state: 'suspense',
    told: false,
    settledAt: at,
  });
}

/** Keeps money that cannot be credited in the account's suspense wallet of that currency, once per page. */
export async function toSuspense(
  deps: SettleDeps,
  of: { account: string; checkout: Checkout; why: string; at: Date },
): Promise<void> {
  const { account, checkout, why, at } = of;
  const { currency, amountMinor } = checkout;
  const wallet = `sys:${account}:${currency}:suspense`;
  await deps.ledger.open({ wallet, account, currency, at });
  const key = `topup:${checkout.id}`;
  creditedEntry(await deps.ledger.post({ wallet, key, kind: 'topup', amountMinor, contra: 'provider', memo: why, at }));
  deps.log.error(
    {
      account,
      checkout: checkout.id,
      payment: checkout.paymentId,
      topUp: checkout.topUp,
      amountMinor,
      currency,
      wallet,
      why,
    },
    'payment kept in suspense: it fits no top-up; refund it at the provider or credit it by hand',
  );
}

/** Compare-and-set: a racer that came first keeps what it wrote, and is what is answered. */
async function move(row: TopUpRow, from: readonly TopUpState[], change: Partial<TopUpRow>): Promise<TopUpRow> {
  const of = { _id: row._id, account: row.account };
  const moved = await TopUpModel.findOneAndUpdate(
    { ...of, state: mongoose.trusted({ $in: from }) },
    { $set: change },
    { returnDocument: 'after' },
  ).lean<TopUpRow>();
  return moved ?? (await TopUpModel.findOne(of).lean<TopUpRow>()) ?? row;
}

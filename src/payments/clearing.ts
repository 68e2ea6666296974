import mongoose from 'mongoose';
import type { Entry } from '../ledger/entry.js';
import { CursorModel } from './cursor-model.js';
import { type FollowDeps, follow } from './follow.js';
import { TopUpModel, type TopUpRow } from './models.js';
import { type Movement, type Payment, ProviderMissing } from './provider.js';
import { keyOf } from './reversal-steps.js';
import { findSuspended, suspenseWallet } from './suspense.js';

/** What is younger may still be under way. */
const SETTLED_AFTER_MS = 60 * 60 * 1000;
const FIRST_LOOK_MS = 3 * 24 * 60 * 60 * 1000;
const WINDOW_MS = 24 * 60 * 60 * 1000;

export interface Clearing {
  /** Lines of the provider's account that were held against ours. */
  compared: number;
  /** What does not agree, though it was brought up to date. */
  findings: readonly { payment: string; detail: string }[];
}

type Finding = Clearing['findings'][number];

/**
 * Holds the provider's account of our money against the ledger, line by line, from where it was left to an hour ago: each
 * movement of a payment of ours has its line of the same amount, and each credit its payment. What is missing is
 * followed first, so that nothing hangs on any event. A finding is for the operator.
 */
export async function compareClearing(deps: FollowDeps, at: Date, timeIsUp: () => boolean): Promise<Clearing> {
  const end = new Date(at.getTime() - SETTLED_AFTER_MS);
  let from = (await CursorModel.findById('clearing').lean())?.at ?? new Date(at.getTime() - FIRST_LOOK_MS);
  const done = { compared: 0, findings: [] as Finding[] };
  const payments = createPaymentCache(deps);
  while (from < end && !timeIsUp()) {
    const to = new Date(Math.min(from.getTime() + WINDOW_MS, end.getTime()));
    let reached = to;
    for (const movement of await deps.provider.movements({ from, to })) {
      if (timeIsUp()) {
        reached = movement.at;
        break;
      }
      done.findings.push(...(await compare(deps, movement, await payments(movement.payment), at)));
      done.compared++;
    }
    if (reached === to) done.findings.push(...(await creditsWithoutPayment(payments, { from, to })));
    await CursorModel.updateOne({ _id: 'clearing' }, { $set: { at: reached } }, { upsert: true });
    from = reached;
  }
  return done;
}

/** Each payment is asked for once; undefined where the provider has none of that name. */
function createPaymentCache({ provider }: FollowDeps): (id: string) => Promise<Payment | undefined> {
  const known = new Map<string, Promise<Payment | undefined>>();
  return (id) => {
    const asked =
      known.get(id) ??
      provider.payment(id).catch((error: unknown) => {
        if (error instanceof ProviderMissing) return undefined;
        throw error;
      });
    known.set(id, asked);
    return asked;
  };
}

async function compare(
  deps: FollowDeps,
  movement: Movement,
  payment: Payment | undefined,
  at: Date,
): Promise<Finding[]> {
  if (!payment?.account || payment.livemode !== deps.livemode) return [];
  const { account, topUp } = payment;
  const line = () => lineOf(deps, account, movement);
  let found = await line();
  if (!found) {
    const hint = { event: 'clearing', type: 'clearing' };
    if (topUp) await follow(deps, { ...hint, topUp }, at);
    await follow(deps, { ...hint, reversalsOf: payment.id }, at);
    found = await line();
  }
  const { kind, amountMinor, currency } = movement;
  if (found?.amountMinor === amountMinor && found.currency === currency) return [];
  const ours = found ? `${found.amountMinor} ${found.currency}` : 'nothing';
  return [{ payment: payment.id, detail: `${kind}: the provider has ${amountMinor} ${currency}, the ledger ${ours}` }];
}

/** Our line of the movement, in the workspace's wallet or in suspense. */
async function lineOf(
  { ledger }: FollowDeps,
  account: string,
  { payment, kind, providerId }: Movement,
): Promise<Entry | undefined> {
  const row = await TopUpModel.findOne({ account, paymentId: payment, state: 'credited' }).lean<TopUpRow>();
  if (row) return ledger.entry(row.workspace, kind === 'taken' ? `topup:${row._id}` : keyOf(kind, providerId));
  const suspended = await findSuspended(account, payment);
  if (!suspended?.entry) return undefined;
  const wallet = suspenseWallet(account, suspended.currency);
  return ledger.entry(wallet, kind === 'taken' ? suspended.entry : keyOf(kind, providerId));
}

async function creditsWithoutPayment(
  payments: (id: string) => Promise<Payment | undefined>,
  { from, to }: { from: Date; to: Date },
): Promise<Finding[]> {
  const settledAt = mongoose.trusted({ $gte: from, $lt: to });
  const findings: Finding[] = [];
  for await (const row of TopUpModel.find({ state: 'credited', settledAt }).lean<TopUpRow[]>().cursor()) {
    const { paymentId, amountMinor, currency } = row;
    const payment = paymentId === undefined ? undefined : await payments(paymentId);
    const agrees = payment?.status === 'succeeded' && payment.amountMinor === amountMinor;
    if (agrees && payment.currency === currency) continue;
    findings.push({
      payment: paymentId ?? row._id,
      detail: `top-up ${row._id} of ${row.account} is credited, and the provider has no such payment`,
    });
  }
  return findings;
}

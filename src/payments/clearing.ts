import mongoose from 'mongoose';
import type { Entry } from '../ledger/entry.js';
import { CursorModel } from './cursor-model.js';
import { findTopUp, type FollowDeps, follow } from './follow.js';
import { TopUpModel, type TopUpRow } from './models.js';
import { createPaymentLookUp } from './payment-look-up.js';
import type { Movement, Payment } from './provider.js';
import { placesOf } from './provider-report.js';

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
  while (from < end && !timeIsUp()) {
    const to = new Date(Math.min(from.getTime() + WINDOW_MS, end.getTime()));
    try {
      const { reached, compared, findings } = await compareWindow(deps, { from, to, at, timeIsUp });
      await CursorModel.updateOne({ _id: 'clearing' }, { $set: { at: reached } }, { upsert: true });
      done.compared += compared;
      done.findings.push(...findings);
      from = reached;
    } catch (error) {
      // What was found before is passed by the cursor, and would be heard of no more.
      if (done.findings.length === 0) throw error;
      deps.log.error({ err: error, from, to }, "a part of the provider's account is held against ours the next time");
      break;
    }
  }
  return done;
}

async function compareWindow(
  deps: FollowDeps,
  { from, to, at, timeIsUp }: { from: Date; to: Date; at: Date; timeIsUp: () => boolean },
): Promise<{ reached: Date; compared: number; findings: Finding[] }> {
  const payments = createPaymentLookUp(deps.provider);
  const findings: Finding[] = [];
  let compared = 0;
  for (const movement of await deps.provider.movements({ from, to })) {
    if (timeIsUp()) return { reached: movement.at, compared, findings };
    findings.push(...(await compare(deps, movement, await payments(movement.payment), at)));
    compared++;
  }
  findings.push(...(await creditsWithoutPayment(payments, { from, to })));
  return { reached: to, compared, findings };
}

async function compare(
  deps: FollowDeps,
  movement: Movement,
  payment: Payment | undefined,
  at: Date,
): Promise<Finding[]> {
  if (!payment?.account || payment.livemode !== deps.livemode) return [];
  const ours = { ...payment, account: payment.account };
  let found = await lineOf(deps, movement, ours);
  const trouble = found ? undefined : await bringUpToDate(deps, payment, at);
  found ??= await lineOf(deps, movement, ours);
  const { kind, amountMinor, currency } = movement;
  if (found?.amountMinor === amountMinor && found.currency === currency) return [];
  const had = found ? `${found.amountMinor} ${found.currency}` : 'nothing';
  const why = trouble === undefined ? '' : `, and it cannot be brought up to date: ${trouble}`;
  return [
    {
      payment: payment.id,
      detail: `${kind}: the provider has ${amountMinor} ${currency}, the ledger ${had}${why}`,
    },
  ];
}

/** Why it could not be done, where it could not: one payment in trouble keeps no other from being looked at. */
async function bringUpToDate(deps: FollowDeps, { id, topUp }: Payment, at: Date): Promise<string | undefined> {
  const hint = { event: 'clearing', type: 'clearing' };
  try {
    if (topUp) await follow(deps, { ...hint, topUp }, at);
    await follow(deps, { ...hint, reversalsOf: id }, at);
    return undefined;
  } catch (error) {
    deps.log.error({ err: error, payment: id }, 'a payment could not be brought up to date');
    return error instanceof Error ? error.message : String(error);
  }
}

/** Our line of the movement, in suspense or in the workspace's wallet: there it is only of the payment that was credited. */
async function lineOf(
  { ledger }: FollowDeps,
  movement: Movement,
  payment: Payment & { account: string },
): Promise<Entry | undefined> {
  const row = await findTopUp(payment.topUp);
  const isCredited = row?.state === 'credited' && row.paymentId === payment.id;
  for (const { wallet, key } of placesOf(movement, payment)) {
    if (movement.kind === 'taken' && wallet === payment.workspace && !isCredited) continue;
    const entry = await ledger.entry(wallet, key);
    if (entry) return entry;
  }
  return undefined;
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

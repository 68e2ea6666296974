import type { Ledger } from '../../ledger/entry.js';
import type { Workspace } from '../../workspace/entities.js';
import { Refusal } from '../../refusal.js';
import type { Payments } from '../payments.js';
import type { Log } from '../../log.js';
import { isPaidFor } from '../paid-for.js';
import type { TopUp } from '../top-up.js';
import type { Automatic, AutomaticEvent, Charge, StopReason } from './automatic.js';
import { cardIsDone, MOST_TRIES, needsCardholder, nextTry } from './back-off.js';
import { type Decision, LOOK_AGAIN_MS } from './decide.js';
import { amend, type Next, type Read, replace } from './store.js';
import { begunAnew, credited, declined, owing, paused, planned, withdrawn } from './transitions.js';

export interface AutomaticDeps {
  ledger: Pick<Ledger, 'heads' | 'totals'>;
  payments: Pick<Payments, 'savedCard' | 'chargeCard' | 'giveUpCharge'>;
  /** Writes what people are to hear, in the surrounding transaction: perhaps more than once. */
  tell(event: AutomaticEvent): Promise<void>;
  log: Pick<Log, 'error'>;
}

/** A workspace without a working card is looked at this often for a new one. */
export const LOOK_FOR_CARD_MS = 3_600_000;

/**
 * Charges what was decided upon. First the charge is written where the decision was made, if nobody has changed that
 * since: of many that decide at once one goes on. The charge's key was persisted with it, so whoever comes after a crash
 * asks for the same.
 */
export async function charge(
  deps: AutomaticDeps,
  read: Read,
  decision: Extract<Decision, { do: 'charge' }>,
  of: { workspace: Workspace; at: Date },
): Promise<void> {
  const { workspace, at } = of;
  const card = await deps.payments.savedCard({ account: workspace.account, workspace: workspace.id });
  if (!card) return stop(deps, read.automatic, decision, { ...of, why: 'noCard' });
  const automatic = planned(read.automatic, decision, { card: card.id, zone: workspace.timeZone, at });
  if (!(await replace(read, { automatic, checkAt: later(at, LOOK_AGAIN_MS) }))) return;
  if (automatic.charge) await finish(deps, automatic.charge, { ...of, wanted: true });
}

/**
 * Asks for the charge, for the first time or again, and brings the automatic payments to what has become of it. Where it
 * is wanted no more, as people paused or turned it off since, it is made only if the provider may have heard of it.
 */
export async function finish(
  deps: AutomaticDeps,
  under: Charge,
  { workspace, at, wanted }: { workspace: Workspace; at: Date; wanted: boolean },
): Promise<void> {
  const { id, account, currency } = workspace;
  const { amountMinor, by, key, kind, cause } = under;
  const order = { account, workspace: id, amountMinor, currency, by, key, at, automatic: { kind, cause } };
  const made = wanted ? await asked(deps, order) : { topUp: await deps.payments.giveUpCharge(order) };
  const nothingTaken = typeof made === 'object' && made.topUp.state === 'failed';
  const paidBefore = nothingTaken && (await isPaidFor(order));
  await amend({ account, workspace: id }, async (now) => {
    if (now?.charge?.key !== key) return undefined;
    if (nothingTaken && !wanted && !paidBefore) return leftOut(now, at);
    const ended = paidBefore ? settledBefore(now, at) : endOf(now, made, at);
    if (ended?.event) await deps.tell(ended.event);
    return ended?.next;
  });
}

type Made = { topUp: TopUp; url?: string } | 'noCard' | 'anotherOpen';

async function asked({ payments }: AutomaticDeps, order: Parameters<Payments['chargeCard']>[0]): Promise<Made> {
  try {
    return await payments.chargeCard(order);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.reason.kind === 'automaticOpen') return 'anotherOpen';
    if (error.reason.kind === 'noSavedCard') return 'noCard';
    throw error;
  }
}

/** The holder paid on the page that an earlier try had become: there is nothing more to charge for. */
function settledBefore(now: Automatic, at: Date): ReturnType<typeof endOf> {
  return { next: { automatic: credited(now), checkAt: later(at, LOOK_AGAIN_MS) } };
}

/** Nobody wanted the charge any more, and it was not made. */
function leftOut(now: Automatic, at: Date): Next {
  const over = withdrawn(now);
  const goesOn = !now.paused && (now.below || now.monthly);
  return { automatic: over, checkAt: goesOn ? later(at, LOOK_AGAIN_MS) : undefined };
}

/** What a charge's end makes of the automatic payments; undefined while it has none. */
function endOf(now: Automatic, made: Made, at: Date): { next: Next; event?: AutomaticEvent } | undefined {
  if (made === 'noCard') return refused(now, { code: 'no_card', why: 'noCard', at });
  if (made === 'anotherOpen') return { next: { automatic: withdrawn(now), checkAt: later(at, LOOK_AGAIN_MS) } };
  const { topUp, url } = made;
  switch (topUp.state) {
    case 'open':
      return topUp.needsCardholder
        ? refused(now, { code: 'authentication_required', why: 'cardholder', at, ...(url && { url }) })
        : undefined;
    case 'processing':
      return undefined;
    case 'credited':
      return { next: { automatic: credited(now), checkAt: later(at, LOOK_AGAIN_MS) } };
    case 'suspense':
      return refused(now, { code: 'set_aside', why: 'setAside', at });
    case 'declined':
    case 'expired':
    case 'failed':
      return notPaid(now, topUp.decline?.code ?? topUp.state, at);
  }
}

function notPaid(now: Automatic, code: string, at: Date): ReturnType<typeof endOf> {
  const over = declined(now, code, undefined);
  if (!now.below && !now.monthly) return { next: { automatic: begunAnew(over) } };
  if (now.paused) return { next: { automatic: over } };
  if (needsCardholder(code)) return refused(now, { code, why: 'cardholder', at });
  if (cardIsDone(code)) return refused(now, { code, why: 'cardRefused', at });
  const declines = now.declines + 1;
  const nextTryAt = nextTry(declines, at);
  if (!nextTryAt) return refused(now, { code, why: 'declined', at });
  const { charge, account, workspace } = now;
  if (!charge) throw new Error('a charge that is not under way cannot end');
  return {
    next: { automatic: declined(now, code, nextTryAt), checkAt: nextTryAt },
    event: {
      kind: 'declined',
      id: `${charge.key}:declined`,
      account,
      workspace,
      charge,
      code,
      nextTryAt,
      triesLeft: MOST_TRIES - declines,
    },
  };
}

/** The breaker opens: nothing is tried until a person resumes, or another card is there. */
function refused(
  now: Automatic,
  how: { code: string; why: StopReason; at: Date; url?: string },
): ReturnType<typeof endOf> {
  const { charge, account, workspace } = now;
  if (!charge) throw new Error('a charge that is not under way cannot end');
  const { code, why, at, url } = how;
  const card = why === 'noCard' ? undefined : charge.card;
  const over = declined(now, code, undefined);
  // A person's pause stands above ours, and a handover's.
  const automatic = over.paused ? over : paused(over, { why, at, card });
  const event: AutomaticEvent = {
    kind: 'stopped',
    id: `${charge.key}:stopped`,
    account,
    workspace,
    why,
    charge,
    code,
    ...(url && { url }),
  };
  const still = automatic.paused?.why === 'person' || automatic.paused?.why === 'handedOver';
  return { next: { automatic, checkAt: still ? undefined : lookForCard(why, at) }, event };
}

/** Stops without a charge, and says so; where somebody changed something meanwhile, the next look decides. */
export async function stop(
  deps: AutomaticDeps,
  read: Automatic,
  decision: Extract<Decision, { do: 'charge' }>,
  of: { workspace: Workspace; at: Date; why: 'noCard' | 'wentBack' },
): Promise<void> {
  const { account, workspace, attempts } = read;
  const { at, why } = of;
  await amend({ account, workspace }, async (now) => {
    if (!now || now.charge || now.paused || now.attempts !== attempts) return undefined;
    const id = `auto:${workspace}:${why}:${at.getTime()}`;
    await deps.tell({ kind: 'stopped', id, account, workspace, why, charge: decision });
    const owed = decision.recharge ? owing(now, decision.recharge, of.workspace.timeZone) : now;
    return { automatic: paused(owed, { why, at }), checkAt: lookForCard(why, at) };
  });
}

function lookForCard(why: StopReason, at: Date): Date | undefined {
  return why === 'setAside' || why === 'wentBack' ? undefined : later(at, LOOK_FOR_CARD_MS);
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

import type { PersonId } from '../../workspace/entities.js';
import type { Automatic, Charge, PauseReason } from './automatic.js';
import { chargedIn, type Decision, nextRecharge } from './decide.js';
import { lastOccasion, type Period } from './schedule.js';

type ToCharge = Extract<Decision, { do: 'charge' }>;

/** The charge that was decided upon becomes the one under way, before the provider hears of it. */
export function planned(
  automatic: Automatic,
  decision: ToCharge,
  of: { card: string; zone: string; at: Date },
): Automatic {
  const { nextTryAt: _try, owed: _owed, ...rest } = automatic;
  const { kind, cause, amountMinor, period, recharge } = decision;
  const attempts = automatic.attempts + 1;
  const charge: Charge = {
    kind,
    cause,
    key: `auto:${cause}:${attempts}`,
    amountMinor,
    by: automatic.by,
    card: of.card,
    period,
    plannedAt: of.at,
  };
  const begun = recharge === undefined ? rest : recharged(rest, recharge, of.zone);
  // Another card has all its tries before it.
  const declines = automatic.lastDecline?.card === of.card ? automatic.declines : 0;
  return { ...begun, attempts, declines, charge, tally: counted(automatic, charge, amountMinor) };
}

/** The money is in the balance. */
export function credited(automatic: Automatic): Automatic {
  const { charge, lastDecline: _decline, ...rest } = automatic;
  const episode = automatic.episode + (charge?.kind === 'below' ? 1 : 0);
  return { ...rest, episode, declines: 0 };
}

/** Nothing of the charge was ever begun: it is decided upon anew. */
export function withdrawn(automatic: Automatic): Automatic {
  const { charge, ...rest } = automatic;
  if (!charge) return automatic;
  return { ...rest, tally: counted(automatic, charge, -charge.amountMinor), ...owedFor(automatic, charge) };
}

/** This try took nothing. `nextTryAt`: when there is another; a recharge stays owed as long as there are recharges. */
export function declined(automatic: Automatic, code: string, nextTryAt: Date | undefined): Automatic {
  const { charge } = automatic;
  if (!charge) return automatic;
  return {
    ...withdrawn(automatic),
    declines: automatic.declines + 1,
    lastDecline: { code, card: charge.card },
    ...(nextTryAt && { nextTryAt }),
  };
}

function owedFor({ monthly }: Automatic, { kind, cause }: Charge): { owed?: Period } {
  return kind === 'monthly' && monthly ? { owed: cause.slice('monthly:'.length) } : {};
}

export function paused(
  automatic: Automatic,
  pause: { why: PauseReason; at: Date; by?: PersonId; card?: string | undefined },
): Automatic {
  const { nextTryAt: _try, ...rest } = automatic;
  const { card, ...how } = pause;
  return { ...rest, paused: { ...how, ...(card && { card }) } };
}

/** Goes on. What fell due meanwhile is not made up, but a recharge that was tried and declined is tried again. */
export function resumed(automatic: Automatic, zone: string, at: Date): Automatic {
  const anew = { ...begunAnew(automatic), goneBackSince: at };
  return automatic.paused ? scheduled(anew, zone, at) : anew;
}

/** Neither paused nor backing off. */
export function begunAnew(automatic: Automatic): Automatic {
  const { paused: _paused, lastDecline: _decline, nextTryAt: _try, ...rest } = automatic;
  return { ...rest, declines: 0 };
}

/** The next recharge is the first that falls due after `at`, and never a second one in a month. */
export function scheduled(automatic: Automatic, zone: string, at: Date): Automatic {
  const { monthly } = automatic;
  if (!monthly) return automatic;
  const past = lastOccasion(monthly.day, zone, at).period;
  const done = automatic.recharged && automatic.recharged > past ? automatic.recharged : past;
  return withNext({ ...automatic, recharged: done }, zone);
}

/** The recharge is not to be made, for want of a card; with one it is. */
export function owing(automatic: Automatic, period: Period, zone: string): Automatic {
  return { ...recharged(automatic, period, zone), owed: period };
}

/** A recharge that is owed is forgotten, and its month is free again for the rule that comes. */
export function replanned(automatic: Automatic): Automatic {
  const { recharged: done, ...rest } = withoutRecharge(automatic);
  return { ...rest, ...(done && !automatic.owed && { recharged: done }) };
}

export function withoutRecharge(automatic: Automatic): Automatic {
  const { rechargeAt: _at, owed: _owed, ...rest } = automatic;
  return rest;
}

/** That month's recharge is begun, or left out; one of an earlier month is owed no more. */
export function recharged(automatic: Automatic, period: Period, zone: string): Automatic {
  const { owed: _owed, ...rest } = automatic;
  const done = automatic.recharged && automatic.recharged > period ? automatic.recharged : period;
  return withNext({ ...rest, recharged: done }, zone);
}

function withNext(automatic: Automatic, zone: string): Automatic {
  const next = nextRecharge(automatic, zone);
  return next ? { ...automatic, rechargeAt: next.at } : automatic;
}

/** Only auto top-up counts towards its maximum, in the month in which it was decided upon. */
function counted(automatic: Automatic, { kind, period }: Charge, minor: number): Automatic['tally'] {
  if (kind !== 'below') return automatic.tally;
  if (minor < 0 && automatic.tally.period !== period) return automatic.tally;
  return { period, minor: Math.max(0, chargedIn(period, automatic) + minor) };
}

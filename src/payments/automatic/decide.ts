import type { Minor } from '../../ledger/entry.js';
import type { Automatic, AutomaticKind } from './automatic.js';
import { endOfPeriod, lastOccasion, occasionAfter, type Occasion, type Period, periodOf } from './schedule.js';
import { sizeOf } from './size.js';

const DAY_MS = 86_400_000;
/** A recharge found later than this is left out: whoever counted on it has helped themselves by now. */
const CATCH_UP_MS = 3 * DAY_MS;
/** The balance of a workspace with auto top-up is looked at this often, besides after each spend. */
export const LOOK_AGAIN_MS = 60_000;

export type Decision =
  | { do: 'wait'; until: Date }
  | { do: 'charge'; kind: AutomaticKind; cause: string; amountMinor: Minor; period: Period; recharge?: Period }
  | { do: 'leaveOutRecharge'; missed: Occasion }
  | { do: 'tellMaximum'; period: Period; againAt: Date };

/**
 * What is to be done now for automatic payments that are on, with no charge under way. `availableMinor` must have been
 * read after `automatic` was: else a charge that ended in between would be decided upon twice.
 */
export function decide(automatic: Automatic, availableMinor: Minor, zone: string, at: Date): Decision {
  const { monthly, nextTryAt } = automatic;
  if (nextTryAt && nextTryAt > at) return { do: 'wait', until: nextTryAt };
  const due = dueRecharge(automatic, zone, at);
  if (monthly && due) {
    if ('missed' in due) return { do: 'leaveOutRecharge', missed: due.missed };
    const { period } = due;
    return {
      do: 'charge',
      kind: 'monthly',
      cause: `monthly:${period}`,
      amountMinor: monthly.amountMinor,
      period: periodOf(at, zone),
      recharge: period,
    };
  }
  return decideBelow(automatic, availableMinor, zone, at);
}

/** Of several months that went by, the last alone counts; it takes the place of one that is still owed. */
function dueRecharge(
  { monthly, recharged, owed }: Automatic,
  zone: string,
  at: Date,
): { period: Period } | { missed: Occasion } | undefined {
  if (!monthly) return undefined;
  const last = lastOccasion(monthly.day, zone, at);
  if (last.period > (recharged ?? '')) {
    return at.getTime() - last.at.getTime() > CATCH_UP_MS ? { missed: last } : { period: last.period };
  }
  return owed ? { period: owed } : undefined;
}

function decideBelow(automatic: Automatic, availableMinor: Minor, zone: string, at: Date): Decision {
  const { below, episode, maximumTold } = automatic;
  const period = periodOf(at, zone);
  const recharge = nextRecharge(automatic, zone);
  if (!below) return { do: 'wait', until: recharge?.at ?? endOfPeriod(period, zone) };
  const size = sizeOf(below, availableMinor, chargedIn(period, automatic));
  if (size === 'enough') return wait(new Date(at.getTime() + LOOK_AGAIN_MS), recharge);
  if (size !== 'maximumReached') {
    return { do: 'charge', kind: 'below', cause: `below:${episode}`, amountMinor: size.amountMinor, period };
  }
  const againAt = endOfPeriod(period, zone);
  return maximumTold === period ? wait(againAt, recharge) : { do: 'tellMaximum', period, againAt };
}

/** The recharge after the last one that was begun. */
export function nextRecharge({ monthly, recharged }: Automatic, zone: string): Occasion | undefined {
  return monthly && recharged ? occasionAfter(recharged, monthly.day, zone) : undefined;
}

export function chargedIn(period: Period, { tally }: Automatic): Minor {
  return tally.period === period ? tally.minor : 0;
}

function wait(until: Date, recharge: Occasion | undefined): Decision {
  return { do: 'wait', until: recharge && recharge.at < until ? recharge.at : until };
}

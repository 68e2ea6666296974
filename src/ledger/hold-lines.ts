import { strict as assert } from 'node:assert';
import type { EntryKind, Hold, Labels, Minor, NotPosted, Posting } from './entry.js';
import type { Capture, HoldAnswer, Reservation } from './moves.js';
import { type Line, labelsOf } from './line.js';
import { assertSafe, type Change, insufficient, lineUnder, postingLine, respectsFloor } from './next-line.js';

export type HoldRefused = NotPosted | Extract<HoldAnswer, { outcome: 'unknownHold' | 'holdClosed' | 'exceedsHold' }>;

/** Idempotency keys: the kind is ours, the id is the client's. */
export const holdKey = {
  reserve: (hold: string) => `h:${hold}`,
  capture: (hold: string, id: string) => `hc:${hold}:${id}`,
  void: (hold: string) => `hv:${hold}`,
  expire: (hold: string) => `he:${hold}`,
} as const;

/** What all lines of a hold say, so that what is spent and released of it is found with it. */
const inherited = ({ resource, person }: Labels): Labels => ({
  ...(resource !== undefined && { resource }),
  ...(person !== undefined && { person }),
});

const unchanged = ({ remainderMicro, thresholds }: Line): Pick<Change, 'remainderMicro' | 'thresholds'> => ({
  remainderMicro,
  thresholds,
});

/** The line that sets money aside. */
export function reserveLine(last: Line | undefined, asked: Reservation, hash: string): Line | NotPosted {
  if (!last) return { outcome: 'unknownWallet' };
  const { hold: id, amountMinor, expiresAt, at } = asked;
  assertSafe(last.heldMinor + amountMinor);
  const hold: Hold = { id, line: 1, state: 'open', remainingMinor: amountMinor, ...(expiresAt && { expiresAt }) };
  const of = { key: holdKey.reserve(id), kind: 'hold', contra: 'none', at } as const;
  const change: Change = { ...unchanged(last), kind: 'hold', amountMinor: 0, heldMinor: amountMinor };
  const line = { ...lineUnder(last, of, hash, change), hold, ...labelsOf(asked) };
  return respectsFloor('hold', last, line) ? line : insufficient(last);
}

/** The line that spends from a hold, whose newest line is `before`. */
export function captureLine(
  last: Line | undefined,
  before: Line | undefined,
  asked: Capture,
  hash: string,
): Line | HoldRefused {
  if (!last) return { outcome: 'unknownWallet' };
  const open = openHold(before, asked.at);
  if ('outcome' in open) return open;
  const amountMinor = asked.amountMinor ?? open.remainingMinor;
  const left = open.remainingMinor - amountMinor;
  if (left < 0) return { outcome: 'exceedsHold', remainingMinor: open.remainingMinor };
  const remainingMinor = asked.final ? 0 : left;
  const of = { key: holdKey.capture(open.id, asked.id), kind: 'usage', contra: 'revenue', at: asked.at } as const;
  const heldMinor = remainingMinor - open.remainingMinor;
  const change: Change = { ...unchanged(last), kind: 'usage', amountMinor: -amountMinor, heldMinor };
  const hold: Hold = {
    ...open,
    line: open.line + 1,
    state: remainingMinor === 0 ? 'captured' : 'open',
    remainingMinor,
  };
  return { ...lineUnder(last, of, hash, change), hold, ...inherited(before ?? {}), ...labelsOf(asked) };
}

/**
 * The line of a charge that names a hold: out of the hold as far as that is open, the rest from what is available. Where
 * the hold is closed or not there it is a charge like any other.
 */
export function chargeLine(
  last: Line | undefined,
  before: Line | undefined,
  charge: Posting,
  hash: string,
): Line | NotPosted {
  const open = openHold(before, charge.at);
  return 'outcome' in open ? postingLine(last, charge, hash) : postingLine(last, charge, hash, open);
}

/** The line that gives back what is left of a hold. */
export function releaseLine(
  last: Line | undefined,
  before: Line | undefined,
  asked: { state: 'voided' | 'expired'; at: Date },
  hash: string,
): Line | HoldRefused {
  if (!last) return { outcome: 'unknownWallet' };
  const open = openHold(before);
  if ('outcome' in open) return open;
  const { state, at } = asked;
  assert(state === 'voided' || (open.expiresAt && open.expiresAt <= at), 'a hold expires when its time is up');
  const key = state === 'voided' ? holdKey.void(open.id) : holdKey.expire(open.id);
  const of = { key, kind: 'release', contra: 'none', at } as const;
  const change: Change = { ...unchanged(last), kind: 'release', amountMinor: 0, heldMinor: -open.remainingMinor };
  const hold: Hold = { ...open, line: open.line + 1, state, remainingMinor: 0 };
  return { ...lineUnder(last, of, hash, change), hold, ...inherited(before ?? {}) };
}

/** Given the time, a hold whose time is up counts as expired, whether or not the sweep has been there. */
function openHold(before: Line | undefined, at?: Date): Hold | HoldRefused {
  const hold = before?.hold;
  if (!hold) return { outcome: 'unknownHold' };
  if (hold.state !== 'open') return { outcome: 'holdClosed', state: hold.state };
  if (at && hold.expiresAt && hold.expiresAt <= at) return { outcome: 'holdClosed', state: 'expired' };
  return hold;
}

/** What a line of a hold says against the hold's line before it (undefined for the first). Undefined where it is right. */
export function holdFault(before: Hold | undefined, line: Line & { hold: Hold }): string | undefined {
  const { hold, kind, amountMinor } = line;
  if (!before) {
    const sound = kind === 'hold' && hold.line === 1 && hold.state === 'open' && hold.remainingMinor > 0;
    return sound && line._id.k === holdKey.reserve(hold.id) ? undefined : 'a hold begins by reserving';
  }
  if (before.state !== 'open' || hold.line !== before.line + 1)
    return `does not follow line ${before.line} of its hold`;
  if (before.expiresAt?.getTime() !== hold.expiresAt?.getTime()) return 'the expiry of its hold changed';
  const leaves = before.remainingMinor - hold.remainingMinor;
  const took = -amountMinor;
  const kinds: Readonly<Record<Hold['state'], EntryKind>> = {
    open: 'usage',
    captured: 'usage',
    voided: 'release',
    expired: 'release',
  };
  if (kind !== kinds[hold.state]) return `${kind} does not leave a hold ${hold.state}`;
  if ((hold.remainingMinor === 0) === (hold.state === 'open')) return `${hold.state} with ${hold.remainingMinor} left`;
  return fits(line, took, leaves) ? undefined : `${took} was taken where ${leaves} left the hold`;
}

/** A capture takes no more than the hold has and may release the rest; a charge takes what it costs, from elsewhere too. */
function fits({ hold, _id }: Line & { hold: Hold }, took: Minor, leaves: Minor): boolean {
  if (hold.state === 'open') return took === leaves && took > 0;
  const isCharge = hold.state === 'captured' && !_id.k.startsWith(holdKey.capture(hold.id, ''));
  return isCharge ? took >= leaves : took >= 0 && took <= leaves;
}

import { strict as assert } from 'node:assert';
import type { EntryKind, Hold, Minor, NotPosted, Posting, Thresholds, WalletId } from './entry.js';
import { DEFAULT_THRESHOLDS, levelAfter, plainLevel } from './levels.js';
import { addLabels, type Line, type State } from './line.js';

const MICRO = 1_000_000;
const MAX_KEY_LENGTH = 200;

/** Money that goes back whether or not it is still there. */
const MAY_PASS_FLOOR: readonly EntryKind[] = ['refund', 'dispute'];

export interface Opening {
  wallet: WalletId;
  account: string;
  currency: string;
  at: Date;
  floorMinor?: Minor;
  thresholds?: Thresholds;
}

export const OPENING_KEY = 'open';

export function firstLine(opening: Opening, hash: string): Line {
  assertThresholds(opening.thresholds ?? {});
  assertSafe(opening.floorMinor ?? 0);
  return {
    _id: { w: opening.wallet, k: OPENING_KEY },
    w: opening.wallet,
    s: 1,
    hash,
    kind: 'opened',
    amountMinor: 0,
    balanceMinor: 0,
    heldMinor: 0,
    floorMinor: opening.floorMinor ?? 0,
    remainderMicro: 0,
    level: 'ok',
    episode: 0,
    thresholds: opening.thresholds ?? DEFAULT_THRESHOLDS,
    currency: opening.currency,
    contra: 'none',
    at: opening.at,
    account: opening.account,
  };
}

export interface Change {
  kind: EntryKind;
  amountMinor: Minor;
  remainderMicro: number;
  thresholds: Thresholds;
  /** What comes to the held money, or below zero leaves it. */
  heldMinor?: Minor;
}

/** The balance that counts as 100 % from here on: after a top-up what is there then, after other credits only if it rose above. */
function creditedAfter(before: State, change: Change, balanceMinor: Minor): Minor | undefined {
  if (change.amountMinor <= 0) return before.creditedToMinor;
  if (change.kind === 'topup') return balanceMinor;
  return Math.max(before.creditedToMinor ?? balanceMinor, balanceMinor);
}

/** The state after a change, with the alert that it decides: the whole of the ledger's arithmetic, for writing and for verifying. */
export function stateAfter(
  before: State,
  change: Change,
): { state: State; alert?: Omit<NonNullable<Line['alert']>, 'at'> } {
  const balanceMinor = before.balanceMinor + change.amountMinor;
  const creditedToMinor = creditedAfter(before, change, balanceMinor);
  const money = creditedToMinor === undefined ? { balanceMinor } : { balanceMinor, creditedToMinor };
  const level =
    change.kind === 'settings'
      ? plainLevel(money, change.thresholds)
      : levelAfter(before.level, money, change.thresholds);
  const episode = before.level === 'ok' && level !== 'ok' ? before.episode + 1 : before.episode;
  const state: State = {
    balanceMinor,
    heldMinor: before.heldMinor + (change.heldMinor ?? 0),
    floorMinor: before.floorMinor,
    remainderMicro: change.remainderMicro,
    level,
    episode,
    thresholds: change.thresholds,
  };
  // Not by spreading: this is done for every line, written or verified.
  if (creditedToMinor !== undefined) state.creditedToMinor = creditedToMinor;
  return level === before.level ? { state } : { state, alert: { from: before.level, to: level, episode } };
}

const available = ({ balanceMinor, heldMinor }: State): Minor => balanceMinor - heldMinor;

/** Whether a change may take the wallet to this state: what is available never goes below the floor, but by money going back. */
export function respectsFloor(kind: EntryKind, before: State, after: State): boolean {
  return MAY_PASS_FLOOR.includes(kind) || available(after) >= Math.min(available(before), after.floorMinor);
}

/** The line of a change under the chain's last line. */
export function lineUnder(
  last: Line,
  of: Pick<Line, 'kind' | 'contra' | 'at'> & { key: string },
  hash: string,
  change: Change,
): Line {
  const { state, alert } = stateAfter(last, change);
  const at = of.at > last.at ? of.at : last.at;
  const line: Line = {
    _id: { w: last.w, k: of.key },
    w: last.w,
    s: last.s + 1,
    hash,
    kind: of.kind,
    amountMinor: change.amountMinor,
    balanceMinor: state.balanceMinor,
    heldMinor: state.heldMinor,
    floorMinor: state.floorMinor,
    remainderMicro: state.remainderMicro,
    level: state.level,
    episode: state.episode,
    thresholds: state.thresholds,
    currency: last.currency,
    contra: of.contra,
    at,
  };
  if (state.creditedToMinor !== undefined) line.creditedToMinor = state.creditedToMinor;
  if (alert) line.alert = { ...alert, at };
  return line;
}

/**
 * The line that a posting becomes under the chain's last line, or why there is none. What it costs leaves the open hold
 * first, where there is one. Throws RangeError where an amount leaves the safe integers.
 */
export function postingLine(last: Line | undefined, posting: Posting, hash: string, hold?: Hold): Line | NotPosted {
  if (!last) return { outcome: 'unknownWallet' };
  const owedMicro = last.remainderMicro - (posting.amountMicro ?? 0);
  const amountMinor = posting.amountMinor - Math.floor(owedMicro / MICRO);
  assertSafe(amountMinor);
  assertSafe(last.balanceMinor + amountMinor);
  const change: Change = {
    kind: posting.kind,
    amountMinor,
    remainderMicro: owedMicro % MICRO,
    thresholds: last.thresholds,
  };
  const tookMinor = hold ? Math.min(-amountMinor, hold.remainingMinor) : 0;
  if (tookMinor > 0) change.heldMinor = -tookMinor;
  const line = lineUnder(last, posting, hash, change);
  if (hold && tookMinor > 0) line.hold = holdLess(hold, tookMinor);
  if (posting.amountMicro !== undefined) line.amountMicro = posting.amountMicro;
  addLabels(line, posting);
  return respectsFloor(posting.kind, last, line) ? line : insufficient(last);
}

/** The hold after something was taken out of it. */
function holdLess(hold: Hold, tookMinor: Minor): Hold {
  const remainingMinor = hold.remainingMinor - tookMinor;
  return { ...hold, line: hold.line + 1, state: remainingMinor === 0 ? 'captured' : 'open', remainingMinor };
}

export function insufficient(last: State): NotPosted & { outcome: 'insufficient' } {
  return { outcome: 'insufficient', balanceMinor: last.balanceMinor, availableMinor: available(last) };
}

export function settingsLine(
  last: Line | undefined,
  change: { key: string; thresholds: Thresholds; at: Date },
  hash: string,
): Line | NotPosted {
  if (!last) return { outcome: 'unknownWallet' };
  const of = { key: change.key, kind: 'settings', contra: 'none', at: change.at } as const;
  const { remainderMicro } = last;
  return lineUnder(last, of, hash, { kind: 'settings', amountMinor: 0, remainderMicro, thresholds: change.thresholds });
}

/** Mistakes of the calling code, not of a person: these throw. */
export function assertPosting(posting: Posting): void {
  assertKey(posting.key);
  const { amountMinor, amountMicro, kind, contra } = posting;
  assertSafe(amountMinor);
  if (amountMicro !== undefined) {
    assert(Number.isInteger(amountMicro) && amountMicro <= 0 && amountMicro > -MICRO, 'amountMicro out of range');
  }
  assert(contra !== 'none', 'a posting names its contra account');
  assert(amountMinor !== 0 || amountMicro !== undefined, 'a posting moves money');
  assert(kind !== 'topup' || amountMinor > 0, 'a top-up is above zero');
  assert(kind !== 'usage' || amountMinor <= 0, 'usage is not above zero');
  assert(kind !== 'reversal' || posting.reverses !== undefined, 'a reversal names what it reverses');
  assert(posting.hold === undefined || kind === 'usage', 'only usage is taken out of a hold');
}

export function assertKey(key: string): void {
  assert(key.length > 0 && key.length <= MAX_KEY_LENGTH, 'a key has 1 to 200 characters');
}

export function assertThresholds({ lowPercent, criticalPercent, lowMinor }: Thresholds): void {
  for (const percent of [lowPercent, criticalPercent]) {
    assert(
      percent === undefined || (Number.isInteger(percent) && percent > 0 && percent < 100),
      'a percentage is 1 to 99',
    );
  }
  assert(
    lowMinor === undefined || (Number.isSafeInteger(lowMinor) && lowMinor > 0),
    'an amount threshold is above zero',
  );
}

export function assertSafe(amountMinor: number): void {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError('the amount leaves the range of safe integers');
}

import { isDeepStrictEqual } from 'node:util';
import type { EntryKind, Hold, Thresholds, WalletId } from './entry.js';
import type { Line } from './line.js';
import { holdFault } from './hold-lines.js';
import { firstLine, OPENING_KEY, respectsFloor, stateAfter } from './next-line.js';
import { createRederivedHash } from './request-hash.js';

export type Rule =
  | 'sequence'
  | 'opening'
  | 'key'
  | 'amount'
  | 'balance'
  | 'currency'
  | 'time'
  | 'state'
  | 'floor'
  | 'request'
  | 'reversal'
  | 'hold'
  | 'derived'
  | 'transfer'
  | 'clearing'
  | 'zeroSum';

/** One thing that does not add up. */
export interface Finding {
  rule: Rule;
  wallet?: WalletId;
  sequence?: number;
  detail: string;
}

type Found = Pick<Finding, 'rule' | 'detail'>;

/**
 * Everything that is wrong with a line, given the one before it in its wallet (undefined for the first), and its hold as
 * the hold's line before left it.
 */
export type ChainCheck = (before: Line | undefined, line: Line, earlier: Hold | undefined) => readonly Finding[];

export function createChainCheck(): ChainCheck {
  const hashOf = createRederivedHash();
  return (before, line, earlier) => {
    const found: Found[] = [];
    itself(found, line, hashOf(line));
    if (before) under(found, before, line, earlier);
    else first(found, line);
    return found.length === 0 ? NOTHING : found.map((one) => ({ ...one, wallet: line.w, sequence: line.s }));
  };
}

const NOTHING: readonly Finding[] = [];

const WITHOUT_MONEY: readonly EntryKind[] = ['opened', 'settings', 'hold', 'release'];

/** The unique index on `_id` proves that keys are not doubled only if every `_id` is exactly {w, k}, in that order. */
function itself(found: Found[], line: Line, hash: string | undefined): void {
  const [w, k, more] = Object.keys(line._id);
  if (w !== 'w' || k !== 'k' || more !== undefined || line._id.w !== line.w) {
    found.push({ rule: 'key', detail: `_id has ${Object.keys(line._id).join()} of ${line._id.w}` });
  }
  const { amountMinor, balanceMinor, heldMinor, remainderMicro } = line;
  const safe =
    Number.isSafeInteger(amountMinor) &&
    Number.isSafeInteger(balanceMinor) &&
    Number.isSafeInteger(heldMinor) &&
    Number.isSafeInteger(remainderMicro);
  if (!safe) {
    const numbers = [amountMinor, balanceMinor, heldMinor, remainderMicro].join();
    found.push({ rule: 'amount', detail: `not safe integers: ${numbers}` });
  }
  const movesMoney = !WITHOUT_MONEY.includes(line.kind);
  if (movesMoney === (line.contra === 'none') || (!movesMoney && amountMinor !== 0)) {
    found.push({ rule: 'amount', detail: `${line.kind} of ${amountMinor} against ${line.contra}` });
  }
  if (hash !== undefined && hash !== line.hash) {
    found.push({ rule: 'request', detail: 'the line is not what was asked for' });
  }
}

function first(found: Found[], line: Line): void {
  if (line.s !== 1) {
    found.push({ rule: 'sequence', detail: `begins at ${line.s}` });
    return;
  }
  const { w: wallet, account = '', currency, at, floorMinor, thresholds } = line;
  const expected = firstLine({ wallet, account, currency, at, floorMinor, thresholds }, line.hash);
  if (line._id.k !== OPENING_KEY || !isDeepStrictEqual(line, expected)) {
    found.push({ rule: 'opening', detail: 'not an empty wallet being opened' });
  }
}

function under(found: Found[], before: Line, line: Line, earlier: Hold | undefined): void {
  if (line.s !== before.s + 1) found.push({ rule: 'sequence', detail: `follows ${before.s}` });
  if (line.kind === 'opened') found.push({ rule: 'opening', detail: 'opened a second time' });
  if (line.currency !== before.currency) {
    found.push({ rule: 'currency', detail: `${line.currency} after ${before.currency}` });
  }
  if (line.at < before.at) {
    found.push({ rule: 'time', detail: `${line.at.toISOString()} after ${before.at.toISOString()}` });
  }
  const balanceMinor = before.balanceMinor + line.amountMinor;
  if (line.balanceMinor !== balanceMinor) {
    const detail = `${before.balanceMinor} and ${line.amountMinor} make ${balanceMinor}, not ${line.balanceMinor}`;
    found.push({ rule: 'balance', detail });
  }
  if (!respectsFloor(line.kind, before, line)) {
    found.push({ rule: 'floor', detail: `${line.balanceMinor} is under ${line.floorMinor}` });
  }
  if (line.hold || line.kind === 'hold' || line.kind === 'release') holdFindings(found, line, earlier);
  stateFindings(found, before, line, earlier);
}

function holdFindings(found: Found[], line: Line, earlier: Hold | undefined): void {
  const { hold } = line;
  const detail = hold ? holdFault(earlier, { ...line, hold }) : 'of no hold';
  if (detail !== undefined) found.push({ rule: 'hold', detail });
}

const PLAIN = ['heldMinor', 'floorMinor', 'remainderMicro', 'level', 'episode', 'creditedToMinor'] as const;

/** The rest of the head state follows from the line before; so does whether the line alerts. */
function stateFindings(found: Found[], before: Line, line: Line, earlier: Hold | undefined): void {
  const owedMicro = before.remainderMicro - (line.amountMicro ?? 0);
  const { state, alert } = stateAfter(before, {
    kind: line.kind,
    amountMinor: line.amountMinor,
    remainderMicro: owedMicro % 1_000_000,
    thresholds: line.kind === 'settings' ? line.thresholds : before.thresholds,
    heldMinor: (line.hold?.remainingMinor ?? 0) - ((line.hold && earlier?.remainingMinor) ?? 0),
  });
  const differ: string[] = PLAIN.filter((field) => line[field] !== state[field]);
  if (!alike(line.thresholds, state.thresholds)) differ.push('thresholds');
  if ((line.alert || alert) && !isDeepStrictEqual(line.alert, alert && { ...alert, at: line.at })) differ.push('alert');
  for (const field of differ) found.push({ rule: 'state', detail: `${field} does not follow from the line before` });
}

function alike(one: Thresholds, other: Thresholds): boolean {
  return (
    one.lowPercent === other.lowPercent &&
    one.lowMinor === other.lowMinor &&
    one.criticalPercent === other.criticalPercent &&
    Object.keys(one).length === Object.keys(other).length
  );
}

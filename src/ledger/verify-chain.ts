import { isDeepStrictEqual } from 'node:util';
import type { WalletId } from './entry.js';
import type { Line } from './line.js';
import { firstLine, OPENING_KEY, respectsFloor, stateAfter } from './next-line.js';
import { rederivableHash } from './request-hash.js';

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
  | 'transfer'
  | 'zeroSum';

/** One thing that does not add up. */
export interface Finding {
  rule: Rule;
  wallet?: WalletId;
  sequence?: number;
  detail: string;
}

type Found = Pick<Finding, 'rule' | 'detail'>;

/** Everything that is wrong with a line, given the one before it in its wallet (undefined for the first). */
export function findingsOf(before: Line | undefined, line: Line): Finding[] {
  const found = [...itself(line), ...(before ? under(before, line) : first(line))];
  return found.map((finding) => ({ ...finding, wallet: line.w, sequence: line.s }));
}

/** The unique index on `_id` proves that keys are not doubled only if every `_id` is exactly {w, k}, in that order. */
function itself(line: Line): Found[] {
  const found: Found[] = [];
  const id = Object.keys(line._id).join();
  if (id !== 'w,k' || line._id.w !== line.w) found.push({ rule: 'key', detail: `_id has ${id} of ${line._id.w}` });
  const numbers = [line.amountMinor, line.balanceMinor, line.heldMinor, line.remainderMicro];
  if (!numbers.every(Number.isSafeInteger))
    found.push({ rule: 'amount', detail: `not safe integers: ${numbers.join()}` });
  const movesMoney = line.kind !== 'opened' && line.kind !== 'settings';
  if (movesMoney === (line.contra === 'none') || (!movesMoney && line.amountMinor !== 0)) {
    found.push({ rule: 'amount', detail: `${line.kind} of ${line.amountMinor} against ${line.contra}` });
  }
  const hash = rederivableHash(line);
  if (hash !== undefined && hash !== line.hash) {
    found.push({ rule: 'request', detail: 'the line is not what was asked for' });
  }
  return found;
}

function first(line: Line): Found[] {
  if (line.s !== 1) return [{ rule: 'sequence', detail: `begins at ${line.s}` }];
  const { w: wallet, account = '', currency, at, floorMinor, thresholds } = line;
  const expected = firstLine({ wallet, account, currency, at, floorMinor, thresholds }, line.hash);
  const sound = line._id.k === OPENING_KEY && isDeepStrictEqual(line, expected);
  return sound ? [] : [{ rule: 'opening', detail: 'not an empty wallet being opened' }];
}

function under(before: Line, line: Line): Found[] {
  const found: Found[] = [];
  if (line.s !== before.s + 1) found.push({ rule: 'sequence', detail: `follows ${before.s}` });
  if (line.kind === 'opened') found.push({ rule: 'opening', detail: 'opened a second time' });
  if (line.currency !== before.currency) {
    found.push({ rule: 'currency', detail: `${line.currency} after ${before.currency}` });
  }
  if (line.at < before.at)
    found.push({ rule: 'time', detail: `${line.at.toISOString()} after ${before.at.toISOString()}` });
  const balanceMinor = before.balanceMinor + line.amountMinor;
  if (line.balanceMinor !== balanceMinor) {
    const detail = `${before.balanceMinor} and ${line.amountMinor} make ${balanceMinor}, not ${line.balanceMinor}`;
    found.push({ rule: 'balance', detail });
  }
  if (!respectsFloor(line, line))
    found.push({ rule: 'floor', detail: `${line.balanceMinor} is under ${line.floorMinor}` });
  return [...found, ...stateFindings(before, line)];
}

/** The rest of the head state follows from the line before; so does whether the line alerts. */
function stateFindings(before: Line, line: Line): Found[] {
  const owedMicro = before.remainderMicro - (line.amountMicro ?? 0);
  const { state, alert } = stateAfter(before, {
    kind: line.kind,
    amountMinor: line.amountMinor,
    remainderMicro: owedMicro % 1_000_000,
    thresholds: line.kind === 'settings' ? line.thresholds : before.thresholds,
  });
  const expected: Record<string, unknown> = { ...state, alert: alert && { ...alert, at: line.at } };
  const stored: Record<string, unknown> = { ...line };
  return Object.keys({ ...expected, creditedToMinor: undefined })
    .filter((field) => field !== 'balanceMinor' && !isDeepStrictEqual(stored[field], expected[field]))
    .map((field) => ({ rule: 'state', detail: `${field} does not follow from the line before` }));
}

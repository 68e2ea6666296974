import { isDeepStrictEqual } from 'node:util';
import type { EntryKind, Hold, WalletId } from './entry.js';
import type { Line } from './line.js';
import { holdFault } from './hold-lines.js';
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
  | 'hold'
  | 'derived'
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

/** The holds of one wallet, as the lines read so far left them. */
export type Holds = Map<string, Hold>;

/**
 * Everything that is wrong with a line, given the one before it in its wallet (undefined for the first). Notes in `holds`
 * what the line makes of its hold.
 */
export function findingsOf(before: Line | undefined, line: Line, holds: Holds): Finding[] {
  const found = [...itself(line), ...(before ? under(before, line, holds) : first(line))];
  if (line.hold) holds.set(line.hold.id, line.hold);
  return found.map((finding) => ({ ...finding, wallet: line.w, sequence: line.s }));
}

const WITHOUT_MONEY: readonly EntryKind[] = ['opened', 'settings', 'hold', 'release'];

/** The unique index on `_id` proves that keys are not doubled only if every `_id` is exactly {w, k}, in that order. */
function itself(line: Line): Found[] {
  const found: Found[] = [];
  const id = Object.keys(line._id).join();
  if (id !== 'w,k' || line._id.w !== line.w) found.push({ rule: 'key', detail: `_id has ${id} of ${line._id.w}` });
  const numbers = [line.amountMinor, line.balanceMinor, line.heldMinor, line.remainderMicro];
  if (!numbers.every(Number.isSafeInteger))
    found.push({ rule: 'amount', detail: `not safe integers: ${numbers.join()}` });
  const movesMoney = !WITHOUT_MONEY.includes(line.kind);
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

function under(before: Line, line: Line, holds: Holds): Found[] {
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
  if (!respectsFloor(line.kind, before, line))
    found.push({ rule: 'floor', detail: `${line.balanceMinor} is under ${line.floorMinor}` });
  const earlier = line.hold && holds.get(line.hold.id);
  return [...found, ...holdFindings(line, earlier), ...stateFindings(before, line, earlier)];
}

function holdFindings(line: Line, earlier: Hold | undefined): Found[] {
  const { hold } = line;
  if (!hold) return line.kind === 'hold' || line.kind === 'release' ? [{ rule: 'hold', detail: 'of no hold' }] : [];
  const detail = holdFault(earlier, { ...line, hold });
  return detail === undefined ? [] : [{ rule: 'hold', detail }];
}

/** The rest of the head state follows from the line before; so does whether the line alerts. */
function stateFindings(before: Line, line: Line, earlier: Hold | undefined): Found[] {
  const owedMicro = before.remainderMicro - (line.amountMicro ?? 0);
  const { state, alert } = stateAfter(before, {
    kind: line.kind,
    amountMinor: line.amountMinor,
    remainderMicro: owedMicro % 1_000_000,
    thresholds: line.kind === 'settings' ? line.thresholds : before.thresholds,
    ...(line.hold && { heldMinor: line.hold.remainingMinor - (earlier?.remainingMinor ?? 0) }),
  });
  const expected: Record<string, unknown> = { ...state, alert: alert && { ...alert, at: line.at } };
  const stored: Record<string, unknown> = { ...line };
  return Object.keys({ ...expected, creditedToMinor: undefined })
    .filter((field) => field !== 'balanceMinor' && !isDeepStrictEqual(stored[field], expected[field]))
    .map((field) => ({ rule: 'state', detail: `${field} does not follow from the line before` }));
}

import type { Entry, HoldState, Posted } from '../../src/ledger/entry.js';
import type { HoldAnswer, Reversed } from '../../src/ledger/moves.js';

interface ModelHold {
  left: number;
  state: HoldState;
  expiresAt: Date | undefined;
}

/** What an operation does to a wallet. */
export interface Change {
  amount: number;
  held?: number;
  remainder?: number;
  hold?: ModelHold & { id: string };
}

/** Something that may be asked of a wallet, under its idempotency key. */
export interface Operation {
  key: string;
  /** Of the request: another one under the same key is a conflict. */
  asked: string;
  /** The change, or in words why there is none. */
  on: (wallet: WalletModel) => Change | string;
}

/** A wallet as one would write it without a database, a second process or a crash. */
export class WalletModel {
  balance = 0;
  held = 0;
  /** Millionths of a minor unit that are charged and not booked. */
  remainder = 0;
  /** The first opens it. */
  lines = 1;
  readonly holds = new Map<string, ModelHold>();
  readonly posted = new Map<string, { asked: string; amount: number; balance: number }>();

  get available(): number {
    return this.balance - this.held;
  }

  /** What somebody who asks this now is told, in the words of `told`. */
  predict(operation: Operation): string {
    const first = this.posted.get(operation.key);
    if (first) return first.asked === operation.asked ? `duplicate, then ${first.balance}` : 'conflict';
    const change = operation.on(this);
    if (typeof change === 'string') return change;
    return `posted ${change.amount}, then ${this.balance + change.amount} with ${this.held + (change.held ?? 0)} held`;
  }

  apply(operation: Operation): void {
    const change = operation.on(this);
    if (typeof change === 'string') throw new Error(`${operation.key}: ${change}`);
    const { amount, held = 0, remainder = this.remainder, hold } = change;
    this.balance += amount;
    this.held += held;
    this.remainder = remainder;
    if (hold) this.holds.set(hold.id, hold);
    this.posted.set(operation.key, { asked: operation.asked, amount, balance: this.balance });
  }

  insufficient(): string {
    return `insufficient: ${this.available} of ${this.balance}`;
  }
}

/** Any answer of the ledger in words that compare. */
export function told(answer: Posted | HoldAnswer | Reversed): string {
  switch (answer.outcome) {
    case 'posted':
      return toldOf(answer.entry);
    case 'duplicate':
      return `duplicate, then ${answer.entry.balanceMinor}`;
    case 'insufficient':
      return `insufficient: ${answer.availableMinor} of ${answer.balanceMinor}`;
    case 'holdClosed':
      return `hold closed: ${answer.state}`;
    case 'exceedsHold':
      return `hold has ${answer.remainingMinor}`;
    default:
      return answer.outcome;
  }
}

export function toldOf({ amountMinor, balanceMinor, heldMinor }: Entry): string {
  return `posted ${amountMinor}, then ${balanceMinor} with ${heldMinor} held`;
}

/** Takes money, millionths of a unit with it, if it is there. */
export function takes(key: string, amount: number, micro = 0): Operation {
  return {
    key,
    asked: `take ${amount} ${micro}`,
    on: (wallet) => {
      const owed = wallet.remainder + micro;
      const booked = -(amount + (owed - (owed % 1e6)) / 1e6) + 0;
      if (booked < 0 && wallet.available + booked < 0) return wallet.insufficient();
      return { amount: booked, remainder: owed % 1e6 };
    },
  };
}

/** Money that comes, or goes back whether or not it is there. */
export function moves(key: string, amount: number): Operation {
  return { key, asked: `move ${amount}`, on: () => ({ amount }) };
}

export function reserves(
  id: string,
  amount: number,
  lasts: number | undefined,
  expiresAt: Date | undefined,
): Operation {
  return {
    key: `h:${id}`,
    asked: `hold ${amount} ${lasts}`,
    on: (wallet) => {
      if (wallet.available < amount) return wallet.insufficient();
      return { amount: 0, held: amount, hold: { id, left: amount, state: 'open', expiresAt } };
    },
  };
}

export interface ModelCapture {
  hold: string;
  id: string;
  amount?: number;
  final: boolean;
  at: Date;
}

export function captures({ hold: id, id: capture, amount: asked, final, at }: ModelCapture): Operation {
  return {
    key: `hc:${id}:${capture}`,
    asked: `capture ${asked} ${final}`,
    on: (wallet) => {
      const hold = wallet.holds.get(id);
      if (!hold) return 'unknownHold';
      if (hold.state !== 'open') return `hold closed: ${hold.state}`;
      if (hold.expiresAt && hold.expiresAt <= at) return 'hold closed: expired';
      const amount = asked ?? hold.left;
      if (amount > hold.left) return `hold has ${hold.left}`;
      const left = final ? 0 : hold.left - amount;
      const state = left === 0 ? 'captured' : 'open';
      return { amount: -amount, held: left - hold.left, hold: { ...hold, id, left, state } };
    },
  };
}

export function releases(id: string, state: 'voided' | 'expired'): Operation {
  return {
    key: `${state === 'voided' ? 'hv' : 'he'}:${id}`,
    asked: state,
    on: (wallet) => {
      const hold = wallet.holds.get(id);
      if (!hold) return 'unknownHold';
      if (hold.state !== 'open') return `hold closed: ${hold.state}`;
      return { amount: 0, held: -hold.left, hold: { ...hold, id, left: 0, state } };
    },
  };
}

/** Takes back what was spent. */
export function reverses(key: string): Operation {
  return {
    key: `rev:${key}`,
    asked: 'reverse',
    on: (wallet) => {
      const first = wallet.posted.get(key);
      if (!first) return 'unknownEntry';
      return first.amount === 0 ? 'notReversible' : { amount: -first.amount };
    },
  };
}

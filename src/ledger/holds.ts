import { strict as assert } from 'node:assert';
import type { Collection } from 'mongodb';
import type { NotPosted, WalletId } from './entry.js';
import type { Capture, Moves, Reservation } from './moves.js';
import { captureLine, type HoldRefused, holdKey, releaseLine, reserveLine } from './hold-lines.js';
import type { Line } from './line.js';
import { assertKey, assertSafe } from './next-line.js';
import type { Append, Operation } from './operation.js';
import { newestOfHold } from './read.js';
import { hashOfRequest, labelsAsked } from './request-hash.js';

type Holds = Pick<Moves, 'reserve' | 'capture' | 'void' | 'expire' | 'hold'>;

/** Money set aside in a wallet. A hold is a chain within the wallet's chain: its lines are numbered, under a unique index. */
export function createHolds(lines: Collection<Line>, append: Append): Holds {
  const release = (asked: { wallet: WalletId; hold: string; at: Date }, state: 'voided' | 'expired') => {
    const { wallet, hold, at } = asked;
    const hash = hashOfRequest({ release: state });
    const key = state === 'voided' ? holdKey.void(hold) : holdKey.expire(hold);
    return append<HoldRefused>({
      ...{ wallet, key, hash, hold },
      next: (last, before) => releaseLine(last, before, { state, at }, hash),
    });
  };
  return {
    reserve: (reservation) => append(reserving(reservation)),
    capture: (capture) => append(capturing(capture)),
    void: (asked) => release(asked, 'voided'),
    expire: (asked) => release(asked, 'expired'),
    hold: async (wallet, hold) => (await newestOfHold(lines, wallet, hold))?.hold,
  };
}

function reserving(asked: Reservation): Operation<NotPosted> {
  const { wallet, hold, amountMinor, expiresAt, at, request } = asked;
  const key = holdKey.reserve(hold);
  assertKey(key);
  assertSafe(amountMinor);
  assert(amountMinor > 0, 'a hold is above zero');
  assert(!expiresAt || expiresAt > at, 'a hold expires after it began');
  const hash = hashOfRequest(request ?? { hold: { amountMinor, expiresAt, ...labelsAsked(asked) } });
  return { wallet, key, hash, next: (last) => reserveLine(last, asked, hash) };
}

function capturing(asked: Capture): Operation<HoldRefused> {
  const { wallet, hold, id, amountMinor, final = false } = asked;
  const key = holdKey.capture(hold, id);
  assertKey(key);
  if (amountMinor !== undefined) {
    assertSafe(amountMinor);
    assert(amountMinor > 0, 'a capture is above zero');
  }
  const hash = hashOfRequest({ capture: { hold, amountMinor, final, ...labelsAsked(asked) } });
  return { wallet, key, hash, hold, next: (last, before) => captureLine(last, before, asked, hash) };
}

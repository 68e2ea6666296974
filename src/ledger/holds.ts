import { strict as assert } from 'node:assert';
import type { Collection } from 'mongodb';
import type { Hold, NotPosted, WalletId } from './entry.js';
import type { Capture, Moves, Reservation } from './moves.js';
import { captureLine, type HoldRefused, holdKey, releaseLine, reserveLine } from './hold-lines.js';
import { LINEARIZABLE, type Line, READ } from './line.js';
import { assertKey, assertSafe } from './next-line.js';
import type { Append, Operation } from './operation.js';
import { hashOfRequest, labelsAsked } from './request-hash.js';

type Holds = Pick<Moves, 'reserve' | 'capture' | 'void' | 'expire' | 'hold'>;

/** Money set aside in a wallet. A hold is a chain within the wallet's chain: its lines are numbered, under a unique index. */
export function createHolds(lines: Collection<Line>, append: Append): Holds {
  const release = (asked: { wallet: WalletId; hold: string; at: Date }, state: 'voided' | 'expired') => {
    const { wallet, hold, at } = asked;
    const hash = hashOfRequest({ release: state });
    const key = state === 'voided' ? holdKey.void(hold) : holdKey.expire(hold);
    return append(
      onHold(lines, { wallet, key, hash }, hold, (last, before) => releaseLine(last, before, { state, at }, hash)),
    );
  };
  return {
    reserve: (reservation) => append(reserving(reservation)),
    capture: (capture) => append(capturing(lines, capture)),
    void: (asked) => release(asked, 'voided'),
    expire: (asked) => release(asked, 'expired'),
    hold: async (wallet, hold) => (await newestOf(lines, wallet, hold))?.hold,
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

function capturing(lines: Collection<Line>, asked: Capture): Operation<HoldRefused> {
  const { wallet, hold, id, amountMinor, final = false } = asked;
  const key = holdKey.capture(hold, id);
  assertKey(key);
  if (amountMinor !== undefined) {
    assertSafe(amountMinor);
    assert(amountMinor > 0, 'a capture is above zero');
  }
  const hash = hashOfRequest({ capture: { hold, amountMinor, final, ...labelsAsked(asked) } });
  return onHold(lines, { wallet, key, hash }, hold, (last, before) => captureLine(last, before, asked, hash));
}

/** An operation that goes by its hold's newest line as well as by the wallet's. */
function onHold(
  lines: Collection<Line>,
  of: Pick<Operation<HoldRefused>, 'wallet' | 'key' | 'hash'>,
  hold: string,
  next: (last: Line | undefined, before: Line | undefined) => Line | HoldRefused,
): Operation<HoldRefused> {
  const { wallet } = of;
  let before: Line | undefined;
  return {
    ...of,
    prepare: async () => {
      before = await newestOf(lines, wallet, hold);
    },
    next: (last) => next(last, before),
    stillTrue: async () => {
      const after = { w: wallet, 'hold.id': hold, 'hold.line': (before?.hold?.line ?? 0) + 1 };
      return (await lines.findOne(after, LINEARIZABLE)) === null;
    },
  };
}

async function newestOf(
  lines: Collection<Line>,
  wallet: WalletId,
  hold: string,
): Promise<(Line & { hold?: Hold }) | undefined> {
  const newest = await lines.findOne({ w: wallet, 'hold.id': hold }, { ...READ, sort: { 'hold.line': -1 } });
  return newest ?? undefined;
}

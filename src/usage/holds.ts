import type { z } from 'zod';
import type { Entry, Hold, Ledger } from '../ledger/entry.js';
import { holdKey } from '../ledger/hold-lines.js';
import type { HoldAnswer, Moves } from '../ledger/moves.js';
import type { Workspace } from '../workspace/entities.js';
import {
  type captureBody,
  DEFAULT_HOLD_DAYS,
  type holdAnswer,
  type holdBody,
  type holdState,
  MOST_HOLD_DAYS,
} from './hold-schemas.js';
import { Problem } from './problem.js';

const DAY_MS = 24 * 60 * 60_000;

type Money = Ledger & Moves;
type Answer = z.output<typeof holdAnswer>;
type Wanted = z.output<typeof holdBody>;

/** Sets money aside, once for an id. Throws Problem, LedgerBusy (nothing was done) or OutcomeUnknown. */
export async function reserveHold(ledger: Money, workspace: Workspace, wanted: Wanted, at: Date): Promise<Answer> {
  const { id, amountMinor, resource } = wanted;
  const given = wanted.expiresAt === undefined ? undefined : new Date(wanted.expiresAt);
  const expiresAt = given ?? new Date(at.getTime() + DEFAULT_HOLD_DAYS * DAY_MS);
  const request = { amountMinor, resource, expiresAt: given?.toISOString() };
  if (expiresAt <= at || expiresAt.getTime() > at.getTime() + MOST_HOLD_DAYS * DAY_MS) {
    const earlier = await ledger.earlier({ wallet: workspace.id, key: holdKey.reserve(id), request });
    if (earlier) return toAnswer(workspace, earlier);
    const message = `must lie ahead, at most ${MOST_HOLD_DAYS} days`;
    throw new Problem(400, 'Nothing was done.', { errors: [{ field: 'expiresAt', message }] });
  }
  const asked = { wallet: workspace.id, hold: id, amountMinor, expiresAt, at, request, ...(resource && { resource }) };
  return toAnswer(workspace, await ledger.reserve(asked));
}

/** Takes from a hold, once for an id. Throws as reserveHold does. */
export async function captureHold(
  ledger: Money,
  workspace: Workspace,
  hold: string,
  { id, amountMinor, final }: z.output<typeof captureBody>,
  at: Date,
): Promise<Answer> {
  const asked = { wallet: workspace.id, hold, id, at, ...(amountMinor && { amountMinor }), ...(final && { final }) };
  return toAnswer(workspace, await ledger.capture(asked));
}

/** Gives back what is left of a hold. Throws as reserveHold does. */
export async function voidHold(ledger: Money, workspace: Workspace, hold: string, at: Date): Promise<Answer> {
  return toAnswer(workspace, await ledger.void({ wallet: workspace.id, hold, at }));
}

/** A hold as it is now: past its time it is expired, whether or not the ledger has closed it yet. */
export async function readHold(
  ledger: Money,
  workspace: Workspace,
  id: string,
  at: Date,
): Promise<z.output<typeof holdState>> {
  const [hold, first] = await Promise.all([
    ledger.hold(workspace.id, id),
    ledger.entry(workspace.id, holdKey.reserve(id)),
  ]);
  if (!hold || !first?.hold) throw unknownHold();
  const over = hold.state === 'open' && hold.expiresAt !== undefined && hold.expiresAt <= at;
  return {
    ...shownHold(hold),
    ...(over && { state: 'expired', remainingMinor: 0 }),
    amountMinor: first.hold.remainingMinor,
    ...(first.resource !== undefined && { resource: first.resource }),
    createdAt: first.at.toISOString(),
    currency: workspace.currency,
  };
}

function toAnswer({ currency }: Workspace, answer: HoldAnswer): Answer {
  switch (answer.outcome) {
    case 'posted':
      return done('accepted', answer.entry);
    case 'duplicate':
      return done('duplicate', answer.entry);
    case 'conflict':
      throw new Problem(409, `This id was first used for ${firstUse(answer.first)}.`, {
        kind: 'conflict',
        facts: { entry: answer.first.sequence, currency },
      });
    case 'insufficient': {
      const { balanceMinor, availableMinor } = answer;
      throw new Problem(402, 'Nothing was set aside. Send it again after a top-up.', {
        kind: 'insufficient',
        facts: { currency, balanceMinor, availableMinor },
      });
    }
    case 'unknownHold':
      throw unknownHold();
    case 'holdClosed':
      throw closed(answer.state);
    case 'exceedsHold': {
      const { remainingMinor } = answer;
      throw new Problem(409, `The hold has ${remainingMinor} left. Nothing was taken.`, {
        kind: 'exceedsHold',
        facts: { remainingMinor, currency },
      });
    }
    case 'unknownWallet':
      throw new Problem(503, 'The workspace is still being set up. Send the same again in a moment.', {
        kind: 'unavailable',
        retryAfterSeconds: 1,
      });
  }
}

function done(
  status: Answer['status'],
  { hold, amountMinor, sequence, currency, balanceMinor, heldMinor }: Entry,
): Answer {
  if (!hold) throw new Error(`entry ${sequence} is of no hold`);
  return {
    status,
    hold: shownHold(hold),
    capturedMinor: 0 - amountMinor,
    entry: sequence,
    currency,
    balanceMinor,
    heldMinor,
    availableMinor: balanceMinor - heldMinor,
  };
}

export function shownHold({ id, state, remainingMinor, expiresAt }: Hold): Answer['hold'] {
  return { id, state, remainingMinor, ...(expiresAt && { expiresAt: expiresAt.toISOString() }) };
}

function unknownHold(): Problem {
  return new Problem(404, 'There is no hold with this id.', { kind: 'unknownHold' });
}

function closed(state: Hold['state']): Problem {
  if (state === 'open') throw new Error('a hold is closed and open');
  return new Problem(409, `The hold is ${state}. Nothing was done.`, { kind: 'holdClosed', facts: { state } });
}

/** In words, what a key of a hold was used for. */
function firstUse({ amountMinor, hold, resource, at }: Entry): string {
  const on = `on ${at.toISOString()}`;
  if (amountMinor !== 0) return `taking ${-amountMinor} ${on}`;
  const until = hold?.expiresAt ? ` until ${hold.expiresAt.toISOString()}` : '';
  return `holding ${hold?.remainingMinor ?? 0}${until}${resource === undefined ? '' : ` for ${resource}`} ${on}`;
}

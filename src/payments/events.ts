import mongoose from 'mongoose';
import { CursorModel, FollowedModel, type FollowedRow } from './cursor-model.js';
import type { Hint, PaymentProvider } from './provider.js';
import type { OperatorLog } from './suspense.js';

/** The list is read again from this long before the cursor: events may appear in it late. */
const OVERLAP_MS = 60 * 60 * 1000;
/** Where there is no cursor yet: as long as the provider repeats a webhook. */
const FIRST_LOOK_MS = 3 * 24 * 60 * 60 * 1000;
/** So long a stretch is listed at once. */
const WINDOW_MS = 24 * 60 * 60 * 1000;

interface EventDeps {
  provider: Pick<PaymentProvider, 'events'>;
  /** Brings up to date what the hint points at; may be repeated. */
  follow: (hint: Hint, at: Date) => Promise<void>;
  log: OperatorLog;
  timeIsUp: () => boolean;
}

/** Follows the hint, unless it was followed to its end before: a webhook that comes twice, or late, costs nothing. */
export async function followOnce({ follow }: Pick<EventDeps, 'follow'>, hint: Hint, at: Date): Promise<void> {
  if (await FollowedModel.exists({ _id: hint.event })) return;
  await follow(hint, at);
  await FollowedModel.updateOne({ _id: hint.event }, { $setOnInsert: { at } }, { upsert: true });
}

/**
 * Goes through what happened at the provider since the last time and follows what no webhook told of. The cursor never
 * passes an event that could not be followed.
 */
export async function followMissed(deps: EventDeps, at: Date): Promise<{ followed: number; troubled: number }> {
  const done = { followed: 0, troubled: 0 };
  const cursor = (await CursorModel.findById('events').lean())?.at ?? new Date(at.getTime() - FIRST_LOOK_MS);
  let from = new Date(cursor.getTime() - OVERLAP_MS);
  let reached = cursor;
  let unbroken = true;
  while (from < at && !deps.timeIsUp()) {
    const to = new Date(Math.min(from.getTime() + WINDOW_MS, at.getTime()));
    for (const hint of await unfollowed(await deps.provider.events({ from, to }))) {
      if (deps.timeIsUp()) {
        unbroken = false;
        break;
      }
      try {
        await followOnce(deps, hint, at);
        done.followed++;
      } catch (error) {
        done.troubled++;
        unbroken = false;
        deps.log.error({ err: error, event: hint.event, type: hint.type }, 'an event could not be followed');
      }
    }
    if (unbroken) reached = to;
    from = to;
  }
  await CursorModel.updateOne({ _id: 'events' }, { $set: { at: reached } }, { upsert: true });
  return done;
}

async function unfollowed(hints: readonly Hint[]): Promise<Hint[]> {
  const pointing = hints.filter(
    ({ checkout, payment, reversalsOf, topUp }) => checkout ?? payment ?? reversalsOf ?? topUp,
  );
  const known = await FollowedModel.find({ _id: mongoose.trusted({ $in: pointing.map(({ event }) => event) }) }).lean<
    FollowedRow[]
  >();
  const followed = new Set(known.map(({ _id }) => _id));
  return pointing.filter(({ event }) => !followed.has(event));
}

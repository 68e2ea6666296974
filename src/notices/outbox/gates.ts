import { isDuplicateKey } from '../../mongo.js';
import { GateModel, type GateRow } from './gate-model.js';
import type { Spacing } from './spacing.js';

/** Longer than any platform asks to be left alone. */
const KEEP_MS = 86_400_000;

/** A clock that is ahead by more cannot hold the others up for more than these calls' time. */
const SLACK_CALLS = 4;

/**
 * Lets so many calls through, or says when to ask again. Shared by all processes, each handing in its own time. Not worth a majority: what is lost is a second's counting.
 */
export async function passGate(
  id: string,
  { burst, everyMs }: Spacing,
  calls: number,
  at: Date,
): Promise<{ opensAt: Date; open: boolean }> {
  const now = at.getTime();
  const used = { $min: [{ $max: [{ $ifNull: ['$usedUpTo', now] }, now] }, now + (burst + SLACK_CALLS) * everyMs] };
  const mayPass = {
    $and: [{ $lte: ['$usedUpTo', now + (burst - 1) * everyMs] }, { $lte: [{ $ifNull: ['$closedUntil', now] }, now] }],
  };
  const pass = () =>
    GateModel.findOneAndUpdate(
      { _id: id },
      [
        { $set: { usedUpTo: used, expiresAt: new Date(now + KEEP_MS) } },
        { $set: { open: mayPass } },
        { $set: { usedUpTo: { $cond: ['$open', { $add: ['$usedUpTo', calls * everyMs] }, '$usedUpTo'] } } },
      ],
      { upsert: true, returnDocument: 'after', updatePipeline: true, writeConcern: { w: 1 } },
    )
      .lean<GateRow>()
      .orFail();
  const {
    usedUpTo,
    closedUntil = 0,
    open,
  } = await pass().catch((error: unknown) => {
    // Another process made the gate at the same moment.
    if (isDuplicateKey(error)) return pass();
    throw error;
  });
  return { opensAt: new Date(Math.ceil(Math.max(usedUpTo - (burst - 1) * everyMs, closedUntil))), open };
}

/** Nothing passes before that time, in any process. */
export async function closeGate(id: string, until: Date, at: Date): Promise<void> {
  const close = () =>
    GateModel.updateOne(
      { _id: id },
      {
        $max: { closedUntil: until.getTime(), expiresAt: new Date(Math.max(until.getTime(), at.getTime() + KEEP_MS)) },
        $setOnInsert: { usedUpTo: at.getTime(), open: false },
      },
      { upsert: true, writeConcern: { w: 1 } },
    );
  await close().catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
    return close();
  });
}

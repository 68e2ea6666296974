import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Collection, type Db, MongoError } from 'mongodb';
import { DUPLICATE_KEY } from './insert.js';

interface Row {
  _id: 'turn';
  holder: string;
  until: Date;
}

/** How long this process writes before it lets another; how long the turn of one that died lasts. */
const SLICE_MS = 60;
const LEASE_MS = 1_000;
/** How often one looks whether it is its turn; who gave it away waits longer than that. */
const LOOK_MS = 4;
const AFTER_MS = 12;
/** How long turns are taken after the last sign of another writer. */
const CONTENDED_MS = 3_000;

/**
 * Processes that write the same wallets take turns, once one of them has lost a race: without it most groups meet a line
 * of somebody else. For speed alone: a turn that two believe to have does no harm.
 */
export interface Turn {
  /** A race was lost. */
  lost: () => void;
  /** Whether a group may begin without waiting: nobody else writes, or it is our turn and the time is not up. */
  isOurs: () => boolean;
  isHeld: () => boolean;
  /** Waits until it is our turn. Resolves with whether somebody else had it in between. */
  take: () => Promise<boolean>;
  /** Lets others write, where nothing of ours is under way. */
  give: () => Promise<void>;
}

export function createTurn(db: Db): Turn {
  const rows: Collection<Row> = db.collection<Row>('ledgerTurns', {
    writeConcern: { w: 1 },
    readPreference: 'primary',
  });
  const me = randomUUID();
  let contendedUntil = 0;
  let ours = false;
  let sliceEnds = 0;
  let giving: Promise<void> = Promise.resolve();
  const contended = () => performance.now() < contendedUntil;

  async function take(): Promise<boolean> {
    await giving;
    let before = await tryTake(rows, me);
    while (before === undefined && contended()) {
      contendedUntil = performance.now() + CONTENDED_MS;
      await pause(LOOK_MS);
      before = await tryTake(rows, me);
    }
    ours = true;
    sliceEnds = performance.now() + SLICE_MS;
    if (before === me) return false;
    contendedUntil = performance.now() + CONTENDED_MS;
    return true;
  }

  async function giveAway(): Promise<void> {
    ours = false;
    await rows.updateOne({ _id: 'turn', holder: me }, { $set: { until: new Date(0) } });
    await pause(AFTER_MS);
  }

  return {
    lost: () => {
      contendedUntil = performance.now() + CONTENDED_MS;
    },
    isOurs: () => !contended() || (ours && performance.now() < sliceEnds),
    isHeld: () => ours,
    take,
    give() {
      if (ours) giving = giveAway();
      return giving;
    },
  };
}

/** Who had the turn before us; undefined while another has it. By the server's clock. */
async function tryTake(rows: Collection<Row>, me: string): Promise<string | undefined> {
  const before = await rows.findOneAndUpdate(
    { _id: 'turn', $or: [{ holder: me }, { $expr: { $lt: ['$until', '$$NOW'] } }] },
    [{ $set: { holder: me, until: { $add: ['$$NOW', LEASE_MS] } } }],
    { returnDocument: 'before' },
  );
  if (before) return before.holder;
  try {
    await rows.insertOne({ _id: 'turn', holder: 'nobody', until: new Date(0) });
  } catch (error) {
    if (!(error instanceof MongoError) || error.code !== DUPLICATE_KEY) throw error;
  }
  return undefined;
}

import { setTimeout as pause } from 'node:timers/promises';
import { MongoError } from 'mongodb';
import { LANES } from './lanes.js';
import type { Queues } from './queues.js';
import type { Recent } from './recent.js';
import type { Turn } from './turn.js';

/** How often a process that waits for its turn looks whether it has come. */
const LOOK_MS = 3;
const ALL_LANES: readonly number[] = Array.from({ length: LANES }, (_, lane) => lane);

/** Told of what was passed over because it costs speed alone. */
export type TurnFailed = (error: MongoError) => void;

interface TurnTaking {
  turn: Turn;
  queues: Queues;
  /** Whether something of ours is under way in the lane. */
  isBusy: (lane: number) => boolean;
  recent: Recent;
  turnFailed: TurnFailed;
  startCommits: () => void;
}

/** Sees to it, when called, that this process gets its turn in lanes where something waits, and keeps none from others. */
export function createTurnTaking({ turn, queues, isBusy, recent, turnFailed, startCommits }: TurnTaking): () => void {
  let takingTurns = false;
  const waits = (lane: number) => queues.isReady(lane) && !turn.isOurs(lane);

  /** Until no lane is waited for, and none is ours. */
  async function takeTurns(): Promise<void> {
    takingTurns = true;
    for (;;) {
      const wanted = ALL_LANES.filter((lane) => waits(lane) && !isBusy(lane));
      const isDone = (lane: number) => !isBusy(lane) && (waits(lane) || !queues.isReady(lane));
      const given = ALL_LANES.filter((lane) => turn.isHeld(lane) && isDone(lane));
      if (wanted.length + given.length > 0) await exchange(wanted, given);
      else if (!ALL_LANES.some(turn.isHeld)) break;
      startCommits();
      await pause(LOOK_MS);
    }
    takingTurns = false;
  }

  async function exchange(wanted: readonly number[], given: readonly number[]): Promise<void> {
    try {
      for (const lane of await turn.exchange({ wanted, given })) recent.forgetLane(lane);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      turnFailed(error);
    }
  }

  return () => {
    if (!takingTurns && ALL_LANES.some(waits)) void takeTurns();
  };
}

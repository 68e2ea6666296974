import type { Hands } from './hands.js';
import type { OutboxRow } from './outbox-model.js';
import { dueQueues, dueRows } from './rows.js';
import { type Sending, sendRow } from './send-row.js';

/** Alerts first. */
const RANKS = [0, 1] as const;
/** Rows that are looked at for each that may be taken: several may be for one lane. */
const LOOKED_AT = 3;

interface Needs {
  sending: Sending;
  hands: Hands;
  isStopped: () => boolean;
}

/** Makes what takes all that may go now in hand and leaves it there; it resolves with how many rows that are. */
export function createIntake({ sending, hands, isStopped }: Needs): (clock: () => Date) => Promise<number> {
  const { pace, log } = sending;
  let lastQueue = '';

  async function takeOf(queue: string, rank: number, room: number, clock: () => Date): Promise<number> {
    const at = clock();
    const closed = [...pace.closed(at), ...hands.lanes()];
    const rows = await dueRows({ queue, rank, closed, limit: room * LOOKED_AT, at });
    return rows.slice(0, room).filter((row) => !isStopped() && hands.take(row, () => send(row, clock))).length;
  }

  async function send(row: OutboxRow, clock: () => Date): Promise<void> {
    try {
      await sendRow(sending, row, clock);
    } catch (error) {
      log.error({ err: error, notice: row._id }, 'what became of a notice could not be written down');
    }
  }

  return async (clock) => {
    let taken = 0;
    for (const rank of RANKS) {
      const closed = new Set(pace.closed(clock()));
      for (const queue of inTurn(await dueQueues(rank, clock()), lastQueue)) {
        const room = Math.min(hands.room(queue, rank), pace.room(queue, clock()));
        if (isStopped() || room === 0 || closed.has(queue)) continue;
        taken += await takeOf(queue, rank, room, clock);
        lastQueue = queue;
      }
    }
    return taken;
  };
}

/** The queues after the one that was served last come first. */
function inTurn(queues: readonly string[], last: string): string[] {
  const sorted = queues.toSorted();
  return [...sorted.filter((queue) => queue > last), ...sorted.filter((queue) => queue <= last)];
}

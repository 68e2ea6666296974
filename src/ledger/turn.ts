import { randomUUID } from 'node:crypto';
import type { Collection, Db, Document } from 'mongodb';
import { LANES } from './lanes.js';

/** How long this process writes a lane that another asks for; how long the turn of one that died lasts. */
const SLICE_MS = 20;
const LEASE_MS = 1_000;
/** How long turns are taken after the last sign of another writer. */
const CONTENDED_MS = 10_000;

/** A lane as all processes see it: whose turn it is and until when, who is next, how often it went to another. */
interface Lane {
  holder: string;
  until: Date;
  next: string | null;
  changes: number;
}

interface Row {
  _id: 'lanes';
  lanes: Partial<Record<string, Lane>>;
}

/**
 * Processes that write the same wallets take turns, lane by lane, once one of them has lost a race there: without it most
 * groups meet a line of somebody else. For speed alone: a turn that two believe to have does no harm.
 */
export interface Turn {
  /** A race was lost: somebody else is writing. */
  lost: () => void;
  /** Whether a group may begin without waiting: nobody else writes, or it is our turn and the time is not up. */
  isOurs: (lane: number) => boolean;
  /** Whether it is our turn, be the time up or not. */
  isHeld: (lane: number) => boolean;
  /**
   * Asks for the `wanted` lanes and lets others have the `given` ones, in which nothing of ours is under way. Resolves
   * with the lanes that are ours now and that somebody else had in between. Where it rejects, the wanted lanes are
   * written for a slice as if it were our turn.
   */
  exchange: (lanes: Exchange) => Promise<readonly number[]>;
}

interface Exchange {
  wanted: readonly number[];
  given: readonly number[];
}

/** What this process knows of a lane. */
interface Own {
  held: boolean;
  sliceEnds: number;
  changes: number | undefined;
  /** We are next: until then it is enough to look whether it is our turn. */
  nextUntil: number;
}

const UNKNOWN: Own = { held: false, sliceEnds: 0, changes: undefined, nextUntil: 0 };

/** Of different length, so that never all lanes change hands at once: while one is emptied the others are written. */
const sliceOf = (lane: number): number => SLICE_MS * (0.75 + lane / LANES);

export function createTurn(db: Db): Turn {
  const rows: Collection<Row> = db.collection<Row>('ledgerTurns', {
    writeConcern: { w: 1 },
    readConcern: { level: 'local' },
    readPreference: 'primary',
  });
  const me = randomUUID();
  const lanes: Own[] = Array.from({ length: LANES }, () => ({ ...UNKNOWN }));
  let contendedUntil = 0;
  const isContended = () => performance.now() < contendedUntil;

  /** Takes note of a lane as it is now; true where another had it since it was ours. */
  function learn(lane: Own, { holder, next, changes }: Lane, wanted: boolean): boolean {
    const now = performance.now();
    lane.held = wanted && holder === me;
    if (holder !== me || (next !== null && next !== me)) contendedUntil = now + CONTENDED_MS;
    if (lane.held || next !== me) lane.nextUntil = 0;
    else if (lane.nextUntil < now) lane.nextUntil = now + LEASE_MS;
    if (!lane.held) return false;
    lane.sliceEnds = now + sliceOf(lanes.indexOf(lane));
    const changed = lane.changes !== changes;
    lane.changes = changes;
    return changed;
  }

  async function exchange({ wanted, given }: Exchange): Promise<number[]> {
    const asked = [...new Set([...wanted, ...given])];
    const isNews = given.length > 0 || wanted.some((lane) => lanes[lane]!.nextUntil < performance.now());
    const row = isNews ? await ask(asked, { wanted, given }) : await rows.findOne({ _id: 'lanes' });
    return asked.filter((lane) => {
      const seen = row?.lanes[`l${lane}`];
      return seen !== undefined && learn(lanes[lane]!, seen, wanted.includes(lane));
    });
  }

  async function ask(lanesAsked: readonly number[], { wanted, given }: Exchange): Promise<Row | null> {
    const set = lanesAsked.map((lane) => {
      const of = { wanted: wanted.includes(lane), given: given.includes(lane) };
      return [`lanes.l${lane}`, afterExchange(lane, me, of)] as const;
    });
    const update = [{ $set: Object.fromEntries(set) }];
    return rows.findOneAndUpdate({ _id: 'lanes' }, update, { upsert: true, returnDocument: 'after' });
  }

  return {
    lost() {
      // Whoever wrote while no turns were taken left no other sign.
      if (!isContended()) for (const lane of lanes) lane.changes = undefined;
      contendedUntil = performance.now() + CONTENDED_MS;
    },
    isOurs: (lane) => !isContended() || (lanes[lane]!.held && performance.now() < lanes[lane]!.sliceEnds),
    isHeld: (lane) => lanes[lane]!.held,
    async exchange(asked) {
      try {
        return await exchange(asked);
      } catch (error) {
        for (const lane of asked.given) lanes[lane]!.held = false;
        const sliceEnds = performance.now() + SLICE_MS;
        for (const lane of asked.wanted) lanes[lane] = { ...UNKNOWN, held: true, sliceEnds };
        throw error;
      }
    },
  };
}

/** The lane after an exchange, as an expression over the row. By the server's clock. */
function afterExchange(lane: number, me: string, { wanted, given }: { wanted: boolean; given: boolean }): Document {
  const field = (name: keyof Lane) => `$lanes.l${lane}.${name}`;
  const changes = { $ifNull: [field('changes'), 0] };
  const next = { $ifNull: [field('next'), null] };
  const mine = { $eq: [field('holder'), me] };
  const until = { $add: ['$$NOW', LEASE_MS] };
  const as = (holder: unknown, more: Partial<Record<keyof Lane, unknown>>) => ({
    holder,
    until,
    next,
    changes,
    ...more,
  });
  const free = { $lt: [field('until'), '$$NOW'] };
  const nextButMe = { $cond: [{ $eq: [next, me] }, null, next] };
  const taken = as(me, { next: nextButMe, changes: { $cond: [mine, changes, { $add: [changes, 1] }] } });
  const asked = as(field('holder'), { until: field('until'), next: { $ifNull: [field('next'), me] } });
  const take = { $cond: [{ $or: [mine, free] }, taken, asked] };
  if (!given) return take;
  const passed = as(next, { next: wanted ? me : null, changes: { $add: [changes, 1] } });
  const kept = wanted ? as(me, {}) : as(me, { until: new Date(0) });
  const isAwaited = { $and: [{ $ne: [next, null] }, { $ne: [next, me] }] };
  const give = { $cond: [isAwaited, passed, kept] };
  return { $cond: [mine, give, wanted ? take : `$lanes.l${lane}`] };
}

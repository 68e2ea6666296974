import type { Ledger } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import { type Crossing, deriveAlert, isCrossing } from './alerts.js';
import { createBackground } from '../background.js';
import { CursorModel } from './cursor-model.js';

export interface AlertWatch {
  /** Says that entries were written: alerts they call for are derived at once, in the background. */
  nudge(): void;
  /** Derives the alerts of all lines since the last time; resolves with how many lines it saw anew. */
  runOnce(at: Date): Promise<number>;
  stop(): Promise<void>;
}

/** Lines of other processes may become visible out of order, and clocks differ by as much. */
const OVERLAP_MS = 10 * 60_000;
/** What happened longer ago is no news. Shorter than sent notices are kept: their ids tell what is derived already. */
const CATCH_UP_MS = 7 * 86_400_000;
const PAGE = 500;
const CURSOR = 'alerts';

/** Makes notices of the lines that crossed a threshold; `onDerived` is the outbox's nudge. */
export function createAlertWatch(deps: {
  ledger: Ledger;
  log: Pick<Log, 'error'>;
  onDerived: () => void;
  now?: () => Date;
}): AlertWatch {
  const now = deps.now ?? (() => new Date());
  /** Lines this process has derived already: only saves the work, the ids make it harmless. */
  const derived = new Map<string, number>();

  /** One line that cannot be told of does not keep back the others. */
  async function derive(entry: Crossing): Promise<boolean> {
    try {
      await deriveAlert(deps.ledger, entry);
      return true;
    } catch (error) {
      deps.log.error({ err: error, workspace: entry.wallet, entry: entry.key }, 'an alert could not be derived');
      return false;
    }
  }

  async function runOnce(at: Date): Promise<number> {
    const cursor = await CursorModel.findById(CURSOR).lean<{ since: Date }>();
    const since = new Date((cursor?.since.getTime() ?? OVERLAP_MS) - OVERLAP_MS);
    for (const [line, time] of derived) if (time < since.getTime()) derived.delete(line);
    let from = since;
    let fresh = 0;
    for (;;) {
      const entries = await deps.ledger.crossingsSince(from, PAGE);
      for (const entry of entries.filter(isCrossing)) {
        const line = `${entry.wallet}:${entry.sequence}`;
        if (derived.has(line) || at.getTime() - entry.at.getTime() > CATCH_UP_MS) continue;
        if (!(await derive(entry))) continue;
        derived.set(line, entry.at.getTime());
        fresh++;
      }
      const last = entries.at(-1);
      if (last) await CursorModel.updateOne({ _id: CURSOR }, { $max: { since: last.at } }, { upsert: true });
      if (!last || entries.length < PAGE || last.at.getTime() <= from.getTime()) break;
      from = last.at;
    }
    if (fresh > 0) deps.onDerived();
    return fresh;
  }

  const background = createBackground(async () => void (await runOnce(now())), deps.log, 'deriving alerts');
  return { nudge: background.nudge, runOnce, stop: background.stop };
}

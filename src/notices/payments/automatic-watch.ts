import type { Ledger } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import type { AutomaticDeps } from '../../payments/automatic/charge.js';
import { checkAfterSpend, runAutomatic } from '../../payments/automatic/run.js';
import type { WorkspaceId } from '../../workspace/entities.js';
import { tellAutomatic } from './automatic-notices.js';
import { createBackground } from '../background.js';

export interface AutomaticWatch {
  /** Something was spent there: whether it is to be topped up is looked at at once, in the background. */
  spent(workspace: WorkspaceId): void;
  /** Something may be due by now, as after somebody set it. */
  nudge(): void;
  /** Does all that is due, of every workspace. */
  runOnce(at: Date, timeIsUp?: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Automatic payments made as they fall due; `onTold` is the outbox's nudge. */
export function createAutomaticWatch(deps: {
  ledger: Ledger;
  payments: AutomaticDeps['payments'];
  log: Pick<Log, 'error'>;
  onTold: () => void;
  now?: () => Date;
}): AutomaticWatch {
  const { ledger, payments, log, onTold } = deps;
  const now = deps.now ?? (() => new Date());
  const tell = tellAutomatic(ledger);
  const spentIn = new Set<WorkspaceId>();
  let mayBeDue = false;

  async function telling(work: (automatic: AutomaticDeps) => Promise<void>): Promise<void> {
    let told = false;
    await work({
      ledger,
      payments,
      log,
      async tell(event) {
        told = true;
        await tell(event);
      },
    });
    if (told) onTold();
  }

  const background = createBackground(
    async () => {
      const workspaces = [...spentIn];
      const all = mayBeDue;
      spentIn.clear();
      mayBeDue = false;
      if (workspaces.length > 0) await telling((automatic) => checkAfterSpend(automatic, workspaces, { at: now() }));
      if (all) await telling((automatic) => runAutomatic(automatic, { at: now() }));
    },
    log,
    'looking after automatic payments',
  );

  return {
    spent(workspace) {
      spentIn.add(workspace);
      background.nudge();
    },
    nudge() {
      mayBeDue = true;
      background.nudge();
    },
    runOnce: (at, timeIsUp) => telling((automatic) => runAutomatic(automatic, { at, ...(timeIsUp && { timeIsUp }) })),
    stop: background.stop,
  };
}

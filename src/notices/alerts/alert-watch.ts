import type { Ledger, WalletId } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import type { Workspace } from '../../workspace/entities.js';
import { getAccount } from '../../workspace/accounts.js';
import { workspaceOfWallet } from '../../workspace/sweeping.js';
import { createBackground } from '../background.js';
import { byAccount } from './by-account.js';
import { type Crossing, isCrossing, recordCrossing } from './crossing.js';
import { CursorModel } from './cursor-model.js';
import { reviseAlerts } from './revise.js';

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

const lineOf = ({ wallet, sequence }: Crossing) => `${wallet}:${sequence}`;

async function isOn({ account, status }: Workspace): Promise<boolean> {
  return status === 'active' && (await getAccount(account))?.status === 'enabled';
}

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

  /** Resolves with the lines that are derived: what cannot be told of one does not keep back the others. */
  async function derive(entries: readonly Crossing[], at: Date): Promise<Crossing[]> {
    const workspaces = new Map<WalletId, Workspace>();
    for (const { wallet } of entries) {
      const workspace = workspaces.has(wallet) ? undefined : await workspaceOfWallet(wallet);
      if (workspace && (await isOn(workspace))) workspaces.set(wallet, workspace);
    }
    const failed = new Set<WalletId>();
    for (const company of byAccount([...workspaces.values()])) {
      try {
        for (const entry of entries) {
          const workspace = company.find(({ id }) => id === entry.wallet);
          if (workspace) await recordCrossing(workspace, entry);
        }
        for (const [id, fault] of await reviseAlerts(deps.ledger, company, at)) {
          failed.add(id);
          deps.log.error({ err: fault, workspace: id }, 'an alert could not be derived');
        }
      } catch (error) {
        for (const { id } of company) failed.add(id);
        deps.log.error({ err: error, account: company[0]?.account }, 'alerts could not be derived');
      }
    }
    return entries.filter(({ wallet }) => !failed.has(wallet));
  }

  async function runOnce(at: Date): Promise<number> {
    const cursor = await CursorModel.findById(CURSOR).lean<{ since: Date }>();
    const since = new Date((cursor?.since.getTime() ?? OVERLAP_MS) - OVERLAP_MS);
    for (const [line, time] of derived) if (time < since.getTime()) derived.delete(line);
    let from = since;
    let fresh = 0;
    for (;;) {
      const entries = await deps.ledger.crossingsSince(from, PAGE);
      const news = entries
        .filter(isCrossing)
        .filter((entry) => !derived.has(lineOf(entry)) && at.getTime() - entry.at.getTime() <= CATCH_UP_MS);
      for (const entry of await derive(news, at)) {
        derived.set(lineOf(entry), entry.at.getTime());
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

import type { Ledger } from '../../ledger/entry.js';
import type { Workspace, WorkspaceId } from '../../workspace/entities.js';
import type { Deed } from './next-row.js';
import { type Plan, planAlert } from './plan.js';
import { writePlans } from './write-plans.js';

/** Of two that change an alert at once one looks again; so often is no coincidence any more. */
const TRIES = 5;
/** Alerts written at once; a company may have hundreds of workspaces. */
const AT_ONCE = 50;
/** So many that cannot be looked at one after the other are an outage, which nobody need wait for again and again. */
const OUTAGE = 3;

/** Workspaces whose alerts could not be brought up to date, with why. */
export type Faults = ReadonlyMap<WorkspaceId, unknown>;

/**
 * Brings the alerts of one account's workspaces to how their balances stand at that moment. Looked at together they are
 * one message to whoever would get several at once; one that cannot be looked at holds up no other.
 * @throws what befell the last of them where it befalls one after the other
 */
export async function reviseAlerts(ledger: Ledger, workspaces: readonly Workspace[], at: Date): Promise<Faults> {
  const faults = new Map<WorkspaceId, unknown>();
  for (let from = 0; from < workspaces.length; from += AT_ONCE) {
    const some = workspaces.slice(from, from + AT_ONCE);
    const plans: Plan[] = [];
    await eachByItself(some, faults, async (workspace) => void plans.push(await planAlert(ledger, workspace, at)));
    if (plans.length > 1 && (await areWritten(plans))) continue;
    const planned = plans.map(({ workspace }) => workspace);
    await eachByItself(planned, faults, async (workspace) => void (await reviseAlert(ledger, workspace, at)));
  }
  return faults;
}

/** False also where one of them cannot be: which one shows when each is written by itself. */
async function areWritten(plans: readonly Plan[]): Promise<boolean> {
  try {
    return await writePlans(plans);
  } catch {
    return false;
  }
}

async function eachByItself(
  workspaces: readonly Workspace[],
  faults: Map<WorkspaceId, unknown>,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  let inARow = 0;
  for (const workspace of workspaces) {
    try {
      await work(workspace);
      inARow = 0;
    } catch (fault) {
      faults.set(workspace.id, fault);
      if (++inARow === OUTAGE) throw fault;
    }
  }
}

/**
 * The same for one, by what somebody did about it where somebody did; `also` is written in the same transaction. Undefined:
 * there is no alert to do anything about.
 */
export async function reviseAlert(
  ledger: Ledger,
  workspace: Workspace,
  at: Date,
  deed?: Deed,
  also?: () => Promise<void>,
): Promise<Plan | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = await planAlert(ledger, workspace, at, deed);
    if (deed && plan.next.level === 'ok') return undefined;
    if (await writePlans([plan], also)) return plan;
  }
  throw new Error(`the alert of workspace ${workspace.id} was changed by others again and again`);
}

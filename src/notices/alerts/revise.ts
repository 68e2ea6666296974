import type { Ledger } from '../../ledger/entry.js';
import type { Workspace } from '../../workspace/entities.js';
import type { Deed } from './next-row.js';
import { type Plan, planAlert } from './plan.js';
import { writePlans } from './write-plans.js';

/** Of two that change an alert at once one looks again; so often is no coincidence any more. */
const TRIES = 5;
/** Alerts written at once; a company may have hundreds of workspaces. */
const AT_ONCE = 50;

/**
 * Brings the alerts of one account's workspaces to how their balances stand at that moment. Looked at together they are
 * one message to whoever would get several at once.
 */
export async function reviseAlerts(ledger: Ledger, workspaces: readonly Workspace[], at: Date): Promise<void> {
  const open = workspaces.filter(({ status }) => status === 'active');
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const some = open.slice(from, from + AT_ONCE);
    const plans: Plan[] = [];
    for (const workspace of some) plans.push(await planAlert(ledger, workspace, at));
    if (await writePlans(plans)) continue;
    for (const workspace of some) await reviseAlert(ledger, workspace, at);
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

import type { AuditAction } from '../../workspace/audit-actions.js';
import { writeAudit } from '../../workspace/audit.js';
import type { PersonId, Workspace } from '../../workspace/entities.js';
import type { Automatic, Below, Monthly } from './automatic.js';
import { periodOf } from './schedule.js';
import { amend, type Next } from './store.js';
import { begunAnew, paused, replanned, resumed, scheduled, withoutRecharge } from './transitions.js';

export interface Rules {
  below?: Below;
  monthly?: Monthly;
}

interface Change {
  workspace: Workspace;
  by: PersonId;
  at: Date;
  /** Writes what is to stand or fall with the change, in its transaction: perhaps more than once. */
  alongside?: (after: Automatic) => Promise<void>;
}

/**
 * Sets the rules that are given, leaves the others, and turns automatic payments on, paused ones too. `by` is whom the
 * top-ups name. A recharge begins with the first day that comes, and is made once in a month however it is changed.
 */
export function setAutomatic(change: Change & Rules): Promise<Automatic | undefined> {
  const { below, monthly, at } = change;
  const detail = { ...(below && { ...below }), ...(monthly && { ...monthly }) };
  return changed(change, 'billing.automatic_set', detail, (now) => ({
    automatic: withRules(now, change),
    checkAt: at,
  }));
}

/** What `setAutomatic` would make of it. */
export function withRules(now: Automatic | undefined, change: Omit<Change, 'alongside'> & Rules): Automatic {
  const { workspace, below, monthly, by, at } = change;
  const { maximumTold: _told, ...before } = now ?? fresh(workspace, by, at);
  const kept = monthly ? replanned(before) : before;
  const rules = begunAnew({
    ...kept,
    by,
    goneBackSince: at,
    ...(below && { below }),
    ...(monthly && { monthly }),
  });
  return before.paused || monthly ? scheduled(rules, workspace.timeZone, at) : rules;
}

/** Nothing is charged until somebody resumes. A charge that the provider may have heard of already still ends as it ends. */
export function pauseAutomatic(change: Change): Promise<Automatic | undefined> {
  const { by, at } = change;
  return changed(change, 'billing.automatic_paused', {}, (now) => {
    if (!now || (!now.below && !now.monthly)) return undefined;
    if (now.paused?.why === 'person' || now.paused?.why === 'handedOver') return undefined;
    const pause = { why: 'person' as const, at, by, card: now.paused?.card };
    return { automatic: paused(now, pause), checkAt: now.charge && at };
  });
}

/**
 * Paused until the new primary owner resumes, in the surrounding transaction: the rules stay, and name them from now on.
 * So they are where somebody had paused them before, who may not end this pause.
 */
export function pauseForHandover(change: Change): Promise<Automatic | undefined> {
  const { by, at } = change;
  return changed(change, 'billing.automatic_paused', { why: 'handedOver' }, (now) => {
    if (!now || (!now.below && !now.monthly)) return undefined;
    return { automatic: paused({ ...now, by }, { why: 'handedOver', at }), checkAt: now.charge && at };
  });
}

/** Goes on after a pause, whoever or whatever made it, and tries at once what is owed. */
export function resumeAutomatic(change: Change): Promise<Automatic | undefined> {
  const { workspace, at } = change;
  return changed(change, 'billing.automatic_resumed', {}, (now) =>
    now?.paused || now?.nextTryAt ? { automatic: resumed(now, workspace.timeZone, at), checkAt: at } : undefined,
  );
}

/** Takes the rule away, or both. A charge that the provider may have heard of already still ends as it ends. */
export function endAutomatic(change: Change & { which?: 'below' | 'monthly' }): Promise<Automatic | undefined> {
  const { which, at } = change;
  return changed(change, 'billing.automatic_ended', { which: which ?? 'both' }, (now) => {
    if (!now) return undefined;
    const { below, monthly, ...rest } = now;
    const kept = { ...(which === 'monthly' && below && { below }), ...(which === 'below' && monthly && { monthly }) };
    const ended = kept.monthly ? { ...rest, ...kept } : withoutRecharge({ ...rest, ...kept });
    if (kept.below || kept.monthly) return { automatic: ended, checkAt: checked(ended, at) };
    return { automatic: begunAnew(ended), checkAt: now.charge && at };
  });
}

/** Where a person paused there is nothing to look for, but for the end of a charge under way. */
function checked({ paused: pause, charge }: Automatic, at: Date): Date | undefined {
  return pause?.why === 'person' && !charge ? undefined : at;
}

async function changed(
  { workspace, by, at, alongside }: Change,
  action: AuditAction,
  detail: Readonly<Record<string, string | number>>,
  change: (now: Automatic | undefined) => Next | undefined,
): Promise<Automatic | undefined> {
  const of = { account: workspace.account, workspace: workspace.id };
  return amend(of, async (now) => {
    const next = change(now);
    if (!next) return undefined;
    await writeAudit({ ...of, by, action, detail, at });
    await alongside?.(next.automatic);
    return next;
  });
}

function fresh(workspace: Workspace, by: PersonId, at: Date): Automatic {
  return {
    account: workspace.account,
    workspace: workspace.id,
    by,
    attempts: 0,
    episode: 1,
    declines: 0,
    tally: { period: periodOf(at, workspace.timeZone), minor: 0 },
  };
}

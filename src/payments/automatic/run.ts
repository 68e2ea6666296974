import type { Minor } from '../../ledger/entry.js';
import { getAccount } from '../../workspace/accounts.js';
import { writeAudit } from '../../workspace/audit.js';
import type { Workspace, WorkspaceId } from '../../workspace/entities.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import type { Automatic } from './automatic.js';
import { type AutomaticDeps, charge, finish, LOOK_FOR_CARD_MS, stop } from './charge.js';
import { decide, type Decision, LOOK_AGAIN_MS } from './decide.js';
import { goneBackMinor } from './gone-back.js';
import { amend, dueForCheck, lookAgain, type Read, replace, watching } from './store.js';
import { recharged, resumed } from './transitions.js';

const BATCH = 200;
/** Charges under way at once: each waits for the provider. */
const AT_ONCE = 8;
/** Something is wrong with the workspace, or it is disabled: its turn comes again then, and it holds up no other. */
const LATER_MS = 10 * 60_000;

interface Now {
  at: Date;
  timeIsUp?: () => boolean;
}

/** Does what is due of every workspace's automatic payments: found by an index of when to look, not by a scan. */
export async function runAutomatic(deps: AutomaticDeps, now: Now): Promise<void> {
  for (;;) {
    const due = await dueForCheck(now.at, BATCH);
    const { quiet, busy } = await sorted(deps, due, now.at);
    await lookAgain(quiet.map((read) => ({ read, at: nextLook(read.automatic, now.at) })));
    await workOff(deps, busy, now);
    if (due.length < BATCH || now.timeIsUp?.()) return;
  }
}

/** Looks at these workspaces now, of which something was just spent: a top-up need not wait for the sweep. */
export async function checkAfterSpend(
  deps: AutomaticDeps,
  workspaces: readonly WorkspaceId[],
  now: Now,
): Promise<void> {
  const watched = (await watching(workspaces)).filter(({ automatic }) => !automatic.paused && !automatic.charge);
  const { busy } = await sorted(deps, watched, now.at);
  await workOff(deps, busy, now);
}

interface Busy {
  read: Read;
  availableMinor: Minor;
}

/** The balances are read after the rows: a charge that a row does not show under way is in the balance already. */
async function sorted(
  { ledger }: AutomaticDeps,
  reads: readonly Read[],
  at: Date,
): Promise<{ quiet: Read[]; busy: Busy[] }> {
  const heads = await ledger.heads(reads.map(({ automatic }) => automatic.workspace));
  const quiet: Read[] = [];
  const busy: Busy[] = [];
  for (const read of reads) {
    const head = heads.get(read.automatic.workspace);
    if (head && isQuiet(read.automatic, head.availableMinor, at)) quiet.push(read);
    else busy.push({ read, availableMinor: head?.availableMinor ?? 0 });
  }
  return { quiet, busy };
}

/** Nothing is under way or due, as far as that can be told without looking up the workspace. */
function isQuiet(
  { below, charge: under, paused, nextTryAt, owed, rechargeAt }: Automatic,
  availableMinor: Minor,
  at: Date,
) {
  if (under || paused || nextTryAt || owed || !below) return false;
  return availableMinor >= below.belowMinor && !(rechargeAt && rechargeAt <= at);
}

function nextLook({ rechargeAt }: Automatic, at: Date): Date {
  const again = later(at, LOOK_AGAIN_MS);
  return rechargeAt && rechargeAt < again ? rechargeAt : again;
}

async function workOff(deps: AutomaticDeps, busy: readonly Busy[], { at, timeIsUp }: Now): Promise<void> {
  const queue = [...busy];
  const take = () => (timeIsUp?.() ? undefined : queue.shift());
  const worker = async () => {
    for (let next = take(); next; next = take()) await workOnOne(deps, next, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** One workspace that is in trouble does not keep back the others. */
async function workOnOne(deps: AutomaticDeps, { read, availableMinor }: Busy, at: Date): Promise<void> {
  const { account, workspace } = read.automatic;
  try {
    await workOn(deps, read, availableMinor, at);
  } catch (error) {
    deps.log.error({ err: error, workspace, account }, 'automatic payments could not be looked after; they are again');
    await lookAgain([{ read, at: later(at, LOOK_AGAIN_MS) }]);
  }
}

async function workOn(deps: AutomaticDeps, read: Read, availableMinor: Minor, at: Date): Promise<void> {
  const { automatic } = read;
  const workspace = await getWorkspace(automatic.account, automatic.workspace);
  if (!workspace) throw new Error('its workspace is gone');
  const of = { workspace, at };
  const open = workspace.status === 'active' && (await getAccount(automatic.account))?.status === 'enabled';
  if (automatic.charge) {
    const mine = await replace(read, { automatic, checkAt: later(at, LOOK_AGAIN_MS) });
    const wanted = open && !automatic.paused && automatic[automatic.charge.kind] !== undefined;
    if (!mine) return;
    await finish(deps, automatic.charge, { ...of, wanted });
    // What was spent while it was under way may call for the next one already.
    return checkAfterSpend(deps, [workspace.id], { at });
  }
  if (!open) return lookAgain([{ read, at: later(at, LATER_MS) }]);
  if (automatic.paused) return lookForCard(deps, read, of);
  const decision = decide(automatic, availableMinor, workspace.timeZone, at);
  switch (decision.do) {
    case 'wait':
      return lookAgain([{ read, at: decision.until }]);
    case 'charge':
      return (await isForWhatWentBack(deps.ledger, automatic, decision, { availableMinor, at }))
        ? stop(deps, automatic, decision, { ...of, why: 'wentBack' })
        : charge(deps, read, decision, of);
    case 'leaveOutRecharge':
      return leaveOut(deps, automatic, decision, of);
    case 'tellMaximum':
      return tellMaximum(deps, automatic, decision, at);
  }
}

/** To charge for it would take from payers at once what they just got back, over and over where a bank does that. */
async function isForWhatWentBack(
  ledger: AutomaticDeps['ledger'],
  { workspace, below, goneBackSince: since }: Automatic,
  { kind }: Extract<Decision, { do: 'charge' }>,
  { availableMinor, at }: { availableMinor: Minor; at: Date },
): Promise<boolean> {
  if (kind !== 'below' || !below || !since) return false;
  const backMinor = await goneBackMinor(ledger, { workspace, since, at });
  return backMinor > 0 && availableMinor + backMinor >= below.belowMinor;
}

/** Payments that stopped for want of a working card go on by themselves once there is another. */
async function lookForCard(
  deps: AutomaticDeps,
  read: Read,
  { workspace, at }: { workspace: Workspace; at: Date },
): Promise<void> {
  const { account, workspace: id, paused } = read.automatic;
  const byCard = paused && (paused.why === 'noCard' || paused.card !== undefined) && paused.why !== 'person';
  const card = byCard ? await deps.payments.savedCard({ account, workspace: id }) : undefined;
  if (!card || card.id === paused?.card) return lookAgain([{ read, at: later(at, LOOK_FOR_CARD_MS) }]);
  await amend({ account, workspace: id }, async (now) => {
    if (!now?.paused || now.paused.at.getTime() !== paused?.at.getTime()) return undefined;
    await writeAudit({ account, workspace: id, by: 'system', action: 'billing.automatic_resumed', at });
    await deps.tell({
      kind: 'resumedByCard',
      id: `auto:${id}:card:${card.id}:${at.getTime()}`,
      account,
      workspace: id,
    });
    return { automatic: resumed(now, workspace.timeZone, at), checkAt: at };
  });
}

async function leaveOut(
  deps: AutomaticDeps,
  { account, workspace: id }: Automatic,
  { missed }: Extract<Decision, { do: 'leaveOutRecharge' }>,
  { workspace, at }: { workspace: Workspace; at: Date },
): Promise<void> {
  await amend({ account, workspace: id }, async (now) => {
    if (!now?.monthly || now.charge || (now.recharged ?? '') >= missed.period) return undefined;
    const automatic = recharged(now, missed.period, workspace.timeZone);
    await deps.tell({
      kind: 'rechargeMissed',
      id: `auto:${id}:missed:${missed.period}`,
      account,
      workspace: id,
      amountMinor: now.monthly.amountMinor,
      dueAt: missed.at,
      nextAt: automatic.rechargeAt ?? at,
    });
    return { automatic, checkAt: at };
  });
}

async function tellMaximum(
  deps: AutomaticDeps,
  { account, workspace: id }: Automatic,
  { period, againAt }: Extract<Decision, { do: 'tellMaximum' }>,
  at: Date,
): Promise<void> {
  await amend({ account, workspace: id }, async (now) => {
    if (!now?.below?.monthlyMaxMinor || now.charge || now.maximumTold === period) return undefined;
    const { monthlyMaxMinor: maximumMinor, belowMinor } = now.below;
    const event = { kind: 'maximumReached' as const, maximumMinor, belowMinor, againAt };
    await deps.tell({ ...event, id: `auto:${id}:maximum:${period}:${maximumMinor}`, account, workspace: id });
    return { automatic: { ...now, maximumTold: period }, checkAt: at };
  });
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

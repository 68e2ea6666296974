import { createHash } from 'node:crypto';
import type { Ledger } from '../../ledger/entry.js';
import type { Log } from '../../log.js';
import type { Workspace, WorkspaceId } from '../../workspace/entities.js';
import { getAccount } from '../../workspace/accounts.js';
import { workspaceOfWallet, workspacesAfter } from '../../workspace/sweeping.js';
import { dueRows, enrol, postpone } from './alert-row.js';
import type { AlertRow } from './alert-model.js';
import { byAccount } from './by-account.js';
import { type Faults, reviseAlerts } from './revise.js';

const HOUR_MS = 3_600_000;
const BATCH = 200;
const PAGE = 1_000;
/** A disabled workspace is not looked after; one of which something is wrong holds up no other. */
const LATER_MS = 12 * HOUR_MS;
const TROUBLED_MS = HOUR_MS / 6;
/** The first looks of workspaces that are enrolled together are spread over this. */
const SPREAD_MS = 12 * HOUR_MS;

/**
 * Looks at each alert that is due: days that have become few, snoozes and quiet hours that are over, owners to be told
 * directly. Resolves with how many were looked at.
 */
export async function lookAtDue(
  { ledger, log }: { ledger: Ledger; log: Pick<Log, 'error'> },
  at: Date,
  timeIsUp: () => boolean,
): Promise<number> {
  let looked = 0;
  for (;;) {
    const due = await dueRows(at, BATCH);
    if (due.length === 0) return looked;
    const open: Workspace[] = [];
    for (const row of due) {
      const workspace = await workspaceOfWallet(row._id);
      if (workspace && (await isLookedAfter(workspace, row))) open.push(workspace);
      else await postpone(row, new Date(at.getTime() + LATER_MS));
    }
    for (const company of byAccount(open)) {
      if (timeIsUp()) return looked;
      const faults = await faultsOf(ledger, company, at);
      looked += company.length - faults.size;
      for (const { account, id } of company) {
        if (!faults.has(id)) continue;
        await postpone({ account, _id: id }, new Date(at.getTime() + TROUBLED_MS));
        log.error({ err: faults.get(id), account, workspace: id }, 'an alert could not be looked at');
      }
    }
  }
}

/** A disabled workspace has its alert ended; a disabled account hears nothing. */
async function isLookedAfter({ account, status }: Workspace, { level }: AlertRow): Promise<boolean> {
  if (status !== 'active' && level === 'ok') return false;
  return (await getAccount(account))?.status === 'enabled';
}

async function faultsOf(ledger: Ledger, company: readonly Workspace[], at: Date): Promise<Faults> {
  try {
    return await reviseAlerts(ledger, company, at);
  } catch (fault) {
    return new Map(company.map(({ id }) => [id, fault]));
  }
}

/** Has every workspace looked after that is not yet; resolves with how many are new. */
export async function enrolForAlerts(at: Date): Promise<number> {
  let enrolled = 0;
  let after: WorkspaceId | undefined;
  for (;;) {
    const page = await workspacesAfter(after, PAGE);
    enrolled += await enrol(page.map(({ account, id }) => ({ account, id, lookAt: firstLook(id, at) })));
    if (page.length < PAGE) return enrolled;
    after = page.at(-1)!.id;
  }
}

function firstLook(workspace: WorkspaceId, at: Date): Date {
  const spread = createHash('sha256').update(workspace).digest().readUInt32BE(0) / 2 ** 32;
  return new Date(at.getTime() + Math.floor(spread * SPREAD_MS));
}

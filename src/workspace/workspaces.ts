import { newId } from '../id.js';
import type { Ledger } from '../ledger/entry.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { Account, AccountId, PersonId, Workspace, WorkspaceId } from './entities.js';
import { fold } from './fold.js';
import { addMember, assertFullMember } from './joining.js';
import { toWorkspace, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';
import { nameEverywhere } from './workspace-names.js';

const LONGEST_NAME = 60;

/** Makes a workspace with an empty wallet and its primary owner. Refuses a name that is taken, whatever its case. */
export async function createWorkspace(wanted: {
  ledger: Ledger;
  account: Account;
  name: string;
  primaryOwner: PersonId;
  by: PersonId;
  at: Date;
}): Promise<Workspace> {
  const { ledger, account, primaryOwner, by, at } = wanted;
  const named = readName(wanted.name);
  const { currency, timeZone } = account;
  const doc: WorkspaceDoc = {
    _id: newId('ws', at),
    account: account.id,
    ...named,
    status: 'active',
    currency,
    timeZone,
    createdAt: at,
  };
  return inTransaction(async () => {
    await assertNameFree(doc);
    await assertFullMember(account.id, primaryOwner);
    await WorkspaceModel.create(doc);
    await addMember(doc, { person: primaryOwner, role: 'primaryOwner', licence: 'standard', at });
    await writeAudit({
      account: account.id,
      workspace: doc._id,
      by,
      action: 'workspace.created',
      person: primaryOwner,
      detail: { name: doc.name },
      at,
    });
    // The ledger does not join the transaction. An empty wallet without a workspace harms nobody, the reverse would.
    await ledger.open({ wallet: doc._id, account: account.id, currency, at });
    return toWorkspace(doc);
  });
}

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  by: PersonId;
  at: Date;
}

/**
 * Refuses a name that another workspace of the account has, whatever its case. `outdated`: it is called neither `was` nor
 * as it is to be, and stays as it is.
 */
export async function renameWorkspace(
  change: Change & { name: string; was?: string },
): Promise<Workspace & { outdated: boolean }> {
  const { account, workspace, by, at, was } = change;
  const named = readName(change.name);
  return inTransaction(async () => {
    await assertNameFree({ _id: workspace, account, ...named });
    const before = await WorkspaceModel.findOne({ account, _id: workspace }).lean<WorkspaceDoc>().orFail();
    const outdated = was !== undefined && ![was, named.name].includes(before.name);
    if (outdated || before.name === named.name) return { ...toWorkspace(before), outdated };
    await WorkspaceModel.updateOne({ account, _id: workspace }, { $set: named });
    await nameEverywhere(account, workspace, named.foldedName);
    const detail = { from: before.name, to: named.name };
    await writeAudit({ account, workspace, by, action: 'workspace.renamed', detail, at });
    return { ...toWorkspace({ ...before, ...named }), outdated };
  });
}

type StatusChange = Change & { approvedBy?: PersonId; reason?: string };

/**
 * People, money and history stay; every command there is refused until it is enabled again, and so is its API. `changed`
 * is false where it was disabled already.
 */
export function disableWorkspace(change: StatusChange): Promise<Workspace & { changed: boolean }> {
  return setStatus(change, 'disabled');
}

/** As disableWorkspace, back. */
export function enableWorkspace(change: StatusChange): Promise<Workspace & { changed: boolean }> {
  return setStatus(change, 'active');
}

function setStatus(change: StatusChange, status: Workspace['status']): Promise<Workspace & { changed: boolean }> {
  const { account, workspace, by, approvedBy, reason, at } = change;
  return inTransaction(async () => {
    const before = await WorkspaceModel.findOneAndUpdate({ account, _id: workspace }, { $set: { status } })
      .lean<WorkspaceDoc>()
      .orFail();
    const changed = before.status !== status;
    if (changed) {
      const action = status === 'active' ? 'workspace.enabled' : 'workspace.disabled';
      const detail = { ...(reason && { reason }), ...(approvedBy && { approvedBy }) };
      await writeAudit({ account, workspace, by, action, detail, at });
    }
    return { ...toWorkspace({ ...before, status }), changed };
  });
}

export async function getWorkspace(account: AccountId, id: WorkspaceId): Promise<Workspace | undefined> {
  const doc = await WorkspaceModel.findOne({ account, _id: id }).lean<WorkspaceDoc>();
  return doc ? toWorkspace(doc) : undefined;
}

/** By name, disabled ones too. */
export async function workspacesOfAccount(account: AccountId): Promise<Workspace[]> {
  const docs = await WorkspaceModel.find({ account }).sort({ foldedName: 1 }).lean<WorkspaceDoc[]>();
  return docs.map(toWorkspace);
}

export async function disabledWorkspaces(account: AccountId): Promise<WorkspaceId[]> {
  const docs = await WorkspaceModel.find({ account, status: 'disabled' }, { _id: 1 }).lean<{ _id: WorkspaceId }[]>();
  return docs.map(({ _id }) => _id);
}

/** Without the characters that would let two names look the same, or turn the text around them. */
function readName(typed: string): Pick<WorkspaceDoc, 'name' | 'foldedName'> {
  const name = typed
    .normalize('NFC')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const foldedName = fold(name);
  if (foldedName === '' || [...name].length > LONGEST_NAME) {
    refuse({ kind: 'badArgument', argument: 'name', typed, expected: `1 to ${LONGEST_NAME} characters` });
  }
  return { name, foldedName };
}

async function assertNameFree(named: Pick<WorkspaceDoc, '_id' | 'account' | 'name' | 'foldedName'>): Promise<void> {
  const { _id, account, name, foldedName } = named;
  const holder = await WorkspaceModel.findOne({ account, foldedName }).lean<WorkspaceDoc>();
  if (holder && holder._id !== _id) refuse({ kind: 'workspaceNameTaken', name });
}

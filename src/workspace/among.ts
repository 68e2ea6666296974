import mongoose from 'mongoose';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { type BindingDoc, BindingModel, toBinding } from './binding-model.js';
import {
  type Account,
  type AccountId,
  type Binding,
  LICENCES,
  type Licence,
  type PersonId,
  type Role,
  type Workspace,
  type WorkspaceId,
} from './entities.js';
import {
  type MembershipDoc,
  MembershipModel,
  toWorkspace,
  type WorkspaceDoc,
  WorkspaceModel,
} from './workspace-model.js';

/** Many workspaces of any account, read together: for sweeps alone, nobody's request leads here. */
export interface Among {
  accounts: readonly AccountId[];
  workspaces: readonly WorkspaceId[];
}

export async function workspacesAmong({ accounts, workspaces }: Among): Promise<Map<WorkspaceId, Workspace>> {
  const docs = await WorkspaceModel.find({ account: oneOf(accounts), _id: oneOf(workspaces) }).lean<WorkspaceDoc[]>();
  return new Map(docs.map((doc) => [doc._id, toWorkspace(doc)]));
}

export async function accountsAmong({ accounts }: Pick<Among, 'accounts'>): Promise<Map<AccountId, Account>> {
  const docs = await AccountModel.find({ _id: oneOf(accounts) }).lean<AccountDoc[]>();
  return new Map(docs.map((doc) => [doc._id, toAccount(doc)]));
}

/** How many members each has, by licence; suspended ones too. */
export async function headcountsAmong({
  accounts,
  workspaces,
}: Among): Promise<Map<WorkspaceId, Record<Licence, number>>> {
  const none = () => Object.fromEntries(LICENCES.map((licence) => [licence, 0])) as Record<Licence, number>;
  const counts = new Map(workspaces.map((workspace) => [workspace, none()]));
  const groups = await MembershipModel.aggregate<{ _id: { workspace: WorkspaceId; licence: Licence }; count: number }>([
    { $match: { account: { $in: [...accounts] }, workspace: { $in: [...workspaces] } } },
    { $group: { _id: { workspace: '$workspace', licence: '$licence' }, count: { $sum: 1 } } },
  ]);
  for (const { _id, count } of groups) counts.get(_id.workspace)![_id.licence] = count;
  return counts;
}

/** The chat channels that the bot is in and that get notices of theirs, the first bound first. */
export async function bindingsAmong({ accounts, workspaces }: Among): Promise<Map<WorkspaceId, Binding[]>> {
  const docs = await BindingModel.find({ account: oneOf(accounts), workspace: oneOf(workspaces), lostAt: null })
    .sort({ _id: 1 })
    .lean<BindingDoc[]>();
  return grouped(docs.map(toBinding));
}

/** Who has one of these roles and may use the workspace, the first joined first. */
export async function holdersAmong(
  { accounts, workspaces }: Among,
  roles: readonly Role[],
): Promise<Map<WorkspaceId, { workspace: WorkspaceId; person: PersonId }[]>> {
  const docs = await MembershipModel.find({
    account: oneOf(accounts),
    workspace: oneOf(workspaces),
    role: mongoose.trusted({ $in: [...roles] }),
    suspended: false,
  })
    .sort({ joinedAt: 1, _id: 1 })
    .lean<MembershipDoc[]>();
  return grouped(docs);
}

function oneOf(ids: readonly string[]): { $in: string[] } {
  return mongoose.trusted({ $in: [...ids] });
}

function grouped<T extends { workspace: WorkspaceId }>(all: readonly T[]): Map<WorkspaceId, T[]> {
  const groups = new Map<WorkspaceId, T[]>();
  for (const one of all) {
    const group = groups.get(one.workspace);
    if (group) group.push(one);
    else groups.set(one.workspace, [one]);
  }
  return groups;
}

import mongoose from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { fold, foldedPattern } from './fold.js';
import type { Seat } from './memberships.js';
import {
  type MembershipDoc,
  MembershipModel,
  toMembership,
  toWorkspace,
  type WorkspaceDoc,
  WorkspaceModel,
} from './workspace-model.js';

/** Some of a person's places. */
export interface SeatsAmong {
  account: AccountId;
  person: PersonId;
  /** Part of the workspace's name. */
  search?: string;
  /** Of these workspaces. */
  in?: readonly WorkspaceId[];
  /** Only where they are not suspended. */
  unsuspended?: true;
  /** Only workspaces that are not disabled, of that currency, and not that one. */
  open?: { currency?: string; besides?: WorkspaceId };
}

type Row = MembershipDoc & { found: WorkspaceDoc };

/** A page of a person's places: the active one first, the others in order of name. It reads what it shows, and no more. */
export async function seatsAmong(among: SeatsAmong, page: { offset: number; limit: number }): Promise<Seat[]> {
  const cut = [{ $skip: page.offset }, { $limit: page.limit }];
  const rows = await MembershipModel.aggregate<Row>([
    { $match: memberships(among) },
    { $sort: { active: -1, workspaceName: 1 } },
    ...(among.open ? [] : cut),
    withWorkspace(among),
    { $unwind: '$found' },
    ...(among.open ? cut : []),
  ]);
  return rows.map((row) => ({ workspace: toWorkspace(row.found), membership: toMembership(row) }));
}

/** Of all pages; it reads index keys alone. */
export function countSeatsAmong(among: Omit<SeatsAmong, 'open'>): Promise<number> {
  return MembershipModel.countDocuments(memberships(among)).exec();
}

/** The person's place in the workspace of that name, whatever its case. */
export async function seatNamed(account: AccountId, person: PersonId, name: string): Promise<Seat | undefined> {
  const doc = await MembershipModel.findOne({ account, person, workspaceName: fold(name) }).lean<MembershipDoc>();
  const workspace = doc && (await WorkspaceModel.findOne({ account, _id: doc.workspace }).lean<WorkspaceDoc>());
  return workspace ? { workspace: toWorkspace(workspace), membership: toMembership(doc) } : undefined;
}

function memberships({ account, person, search, in: within, unsuspended, open }: SeatsAmong) {
  const workspace = {
    ...(within && { $in: [...within] }),
    ...(open?.besides && { $ne: open.besides }),
  };
  return {
    account,
    person,
    ...(unsuspended && { suspended: false }),
    ...(search && { workspaceName: mongoose.trusted({ $regex: foldedPattern(search) }) }),
    ...(Object.keys(workspace).length > 0 && { workspace: mongoose.trusted(workspace) }),
  };
}

function withWorkspace({ account, open }: SeatsAmong) {
  const within = { account, ...(open && { status: 'active' }), ...(open?.currency && { currency: open.currency }) };
  return {
    $lookup: {
      from: WorkspaceModel.collection.name,
      as: 'found',
      localField: 'workspace',
      foreignField: '_id',
      pipeline: [{ $match: within }],
    },
  };
}

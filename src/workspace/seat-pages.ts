import mongoose from 'mongoose';
import type { AccountId, PersonId, Workspace, WorkspaceId } from './entities.js';
import { fold, foldedPattern } from './fold.js';
import type { Seat } from './memberships.js';
import {
  BY_WORKSPACE_NAME,
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
}

export interface Page {
  offset: number;
  limit: number;
}

type Row = MembershipDoc & { found: WorkspaceDoc };

/** A page of a person's places: the active one first, the others in order of name. It reads what it shows, and no more. */
export async function seatsAmong(among: SeatsAmong, { offset, limit }: Page): Promise<Seat[]> {
  const rows = MembershipModel.aggregate<Row>([
    { $match: memberships(among) },
    { $sort: { active: -1, workspaceName: 1 } },
    { $skip: offset },
    { $limit: limit },
    {
      $lookup: {
        from: WorkspaceModel.collection.name,
        as: 'found',
        localField: 'workspace',
        foreignField: '_id',
        pipeline: [{ $match: { account: among.account } }],
      },
    },
    { $unwind: '$found' },
  ]);
  // Left to choose, the server may read and sort them all.
  if (!among.in) rows.hint(BY_WORKSPACE_NAME);
  return (await rows).map((row) => ({ workspace: toWorkspace(row.found), membership: toMembership(row) }));
}

/** More than a page is read at once, as few of those that are read are left out. */
const SPARE = 4;

/** The same of those places where they can do something, and which `fits`. */
export async function usableSeats(
  among: Omit<SeatsAmong, 'unsuspended'>,
  { offset, limit }: Page,
  fits: (workspace: Workspace) => boolean = () => true,
): Promise<Seat[]> {
  const found: Seat[] = [];
  const atOnce = limit + SPARE;
  for (let from = 0; found.length < offset + limit; from += atOnce) {
    const seats = await seatsAmong({ ...among, unsuspended: true }, { offset: from, limit: atOnce });
    found.push(...seats.filter(({ workspace }) => workspace.status === 'active' && fits(workspace)));
    if (seats.length < atOnce) break;
  }
  return found.slice(offset, offset + limit);
}

/** Of all pages; it reads index keys alone. */
export async function countSeatsAmong({
  account,
  person,
  search,
  unsuspended,
}: Pick<SeatsAmong, 'account' | 'person' | 'search' | 'unsuspended'>): Promise<number> {
  const among = memberships({ account, person, ...(search && { search }) });
  const all = await MembershipModel.countDocuments(among).hint(BY_WORKSPACE_NAME);
  return unsuspended ? all - (await MembershipModel.countDocuments({ ...among, suspended: true })) : all;
}

/** The person's place in the workspace of that name, whatever its case. */
export async function seatNamed(account: AccountId, person: PersonId, name: string): Promise<Seat | undefined> {
  const doc = await MembershipModel.findOne({ account, person, workspaceName: fold(name) }).lean<MembershipDoc>();
  const workspace = doc && (await WorkspaceModel.findOne({ account, _id: doc.workspace }).lean<WorkspaceDoc>());
  return workspace ? { workspace: toWorkspace(workspace), membership: toMembership(doc) } : undefined;
}

function memberships({ account, person, search, in: within, unsuspended }: SeatsAmong) {
  return {
    account,
    person,
    ...(unsuspended && { suspended: false }),
    ...(search && { workspaceName: mongoose.trusted({ $regex: foldedPattern(search) }) }),
    ...(within && { workspace: mongoose.trusted({ $in: [...within] }) }),
  };
}

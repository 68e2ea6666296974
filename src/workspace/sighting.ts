import { inGroups } from '../in-groups.js';
import { type BindingDoc, BindingModel } from './binding-model.js';
import type { ChatChannel } from './bindings.js';
import type { AccountId, WorkspaceId } from './entities.js';
import type { IdentityKey } from './identity.js';
import type { Seat } from './memberships.js';
import { type IdentityDoc, IdentityModel, type PersonDoc, PersonModel } from './person-model.js';
import {
  type MembershipDoc,
  MembershipModel,
  toMembership,
  toWorkspace,
  type WorkspaceDoc,
  WorkspaceModel,
} from './workspace-model.js';

/** What stands about a sender at one moment. */
export interface Sighting {
  identity: IdentityDoc;
  person: PersonDoc | undefined;
  /** All of the person's memberships, suspended ones too, the first joined first. */
  seats: Seat[];
  /** Of the chat channel that was asked about. */
  boundHere: WorkspaceId[];
}

type Row = IdentityDoc & {
  people: PersonDoc[];
  memberships: MembershipDoc[];
  workspaces: WorkspaceDoc[];
  bindings?: Pick<BindingDoc, 'workspace'>[];
};

interface Question {
  account: AccountId;
  key: IdentityKey;
  channel: ChatChannel | undefined;
}

/**
 * Who is behind an identity, where they are in, and what the chat channel where they are is bound to: one look-up
 * for what every command reads before anything else, and one for all who ask at once in the same place.
 * Undefined for an identity never seen.
 */
export const lookUpSender: (question: Question) => Promise<Sighting | undefined> = inGroups(async (questions) => {
  const places = new Map<string, Question[]>();
  for (const question of questions) {
    const there = places.get(placeOf(question));
    if (there) there.push(question);
    else places.set(placeOf(question), [question]);
  }
  const found = new Map<string, ReadonlyMap<IdentityKey, Sighting>>();
  await Promise.all([...places].map(async ([place, asked]) => found.set(place, await sightingsAt(asked))));
  return questions.map((question) => found.get(placeOf(question))?.get(question.key));
});

const placeOf = ({ account, channel }: Question): string =>
  [account, channel?.platform, channel?.tenant, channel?.channel].join(' ');

/** All of one account, and in one place. */
async function sightingsAt(questions: readonly Question[]): Promise<ReadonlyMap<IdentityKey, Sighting>> {
  const { account, channel } = questions[0]!;
  const keys = [...new Set(questions.map(({ key }) => key))];
  const rows = await IdentityModel.aggregate<Row>([
    { $match: { account, key: { $in: keys } } },
    join(PersonModel.collection.name, { account }, 'people', 'person', '_id'),
    join(MembershipModel.collection.name, { account }, 'memberships', 'person', 'person', [
      { $sort: { joinedAt: 1, _id: 1 } },
    ]),
    join(WorkspaceModel.collection.name, { account }, 'workspaces', 'memberships.workspace', '_id'),
    ...(channel ? [boundTo(account, channel)] : []),
  ]);
  return new Map(rows.map((row) => [row.key, sightingOf(row)]));
}

function sightingOf({ people, memberships, workspaces, bindings = [], ...identity }: Row): Sighting {
  const byId = new Map(workspaces.map((workspace) => [workspace._id, workspace]));
  const seats = memberships.flatMap((membership) => {
    const workspace = byId.get(membership.workspace);
    return workspace ? [{ workspace: toWorkspace(workspace), membership: toMembership(membership) }] : [];
  });
  return { identity, person: people[0], seats, boundHere: bindings.map(({ workspace }) => workspace) };
}

/** The account stands in every part of the look-up, as in every query. */
function join(
  from: string,
  within: { account: AccountId },
  as: keyof Row,
  localField: string,
  foreignField: string,
  more: { $sort: Record<string, 1> }[] = [],
) {
  return { $lookup: { from, as, localField, foreignField, pipeline: [{ $match: within }, ...more] } };
}

function boundTo(account: AccountId, { platform, tenant, channel }: ChatChannel) {
  const pipeline = [
    { $match: { account, platform, tenant, channel } },
    { $sort: { _id: 1 as const } },
    { $project: { workspace: 1 as const } },
  ];
  return { $lookup: { from: BindingModel.collection.name, as: 'bindings', pipeline } };
}

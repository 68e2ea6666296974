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
  /** Of the person's memberships the active one, and that in the workspace that the chat channel is bound to alone. */
  here: Seat[];
  /** Of the chat channel that was asked about. */
  boundHere: WorkspaceId[];
}

type Row = IdentityDoc & {
  people: PersonDoc[];
  active: MembershipDoc[];
  bound?: MembershipDoc[];
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
    join(MembershipModel.collection.name, { account, active: true }, 'active', 'person', 'person'),
    ...(channel ? [boundTo(account, channel), membershipInFirst(account)] : []),
    { $set: { places: { $concatArrays: ['$active.workspace', channel ? '$bound.workspace' : []] } } },
    join(WorkspaceModel.collection.name, { account }, 'workspaces', 'places', '_id'),
  ]);
  return new Map(rows.map((row) => [row.key, sightingOf(row)]));
}

function sightingOf({ people, active, bound = [], workspaces, bindings = [], ...identity }: Row): Sighting {
  const byId = new Map(workspaces.map((workspace) => [workspace._id, workspace]));
  const others = bound.filter(({ _id }) => active.every((membership) => membership._id !== _id));
  const here = [...active, ...others].flatMap((membership) => {
    const workspace = byId.get(membership.workspace);
    return workspace ? [{ workspace: toWorkspace(workspace), membership: toMembership(membership) }] : [];
  });
  return { identity, person: people[0], here, boundHere: bindings.map(({ workspace }) => workspace) };
}

/** The account stands in every part of the look-up, as in every query. */
function join(
  from: string,
  within: { account: AccountId; active?: true },
  as: keyof Row,
  localField: string,
  foreignField: string,
) {
  return { $lookup: { from, as, localField, foreignField, pipeline: [{ $match: within }] } };
}

/** The person's own in the first workspace of the bindings: of several, none is meant. */
function membershipInFirst(account: AccountId) {
  const isTheirs = { $and: [{ $eq: ['$workspace', '$$workspace'] }, { $eq: ['$person', '$$person'] }] };
  return {
    $lookup: {
      from: MembershipModel.collection.name,
      as: 'bound',
      let: { person: '$person', workspace: { $first: '$bindings.workspace' } },
      pipeline: [{ $match: { account, $expr: isTheirs } }],
    },
  };
}

function boundTo(account: AccountId, { platform, tenant, channel }: ChatChannel) {
  const pipeline = [
    { $match: { account, platform, tenant, channel } },
    { $sort: { _id: 1 as const } },
    { $project: { workspace: 1 as const } },
  ];
  return { $lookup: { from: BindingModel.collection.name, as: 'bindings', pipeline } };
}

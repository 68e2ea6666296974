import { type AccountDoc, AccountModel } from '../../src/workspace/account-model.js';
import type { AccountId, PersonId } from '../../src/workspace/entities.js';
import { type HandoverDoc, HandoverModel } from '../../src/workspace/handover-model.js';
import { type InvitationDoc, InvitationModel } from '../../src/workspace/invitation-model.js';
import { type MemberChangeDoc, MemberChangeModel } from '../../src/workspace/member-change-model.js';
import { type IdentityDoc, IdentityModel, type PersonDoc, PersonModel } from '../../src/workspace/person-model.js';
import { type RequestDoc, RequestModel } from '../../src/workspace/request-model.js';
import { type MembershipDoc, MembershipModel } from '../../src/workspace/workspace-model.js';

/** All that is stored about an account's people, between two steps. */
export interface PeopleState {
  account: AccountDoc;
  people: PersonDoc[];
  identities: IdentityDoc[];
  memberships: MembershipDoc[];
  invitations: InvitationDoc[];
  requests: RequestDoc[];
  handovers: HandoverDoc[];
  changes: MemberChangeDoc[];
}

/** In the order in which they came: what a step picks does not hang on ids. */
export async function stateOf(account: AccountId): Promise<PeopleState> {
  const [of, people, identities, memberships, invitations, requests, handovers, changes] = await Promise.all([
    AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail(),
    PersonModel.find({ account }).sort({ _id: 1 }).lean<PersonDoc[]>(),
    IdentityModel.find({ account }).sort({ key: 1 }).lean<IdentityDoc[]>(),
    MembershipModel.find({ account }).sort({ joinedAt: 1, foldedName: 1 }).lean<MembershipDoc[]>(),
    InvitationModel.find({ account }).sort({ createdAt: 1 }).lean<InvitationDoc[]>(),
    RequestModel.find({ account }).sort({ createdAt: 1 }).lean<RequestDoc[]>(),
    HandoverModel.find({ account }).sort({ offeredAt: 1 }).lean<HandoverDoc[]>(),
    MemberChangeModel.find({ account }).sort({ at: 1 }).lean<MemberChangeDoc[]>(),
  ]);
  return { account: of, people, identities, memberships, invitations, requests, handovers, changes };
}

/** The person whom somebody's chats belong to now, where they linked them. */
export function nowOf(state: Pick<PeopleState, 'people'>, person: PersonId): PersonId {
  const into = state.people.find(({ _id }) => _id === person)?.mergedInto;
  return into ? nowOf(state, into) : person;
}

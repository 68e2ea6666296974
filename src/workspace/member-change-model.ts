import mongoose, { Schema } from 'mongoose';
import {
  type AccountId,
  LICENCES,
  type Membership,
  type PersonId,
  type PlaceChange,
  ROLES,
  type WorkspaceId,
} from './entities.js';

/** What stood in a membership. */
export type Standing = Pick<Membership, 'role' | 'licence' | 'suspended'>;

/** A change of somebody's place that can be taken back for some minutes. */
export interface MemberChangeDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  by: PersonId;
  what: PlaceChange;
  /** The membership's own id: somebody who joined anew since has another. */
  membership: string;
  joinedAt: Date;
  before: Standing & Pick<Membership, 'active'>;
  /** Absent where they were removed. */
  after?: Standing;
  /** Where the change made them active instead. */
  movedTo?: WorkspaceId;
  /** Who got what they held. */
  handedTo?: PersonId;
  state: 'done' | 'undone';
  at: Date;
  undoUntil: Date;
}

const standing = {
  role: { type: String, enum: ROLES, required: true },
  licence: { type: String, enum: LICENCES, required: true },
  suspended: { type: Boolean, required: true },
};

const memberChangeSchema = new Schema<MemberChangeDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    by: { type: String, required: true },
    what: { type: String, enum: ['role', 'licence', 'suspension', 'removal'], required: true },
    membership: { type: String, required: true },
    joinedAt: { type: Date, required: true },
    before: {
      type: new Schema({ ...standing, active: { type: Boolean, required: true } }, { _id: false, strict: 'throw' }),
      required: true,
    },
    after: { type: new Schema(standing, { _id: false, strict: 'throw' }) },
    movedTo: String,
    handedTo: String,
    state: { type: String, enum: ['done', 'undone'], required: true },
    at: { type: Date, required: true },
    undoUntil: { type: Date, required: true },
  },
  { collection: 'member_changes', versionKey: false, strict: 'throw' },
);
memberChangeSchema.index({ account: 1, _id: 1 }, { unique: true });

export const MemberChangeModel = mongoose.model<MemberChangeDoc>('MemberChange', memberChangeSchema);

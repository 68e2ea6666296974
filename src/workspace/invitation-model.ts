import mongoose, { Schema } from 'mongoose';
import { type Invitation, LICENCES, type PersonId, ROLES } from './entities.js';

export interface InvitationDoc extends Omit<Invitation, 'id'> {
  _id: string;
  /** Of an e-mailed invitation: SHA-256 of the token in its link. */
  tokenHash?: string;
  /** SHA-256 of the code that its page shows. */
  codeHash?: string;
  /** Who approved the request that made it. */
  approvedBy?: PersonId;
  createdAt: Date;
}

const invitationSchema = new Schema<InvitationDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: String,
    email: String,
    role: { type: String, enum: ROLES, required: true },
    licence: { type: String, enum: LICENCES, required: true },
    invitedBy: { type: String, required: true },
    approvedBy: String,
    state: { type: String, enum: ['open', 'accepted', 'revoked', 'expired'], required: true },
    tokenHash: String,
    codeHash: String,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'invitations', versionKey: false, strict: 'throw' },
);
invitationSchema.index(
  { account: 1, workspace: 1, person: 1 },
  { unique: true, partialFilterExpression: { state: 'open', person: { $exists: true } } },
);
invitationSchema.index(
  { account: 1, workspace: 1, email: 1 },
  { unique: true, partialFilterExpression: { state: 'open', email: { $exists: true } } },
);
invitationSchema.index(
  { account: 1, tokenHash: 1 },
  { unique: true, partialFilterExpression: { tokenHash: { $exists: true } } },
);
invitationSchema.index(
  { account: 1, codeHash: 1 },
  { unique: true, partialFilterExpression: { codeHash: { $exists: true } } },
);
invitationSchema.index({ account: 1, person: 1, state: 1 });
invitationSchema.index({ account: 1, workspace: 1, state: 1, createdAt: -1, _id: -1 });
invitationSchema.index({ state: 1, expiresAt: 1 });

export const InvitationModel = mongoose.model<InvitationDoc>('Invitation', invitationSchema);

export function toInvitation(doc: InvitationDoc): Invitation {
  const { _id, account, workspace, role, licence, invitedBy, state, expiresAt } = doc;
  return {
    id: _id,
    account,
    workspace,
    role,
    licence,
    invitedBy,
    state,
    expiresAt,
    ...(doc.person && { person: doc.person }),
    ...(doc.email && { email: doc.email }),
  };
}

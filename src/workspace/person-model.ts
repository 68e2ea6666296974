import mongoose, { Schema } from 'mongoose';
import type { AccountId, Person, PersonId } from './entities.js';
import type { IdentityKey, Profile } from './identity.js';

export interface PersonDoc extends Omit<Person, 'id'> {
  _id: PersonId;
  foldedName: string;
  /** Raised with every change of the person's memberships, so that two such changes conflict. */
  moves: number;
  /** Two people found to be one: this document stays, for the names in what happened before. */
  mergedInto?: PersonId;
}

const personSchema = new Schema<PersonDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    email: String,
    emailVerified: { type: Boolean, required: true },
    timeZone: String,
    locale: String,
    lastIdentity: String,
    moves: { type: Number, required: true },
    mergedInto: String,
  },
  { collection: 'people', versionKey: false, strict: 'throw' },
);
personSchema.index({ account: 1, _id: 1 }, { unique: true });
personSchema.index({ account: 1, mergedInto: 1 }, { partialFilterExpression: { mergedInto: { $exists: true } } });

export interface IdentityDoc {
  _id: string;
  account: AccountId;
  key: IdentityKey;
  person: PersonId;
  /** Folded; only where the platform vouches for it. */
  verifiedEmail?: string;
  standing: Profile['standing'];
  /** When the platform was last asked about this user. */
  refreshedAt: Date;
}

const identitySchema = new Schema<IdentityDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    key: { type: String, required: true },
    person: { type: String, required: true },
    verifiedEmail: String,
    standing: { type: String, enum: ['full', 'guest', 'connect', 'bot', 'deactivated'], required: true },
    refreshedAt: { type: Date, required: true },
  },
  { collection: 'identities', versionKey: false, strict: 'throw' },
);
identitySchema.index({ account: 1, key: 1 }, { unique: true });
identitySchema.index({ account: 1, person: 1 });
identitySchema.index({ account: 1, verifiedEmail: 1 });

export const PersonModel = mongoose.model<PersonDoc>('Person', personSchema);
export const IdentityModel = mongoose.model<IdentityDoc>('Identity', identitySchema);

export function toPerson(doc: PersonDoc): Person {
  const { _id, account, name, emailVerified } = doc;
  return {
    id: _id,
    account,
    name,
    emailVerified,
    ...(doc.email && { email: doc.email }),
    ...(doc.timeZone && { timeZone: doc.timeZone }),
    ...(doc.locale && { locale: doc.locale }),
    ...(doc.lastIdentity && { lastIdentity: doc.lastIdentity }),
  };
}

import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import type { Account, AccountId, Person, PersonId } from './entities.js';
import { fold, foldAddress } from './fold.js';
import { type Identity, type IdentityKey, identityKey, parseIdentityKey, type Profile, tenantKey } from './identity.js';
import { nameMemberships } from './member-names.js';
import { type IdentityDoc, IdentityModel, type PersonDoc, PersonModel, toPerson } from './person-model.js';
import { personName } from './person-name.js';

const NEVER = new Date(0);

/** The person behind an identity that somebody named, known from now on if they were not. Refuses another account's. */
export async function ensurePerson(account: Account, identity: Identity, profile: Profile, at: Date): Promise<Person> {
  if (!account.tenants.includes(tenantKey(identity))) refuse({ kind: 'otherAccount', name: profile.name });
  return keepProfile(account.id, identity, profile, at);
}

/** Also finds somebody who was merged into another: by the name they had. */
export async function getPerson(account: AccountId, id: PersonId): Promise<Person | undefined> {
  const doc = await PersonModel.findOne({ account, _id: id }).lean<PersonDoc>();
  return doc ? toPerson(doc) : undefined;
}

export async function peopleByIds(
  account: AccountId,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Person>> {
  const docs = await PersonModel.find({ account, _id: mongoose.trusted({ $in: [...new Set(ids)] }) }).lean<
    PersonDoc[]
  >();
  return new Map(docs.map((doc) => [doc._id, toPerson(doc)]));
}

export async function personOfIdentity(account: AccountId, identity: IdentityKey): Promise<Person | undefined> {
  const known = await findIdentity(account, identity);
  return known ? getPerson(account, known.person) : undefined;
}

/** By an address that a platform vouches for; another spelling of its case is the same address. */
export async function personByEmail(account: AccountId, email: string): Promise<Person | undefined> {
  const known = await IdentityModel.findOne({ account, verifiedEmail: foldAddress(email) }).lean<IdentityDoc>();
  return known ? getPerson(account, known.person) : undefined;
}

export async function identitiesOf(account: AccountId, person: PersonId): Promise<Identity[]> {
  const docs = await IdentityModel.find({ account, person }).sort({ _id: 1 }).lean<IdentityDoc[]>();
  return docs.flatMap(({ key }) => parseIdentityKey(key) ?? []);
}

/**
 * Where to write to the person privately: where they were last active, else any identity that still works. Of somebody
 * who was merged into another: that one's.
 */
export async function directIdentity(account: AccountId, person: PersonId): Promise<Identity | undefined> {
  const doc = await PersonModel.findOne({ account, _id: person }).lean<PersonDoc>();
  if (doc?.mergedInto) return directIdentity(account, doc.mergedInto);
  const last = doc?.lastIdentity;
  const docs = await IdentityModel.find({ account, person }).sort({ _id: 1 }).lean<IdentityDoc[]>();
  const usable = docs.filter(({ standing }) => standing !== 'deactivated');
  const best = usable.find(({ key }) => key === last) ?? usable[0];
  return best && parseIdentityKey(best.key);
}

type Known = Omit<Profile, 'standing'>;

export async function addPerson(account: AccountId, profile: Known, at: Date): Promise<Person> {
  const doc: PersonDoc = { _id: newId('p', at), account, moves: 0, emailVerified: false, ...describe(profile) };
  await PersonModel.create(doc);
  return toPerson(doc);
}

/** Without a profile the platform is asked at the identity's next command. */
export async function addIdentity(
  account: AccountId,
  person: PersonId,
  key: IdentityKey,
  profile: Profile | undefined,
  at: Date,
): Promise<void> {
  const doc: IdentityDoc = {
    _id: newId('i', at),
    account,
    key,
    person,
    standing: profile?.standing ?? 'full',
    refreshedAt: profile ? at : NEVER,
    ...verifiedEmail(profile),
  };
  await IdentityModel.create(doc);
}

/** Writes down what the platform says of an identity, making the identity and its person where they are new. */
export function keepProfile(account: AccountId, identity: Identity, profile: Profile, at: Date): Promise<Person> {
  const key = identityKey(identity);
  return inTransaction(async () => {
    const known = await findIdentity(account, key);
    if (!known) {
      const person = await addPerson(account, profile, at);
      await addIdentity(account, person.id, key, profile, at);
      return person;
    }
    const email = verifiedEmail(profile);
    await IdentityModel.updateOne(
      { account, key },
      {
        $set: { standing: profile.standing, refreshedAt: at, ...email },
        ...(!email.verifiedEmail && { $unset: { verifiedEmail: 1 } }),
      },
    );
    const doc = await PersonModel.findOneAndUpdate(
      { account, _id: known.person },
      { $set: describe(profile) },
      { returnDocument: 'after' },
    ).lean<PersonDoc>();
    await nameMemberships(account, known.person);
    return toPerson(doc!);
  });
}

function findIdentity(account: AccountId, key: IdentityKey): Promise<IdentityDoc | null> {
  return IdentityModel.findOne({ account, key }).lean<IdentityDoc>().exec();
}

/** What is not known here stays as another platform told it. */
function describe(profile: Known): Pick<PersonDoc, 'name' | 'foldedName'> & Partial<PersonDoc> {
  const { email, emailVerified, timeZone, locale } = profile;
  const name = personName(profile.name);
  return {
    name,
    foldedName: fold(name),
    ...(email && { email, emailVerified }),
    ...(timeZone && { timeZone }),
    ...(locale && { locale }),
  };
}

function verifiedEmail(profile?: Profile): { verifiedEmail?: string } {
  return profile?.email && profile.emailVerified ? { verifiedEmail: foldAddress(profile.email) } : {};
}

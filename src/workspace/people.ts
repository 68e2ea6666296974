import type { Account, AccountId, Person, PersonId } from './entities.js';
import type { Identity, IdentityKey, Profile } from './identity.js';

export interface Recognised {
  person: Person;
  standing: Profile['standing'];
}

export async function recognise(_sighting: {
  account: Account;
  identity: Identity;
  at: Date;
  profile: () => Promise<Profile | undefined>;
}): Promise<Recognised> {
  throw new Error('not built yet');
}

export async function ensurePerson(
  _account: Account,
  _identity: Identity,
  _profile: Profile,
  _at: Date,
): Promise<Person> {
  throw new Error('not built yet');
}

export async function getPerson(_account: AccountId, _id: PersonId): Promise<Person | undefined> {
  throw new Error('not built yet');
}

export async function peopleByIds(
  _account: AccountId,
  _ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Person>> {
  throw new Error('not built yet');
}

export async function personOfIdentity(_account: AccountId, _identity: IdentityKey): Promise<Person | undefined> {
  throw new Error('not built yet');
}

export async function personByEmail(_account: AccountId, _email: string): Promise<Person | undefined> {
  throw new Error('not built yet');
}

export async function identitiesOf(_account: AccountId, _person: PersonId): Promise<Identity[]> {
  throw new Error('not built yet');
}

export async function directIdentity(_account: AccountId, _person: PersonId): Promise<Identity | undefined> {
  throw new Error('not built yet');
}

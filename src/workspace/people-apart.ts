import mongoose from 'mongoose';
import type { AccountId, PersonId } from './entities.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';

/** Of these people one for each human: two with the same verified address are one, though nobody linked them yet. */
export async function peopleApart(account: AccountId, people: readonly PersonId[]): Promise<PersonId[]> {
  const identities = await IdentityModel.find({ account, person: mongoose.trusted({ $in: [...people] }) }).lean<
    IdentityDoc[]
  >();
  const addressesOf = (person: PersonId) =>
    identities.flatMap((identity) => (identity.person === person ? (identity.verifiedEmail ?? []) : []));
  const seen = new Set<string>();
  const apart: PersonId[] = [];
  for (const person of people) {
    const addresses = addressesOf(person);
    if (!addresses.some((address) => seen.has(address))) apart.push(person);
    for (const address of addresses) seen.add(address);
  }
  return apart;
}

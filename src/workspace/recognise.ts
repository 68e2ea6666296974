import { refuse } from '../refusal.js';
import { type ChatChannel, workspacesBoundTo } from './bindings.js';
import type { Account, Person, WorkspaceId } from './entities.js';
import { type Identity, type IdentityKey, identityKey, type Profile, tenantKey } from './identity.js';
import { membershipsOf, type Seat } from './memberships.js';
import { getPerson, keepProfile } from './people.js';
import { PersonModel, toPerson } from './person-model.js';
import { lookUpSender } from './sighting.js';

/** How long a profile is believed before the platform is asked again. */
const PROFILE_FRESH_MS = 24 * 3_600_000;

export interface Recognised {
  person: Person;
  standing: Profile['standing'];
  /** Of the person's memberships at least the active one, and that in the only workspace of `boundHere`. */
  here: Seat[];
  /** What the chat channel is bound to, where one was asked about. */
  boundHere: WorkspaceId[];
}

/**
 * Who the sender is, known from now on if they were not, and where they stand now. Asks the platform only at first
 * sight, once a day, and of somebody who was thought gone. Refuses an identity that is not of the account's tenants, or
 * that its own platform does not know.
 */
export async function recognise(sighting: {
  account: Account;
  identity: Identity;
  at: Date;
  profile: () => Promise<Profile | undefined>;
  channel?: ChatChannel;
}): Promise<Recognised> {
  const { account, identity, at, channel } = sighting;
  if (!account.tenants.includes(tenantKey(identity))) return refuseUnknown(account);
  const key = identityKey(identity);
  const known = await lookUpSender({ account: account.id, key, channel });
  const stale =
    !known ||
    known.identity.standing === 'deactivated' ||
    at.getTime() - known.identity.refreshedAt.getTime() > PROFILE_FRESH_MS;
  const profile = stale ? await sighting.profile() : undefined;
  if (profile) {
    const person = await keepProfile(account.id, identity, profile, at);
    const here = await membershipsOf(account.id, person.id);
    const boundHere = channel ? await workspacesBoundTo(account.id, channel) : [];
    return { person: await wasActive(person, key), standing: profile.standing, here, boundHere };
  }
  if (!known?.person) return refuseUnknown(account);
  const { person, here, boundHere } = known;
  return { person: await wasActive(toPerson(person), key), standing: known.identity.standing, here, boundHere };
}

async function wasActive(person: Person, lastIdentity: IdentityKey): Promise<Person> {
  if (person.lastIdentity === lastIdentity) return person;
  await PersonModel.updateOne({ account: person.account, _id: person.id }, { $set: { lastIdentity } });
  return { ...person, lastIdentity };
}

async function refuseUnknown(account: Account): Promise<never> {
  const owner = await getPerson(account.id, account.owner);
  return refuse({ kind: 'outsider', accountName: account.name, who: 'otherTenant', ownerName: owner?.name ?? '' });
}

import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { AccountId, Person, PersonId } from './entities.js';
import { type Identity, type IdentityKey, identityKey, parseIdentityKey, type Platform } from './identity.js';
import { countTry, newCode, openCode, useCode } from './link-codes.js';
import { mergePeople } from './merge.js';
import { addPerson, getPerson, identitiesOf, personOfIdentity } from './people.js';
import { IdentityModel, PersonModel } from './person-model.js';

/** The other side of a link that is not finished. */
export interface Starter {
  person: Person;
  platform: Platform;
  /** They are one person already. */
  linked: boolean;
}

interface Side {
  account: AccountId;
  identity: Identity;
  person: PersonId;
  at: Date;
}

/** Starts proving that an identity on the other platform is the same human: to be shown to the sender alone. */
export function startLink({ account, identity, at }: Side): Promise<{ code: string }> {
  return inTransaction(async () => ({ code: await newCode(account, identityKey(identity), at) }));
}

/**
 * Who started the link with that code, and where: whoever typed it is to say that this is them too, before they become
 * one. Refuses as finishLink does, and counts as a try.
 */
export async function whoStarted({ account, identity, person, code, at }: Side & { code: string }): Promise<Starter> {
  await countTry(account, identityKey(identity), at);
  const { identity: started } = await openCode(account, code, at);
  const platform = otherPlatform(started, identity);
  const first = await personOfIdentity(account, started);
  if (!first) return refuse({ kind: 'linkCode', why: 'unknown' });
  return { person: first, platform, linked: first.id === person };
}

/** Two people are about to become one: `from` will be `into`. Runs in the transaction that merges them, perhaps more than once. */
export type BeforeMerge = (merge: { account: AccountId; from: PersonId; into: PersonId; at: Date }) => Promise<void>;

/**
 * Ends the proof with the code that the first side was shown: the two people become one, the one who started stays.
 * Refuses a wrong, used or old code, too many tries, and two identities on one platform.
 */
export async function finishLink(finish: Side & { code: string; beforeMerge?: BeforeMerge }): Promise<Person> {
  const { account, identity, person, code, at, beforeMerge } = finish;
  const key = identityKey(identity);
  await countTry(account, key, at);
  return inTransaction(async () => {
    const started = await useCode(account, code, at);
    otherPlatform(started, identity);
    const first = await personOfIdentity(account, started);
    const second = await personOfIdentity(account, key);
    if (!first || second?.id !== person) return refuse({ kind: 'linkCode', why: 'unknown' });
    if (first.id === person) return first;
    await beforeMerge?.({ account, from: person, into: first.id, at });
    await mergePeople({ account, from: person, into: first.id, at });
    await writeAudit({
      account,
      by: first.id,
      action: 'identity.linked',
      person: first.id,
      detail: { started, finished: key, merged: person },
      at,
    });
    return first;
  });
}

function otherPlatform(started: IdentityKey, { platform }: Identity): Platform {
  const first = parseIdentityKey(started)?.platform;
  if (!first || first === platform) return refuse({ kind: 'linkCode', why: 'samePlatform' });
  return first;
}

/** Detaches the identity into a new person without memberships, who is returned. The last identity stays. @throws Refusal linkCode */
export function removeLink({ account, identity, person, at }: Side): Promise<Person> {
  const key: IdentityKey = identityKey(identity);
  return inTransaction(async () => {
    const identities = await identitiesOf(account, person);
    const rest = identities.filter((other) => identityKey(other) !== key);
    if (rest.length === identities.length || rest.length === 0) return refuse({ kind: 'linkCode', why: 'notLinked' });
    const before = await getPerson(account, person);
    const detached = await addPerson(account, { name: before?.name ?? '', emailVerified: false }, at);
    await IdentityModel.updateOne({ account, key }, { $set: { person: detached.id, refreshedAt: new Date(0) } });
    if (before?.lastIdentity === key && rest[0]) {
      await PersonModel.updateOne({ account, _id: person }, { $set: { lastIdentity: identityKey(rest[0]) } });
    }
    await writeAudit({
      account,
      by: person,
      action: 'identity.unlinked',
      person,
      detail: { identity: key, as: detached.id },
      at,
    });
    return detached;
  });
}

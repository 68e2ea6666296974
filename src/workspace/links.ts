import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { AccountId, Person, PersonId } from './entities.js';
import { type Identity, type IdentityKey, identityKey, parseIdentityKey } from './identity.js';
import { countTry, newCode, useCode } from './link-codes.js';
import { mergePeople } from './merge.js';
import { addPerson, getPerson, identitiesOf, personOfIdentity } from './people.js';
import { IdentityModel, PersonModel } from './person-model.js';

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
 * Ends the proof with the code that the first side was shown: the two people become one, the one who started stays.
 * Refuses a wrong, used or old code, too many tries, and two identities on one platform.
 */
export async function finishLink(finish: Side & { code: string }): Promise<Person> {
  const { account, identity, person, code, at } = finish;
  const key = identityKey(identity);
  await countTry(account, key, at);
  return inTransaction(async () => {
    const started = await useCode(account, code, at);
    if (parseIdentityKey(started)?.platform === identity.platform) refuse({ kind: 'linkCode', why: 'samePlatform' });
    const first = await personOfIdentity(account, started);
    const second = await personOfIdentity(account, key);
    if (!first || second?.id !== person) return refuse({ kind: 'linkCode', why: 'unknown' });
    if (first.id === person) return first;
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

/** Detaches the identity into a new person without memberships, who is returned. The last identity stays. */
export function removeLink({ account, identity, person, at }: Side): Promise<Person> {
  const key: IdentityKey = identityKey(identity);
  return inTransaction(async () => {
    const identities = await identitiesOf(account, person);
    const rest = identities.filter((other) => identityKey(other) !== key);
    if (rest.length === identities.length || rest.length === 0) {
      return refuse({
        kind: 'badArgument',
        argument: 'identity',
        typed: key,
        expected: 'one of two linked identities',
      });
    }
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

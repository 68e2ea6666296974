import mongoose from 'mongoose';
import type { AccountId, PersonId } from './entities.js';
import { type Identity, type IdentityKey, parseIdentityKey } from './identity.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { MembershipModel } from './workspace-model.js';

const NEVER = new Date(0);

/**
 * Writes down that a chat account which is known here went, or works again; undefined for any other. Of one that is gone
 * the platform is not asked again for a day; of one that works again it is asked what it is when it speaks.
 */
export async function noteStanding(news: {
  account: AccountId;
  identity: IdentityKey;
  gone: boolean;
  at: Date;
}): Promise<PersonId | undefined> {
  const { account, identity: key, gone, at } = news;
  const known = await IdentityModel.findOne({ account, key }).lean<IdentityDoc>();
  if (known && gone) {
    await IdentityModel.updateOne({ account, key }, { $set: { standing: 'deactivated', refreshedAt: at } });
  } else if (known?.standing === 'deactivated') {
    await IdentityModel.updateOne({ account, key }, { $set: { standing: 'full', refreshedAt: NEVER } });
  }
  return known?.person;
}

/** Whether none of the person's chat accounts works any more. */
export async function isGone(account: AccountId, person: PersonId): Promise<boolean> {
  const standings = (await IdentityModel.find({ account, person }).lean<IdentityDoc[]>()).map(
    (identity) => identity.standing,
  );
  return standings.length > 0 && standings.every((standing) => standing === 'deactivated');
}

/** Of these people, those who have a chat account that works. */
export async function thoseThere(account: AccountId, people: readonly PersonId[]): Promise<Set<PersonId>> {
  const working = await IdentityModel.find({
    account,
    person: mongoose.trusted({ $in: [...people] }),
    standing: mongoose.trusted({ $ne: 'deactivated' }),
  }).lean<IdentityDoc[]>();
  return new Set(working.map(({ person }) => person));
}

/** Chat accounts of an account's primary owners of whom no platform was asked since then, the longest ago first. */
export async function primaryOwnersNotSeenSince(account: AccountId, before: Date): Promise<Identity[]> {
  const owners: PersonId[] = await MembershipModel.distinct('person', { account, role: 'primaryOwner' });
  const docs = await IdentityModel.find({
    account,
    person: mongoose.trusted({ $in: owners }),
    refreshedAt: mongoose.trusted({ $lte: before }),
  })
    .sort({ refreshedAt: 1 })
    .lean<IdentityDoc[]>();
  return docs.flatMap(({ key }) => parseIdentityKey(key) ?? []);
}

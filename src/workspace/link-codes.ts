import { createHash, randomInt } from 'node:crypto';
import { newId } from '../id.js';
import { refuse } from '../refusal.js';
import type { AccountId } from './entities.js';
import type { IdentityKey } from './identity.js';
import { type LinkCodeDoc, LinkCodeModel, type LinkTriesDoc, LinkTriesModel } from './link-model.js';

const LIFETIME_MS = 10 * 60_000;
/** In as long as a code lives; with 40 random bits in a code, guessing is hopeless. */
const MOST_TRIES = 5;
const LENGTH = 8;
/** Without letters that are read as one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A new code for this identity; a former one is void. */
export async function newCode(account: AccountId, identity: IdentityKey, at: Date): Promise<string> {
  const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  await LinkCodeModel.deleteOne({ account, identity });
  await LinkCodeModel.create({
    _id: newId('lc', at),
    account,
    identity,
    codeHash: hashOf(code),
    expiresAt: new Date(at.getTime() + LIFETIME_MS),
  });
  return code;
}

/** Uses the code up and says which identity started the link. */
export async function useCode(account: AccountId, typed: string, at: Date): Promise<IdentityKey> {
  const doc = await openCode(account, typed, at);
  await LinkCodeModel.updateOne({ account, _id: doc._id }, { $set: { usedAt: at } });
  return doc.identity;
}

/** The code as it is kept, if it can still be used. */
export async function openCode(account: AccountId, typed: string, at: Date): Promise<LinkCodeDoc> {
  const codeHash = hashOf(typed.toUpperCase().replaceAll(/[\s-]/g, ''));
  const doc = await LinkCodeModel.findOne({ account, codeHash }).lean<LinkCodeDoc>();
  if (!doc) return refuse({ kind: 'linkCode', why: 'unknown' });
  if (doc.usedAt) return refuse({ kind: 'linkCode', why: 'used' });
  if (doc.expiresAt <= at) return refuse({ kind: 'linkCode', why: 'expired' });
  return doc;
}

/** Counts a try before it is looked at, outside the transaction of what follows: a refused try stays counted. */
export async function countTry(account: AccountId, identity: IdentityKey, at: Date): Promise<void> {
  const doc = await LinkTriesModel.findOneAndUpdate(
    { account, identity },
    { $inc: { tries: 1 }, $setOnInsert: { _id: newId('lt', at), since: at } },
    { upsert: true, returnDocument: 'after' },
  )
    .lean<LinkTriesDoc>()
    .orFail();
  if (at.getTime() - doc.since.getTime() > LIFETIME_MS) {
    await LinkTriesModel.updateOne({ account, identity }, { $set: { since: at, tries: 1 } });
  } else if (doc.tries > MOST_TRIES) {
    refuse({ kind: 'linkCode', why: 'tooManyTries' });
  }
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from './entities.js';
import { type InvitationDoc, InvitationModel } from './invitation-model.js';

/** Account and 256 random bits: the account is in it so that even this look-up stays inside one. */
export function newToken(account: AccountId): string {
  return `${account}.${randomBytes(32).toString('base64url')}`;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Without letters that are read as one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * What the invitation's page shows to be typed in the chat: 60 bits made of the token, so that only whoever holds the
 * link knows them, and short enough to be typed where long tokens are mangled.
 */
export function joinCodeOf(token: string): string {
  const bytes = createHash('sha256').update(`join:${token}`).digest();
  const letters = Array.from(bytes.subarray(0, 12), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** Spaces, dashes and case do not matter. */
export function hashOfCode(code: string): string {
  return hashOf(`code:${code.toUpperCase().replaceAll(/[\s-]/g, '')}`);
}

export async function findByCode(account: AccountId, code: string): Promise<InvitationDoc | null> {
  return InvitationModel.findOne({ account, codeHash: hashOfCode(code) }).lean<InvitationDoc>();
}

export async function findByToken(token: string): Promise<InvitationDoc | null> {
  const [account = ''] = token.split('.', 1);
  return InvitationModel.findOne({ account, tokenHash: hashOf(token) }).lean<InvitationDoc>();
}

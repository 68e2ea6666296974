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

export async function findByToken(token: string): Promise<InvitationDoc | null> {
  const [account = ''] = token.split('.', 1);
  return InvitationModel.findOne({ account, tokenHash: hashOf(token) }).lean<InvitationDoc>();
}

import { createHash, randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { SecretModel, type SecretRow } from './models.js';

const LIFETIME_MS = 24 * 60 * 60_000;

/** Whoever seals and opens texts for one tenant and field, as encryption.ts does. */
interface Sealing {
  encrypt(plain: string, sealedFor: { tenant: string; field: string }): string;
  decrypt(sealed: string, sealedFor: { tenant: string; field: string }): string;
}

export interface OneTimeSecrets {
  /** Keeps a text to be shown once within 24 hours; the id is unguessable and the only way to it. */
  createSecret(secret: {
    account: AccountId;
    workspace: WorkspaceId;
    person: PersonId;
    plain: string;
    at: Date;
  }): Promise<{ id: string }>;
  /** Whether there is something to reveal: for the page before the click, which spends nothing. */
  secretWaits(id: string, at: Date): Promise<boolean>;
  /** The text, to the first caller alone; undefined once it was shown, expired, or never was. */
  revealSecret(id: string, at: Date): Promise<string | undefined>;
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

const sealedFor = (account: AccountId, id: string) => ({ tenant: account, field: `secret:${id}` });

export function createOneTimeSecrets(sealing: Sealing): OneTimeSecrets {
  return {
    async createSecret({ account, workspace, person, plain, at }) {
      const id = randomBytes(24).toString('base64url');
      const sealed = sealing.encrypt(plain, sealedFor(account, id));
      const expiresAt = new Date(at.getTime() + LIFETIME_MS);
      await new SecretModel({ _id: hashOf(id), account, workspace, person, sealed, expiresAt }).save();
      return { id };
    },
    async secretWaits(id, at) {
      return (await SecretModel.exists({ _id: hashOf(id), expiresAt: mongoose.trusted({ $gt: at }) })) !== null;
    },
    async revealSecret(id, at) {
      const row = await SecretModel.findOneAndDelete({
        _id: hashOf(id),
        expiresAt: mongoose.trusted({ $gt: at }),
      }).lean<SecretRow>();
      return row ? sealing.decrypt(row.sealed, sealedFor(row.account, id)) : undefined;
    },
  };
}

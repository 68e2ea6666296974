import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a ciphertext belongs to: moved to another tenant or field, it no longer opens. */
export interface SealedFor {
  tenant: string;
  field: string;
}

export interface Encryption {
  /** Seals with the newest key. The text names the key, so that older keys keep opening what they sealed. */
  encrypt(plain: string, sealedFor: SealedFor): string;
  /** Throws if the key is unknown, the text was altered, or it was sealed for something else. */
  decrypt(sealed: string, sealedFor: SealedFor): string;
  /** Whether a newer key has come since: the text is due for sealing anew. */
  isStale(sealed: string): boolean;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM over the given keys of 32 bytes each; the first one writes, all of them read. */
export function createEncryption(keys: readonly { id: string; key: Buffer }[]): Encryption {
  const newest = keys[0];
  if (!newest) throw new Error('encryption needs at least one key');
  const byId = new Map(keys.map(({ id, key }) => [id, key]));

  return {
    encrypt(plain, sealedFor) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.key, iv);
      cipher.setAAD(boundTo(newest.id, sealedFor));
      const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, newest.id, body.toString('base64url')].join('.');
    },
    decrypt(sealed, sealedFor) {
      const { id, body } = split(sealed);
      const key = byId.get(id);
      if (!key) throw new Error(`encryption key ${id} is not among the configured ones`);
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(id, sealedFor));
      decipher.setAuthTag(body.subarray(-TAG_BYTES));
      const text = decipher.update(body.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
    isStale: (sealed) => split(sealed).id !== newest.id,
  };
}

function boundTo(keyId: string, { tenant, field }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, tenant, field]));
}

function split(sealed: string): { id: string; body: Buffer } {
  const [version, id, text] = sealed.split('.');
  const body = Buffer.from(text ?? '', 'base64url');
  if (version !== VERSION || !id || body.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed text');
  return { id, body };
}

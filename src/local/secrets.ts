import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  signingSecret: z.string(),
  encryptionKey: z.string(),
  apiKeyPepper: z.string(),
  stripeSecretKey: z.string(),
  stripeWebhookSecret: z.string(),
});

/** Local mode's own secrets, made once: what is stored under them must open at the next start. */
export type LocalSecrets = z.infer<typeof schema>;

export async function localSecrets(folder: string): Promise<LocalSecrets> {
  const file = join(folder, 'secrets.json');
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) return schema.parse(JSON.parse(kept));
  const made: LocalSecrets = {
    signingSecret: randomBytes(16).toString('hex'),
    encryptionKey: randomBytes(32).toString('base64'),
    apiKeyPepper: randomBytes(32).toString('hex'),
    stripeSecretKey: `sk_test_${randomBytes(16).toString('hex')}`,
    stripeWebhookSecret: `whsec_${randomBytes(16).toString('hex')}`,
  };
  await writeFile(file, JSON.stringify(made, undefined, 2), { mode: 0o600 });
  return made;
}

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mail, Mailer } from './mailer.js';

const kept = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  at: z.iso.datetime(),
});

export type KeptMail = z.infer<typeof kept>;

export interface MailFolder extends Mailer {
  /** Newest first. */
  list(): Promise<KeptMail[]>;
}

/** Local mode's stand-in for SMTP: keeps the mails as files, one per id, for people to look at. */
export function createMailFolder(dir: string): MailFolder {
  return {
    async send(mail) {
      await mkdir(dir, { recursive: true });
      const file = join(dir, `${createHash('sha256').update(mail.id).digest('hex').slice(0, 24)}.json`);
      await writeFile(`${file}.new`, JSON.stringify(asKept(mail), undefined, 2), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    async list() {
      await mkdir(dir, { recursive: true });
      const files = (await readdir(dir)).filter((name) => name.endsWith('.json'));
      const mails = await Promise.all(
        files.map(async (name) => kept.parse(JSON.parse(await readFile(join(dir, name), 'utf8')))),
      );
      return mails.sort((a, b) => b.at.localeCompare(a.at));
    },
  };
}

function asKept({ id, to, subject, text, html }: Mail): KeptMail {
  return { id, to, subject, text, at: new Date().toISOString(), ...(html ? { html } : {}) };
}

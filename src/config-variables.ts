import { isIP } from 'node:net';
import { z } from 'zod';
import { readUrl } from './read-url.js';

const text = (says: string) => z.string().min(1, says);
const flag = z.literal('1', 'must be 1, or left out').transform(() => true as const);

function url(protocols: readonly string[], says: string) {
  return z
    .string()
    .refine((value) => protocols.includes(readUrl(value)?.protocol ?? ''), says)
    .transform((value) => value.replace(/\/+$/, ''));
}

const httpUrl = url(['http:', 'https:'], 'must be an http or https address');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number, 0 to 65535');

const encryptionKeys = z.string().transform((value, context) => {
  const keys = value.split(',').map((pair) => /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_=-]+)\s*$/.exec(pair));
  const read = keys.flatMap((match) => (match ? [{ id: match[1]!, key: Buffer.from(match[2]!, 'base64') }] : []));
  const wellFormed = read.length === keys.length && read.every(({ key }) => key.length === 32);
  if (!wellFormed) context.addIssue('must be id:base64,... with 32 bytes a key');
  if (new Set(read.map(({ id }) => id)).size < read.length) context.addIssue('names a key id twice');
  return read;
});

/** `10.0.0.5, 10.1.0.0/16`: addresses or subnets. */
const networks = z.string().transform((value, context) => {
  const all = value.split(',').map((part) => part.trim());
  const isNetwork = (text: string) => {
    const [address = '', bits, ...more] = text.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  };
  if (!all.every(isNetwork)) context.addIssue('must be addresses or subnets with commas between, such as 10.0.0.0/8');
  return all;
});

/** `VAT 20, City tax 2.5`: each a name and a percentage, which is kept in thousandths of a percent. */
const taxes = z.string().transform((value, context) => {
  const read = value.split(',').map((part) => /^\s*(\S.{0,39}?)\s+(\d{1,2}(?:\.\d{1,3})?)\s*%?\s*$/.exec(part));
  if (read.some((match) => match === null)) context.addIssue('must be names with percentages, such as VAT 20');
  return read.flatMap((match) => (match ? [{ name: match[1]!, rateMilli: Math.round(Number(match[2]) * 1_000) }] : []));
});

/** Every variable the product reads, and when its text is well formed. `.env.example` says what each is for. */
export const VARIABLES = {
  NODE_ENV: z.enum(['production', 'development', 'test'], 'must be production, development or test').optional(),
  HOST: text('must be an address to listen on').default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: httpUrl.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be a level of pino: error, warn, info, ...',
    )
    .default('info'),
  TRUST_PROXY: networks.optional(),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  SLACK_SIGNING_SECRET: text('must not be empty').optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must be a bot token (xoxb-...)').optional(),
  SLACK_CLIENT_ID: text('must not be empty').optional(),
  SLACK_CLIENT_SECRET: text('must not be empty').optional(),
  SLACK_STATE_SECRET: text('must not be empty').optional(),
  SLACK_API_URL: httpUrl.transform((value) => `${value}/`).optional(),
  MICROSOFT_APP_ID: z.guid('must be the GUID of the app registration').optional(),
  MICROSOFT_APP_PASSWORD: text('must not be empty').optional(),
  MICROSOFT_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant'], 'must be SingleTenant, UserAssignedMSI or MultiTenant')
    .default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: z.guid('must be the GUID of the tenant').optional(),
  TEAMS_PLAYGROUND: flag.optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'must begin with smtp:// or smtps://').optional(),
  MAIL_FROM: z.string().regex(/@/, 'must be an address, such as Workspaces <workspaces@example.com>').optional(),
  SUPPORT_CONTACT: text('must not be empty').default('whoever runs Workspaces for you'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_/, 'must be a secret or restricted key (sk_... or rk_...)')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[^\s,]+(\s*,\s*whsec_[^\s,]+)*$/,
      'must be a webhook signing secret (whsec_...), or several with commas',
    )
    .transform((secrets) => secrets.split(',').map((secret) => secret.trim()))
    .optional(),
  STRIPE_API_URL: httpUrl.optional(),
  SELLER_NAME: text('must not be empty').optional(),
  SELLER_ADDRESS: z
    .string()
    .transform((value) =>
      value
        .split('|')
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .refine((lines) => lines.length > 0, 'must be the lines of an address, with | between them')
    .optional(),
  SELLER_TAX_ID: text('must not be empty').optional(),
  SELLER_TAXES: taxes.optional(),
  ENCRYPTION_KEYS: encryptionKeys.optional(),
  API_KEY_PEPPER: z.string().min(32, 'must have 32 characters or more').optional(),
} as const;

const schema = z.object(VARIABLES);

export type Settings = z.output<typeof schema>;

/** One thing that is wrong with one variable: said by its name, never with its value. */
export interface Fault {
  name: keyof Settings;
  says: string;
}

/** Reads each variable by itself; an empty one counts as left out. A malformed one is a fault and stays at its default. */
export function parseSettings(env: NodeJS.ProcessEnv): { settings: Settings; malformed: Fault[] } {
  const names = Object.keys(VARIABLES) as (keyof Settings)[];
  const given: Record<string, string> = {};
  const malformed: Fault[] = [];
  for (const name of names) {
    const value = env[name];
    if (value === undefined || value.trim() === '') continue;
    const parsed = VARIABLES[name].safeParse(value);
    if (parsed.success) given[name] = value;
    else malformed.push({ name, says: parsed.error.issues[0]!.message });
  }
  return { settings: schema.parse(given), malformed };
}

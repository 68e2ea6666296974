import { types } from 'node:util';
import { type Logger, pino } from 'pino';

export type Log = Logger;

const CONCEALED = '[redacted]';

/** Names of fields whose values are never printed, wherever they stand. */
const SECRET_NAME =
  /(secret|token|password|passwd|pepper|authorization|cookie|signature|credential|api_?key|trigger_?id|response_?url)/i;

/** Secrets that are known by their looks, inside any text: tokens, keys, credentials in addresses. */
const SECRET_TEXT = [
  /\bxox[a-z]-[\w-]+/g,
  /\bxapp-[\w-]+/g,
  /\bwsk_\w+/g,
  /\b(?:sk|rk)_(?:live|test)_\w+/g,
  /\bwhsec_[\w+/=]+/g,
  /\bBearer\s+[\w.~+/=-]+/gi,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /(?<=:\/\/[^\s:/@"]{0,200}:)[^\s@/"]+(?=@)/g,
];

const MAX_DEPTH = 8;

/**
 * The process's log: JSON lines without secrets. `secrets` are this process's own (from its settings): they are
 * concealed wherever they appear. `write` gets each finished line; it prints to stdout unless told otherwise.
 */
export function createLog(options: {
  level: string;
  secrets?: readonly string[];
  write?: (line: string) => void;
}): Log {
  const own = (options.secrets ?? []).filter((secret) => secret.length >= 8);
  const print = options.write ?? ((line: string) => process.stdout.write(line));
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (fields) => concealFields(fields, 0),
        log: (fields) => concealFields(fields, 0),
      },
      serializers: { err: (error: unknown) => error },
    },
    { write: (line: string) => void print(concealText(line, own)) },
  );
}

function concealFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) ? CONCEALED : conceal(value, depth + 1),
    ]),
  );
}

function conceal(value: unknown, depth: number): unknown {
  if (types.isNativeError(value)) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? `${value}` : value;
  if (depth > MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => conceal(item, depth + 1));
  return concealFields(value, depth);
}

/** An error's own words and where it was thrown; libraries hang requests with headers and bodies onto theirs. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { code }),
    ...(error.cause !== undefined && depth <= MAX_DEPTH && { cause: conceal(error.cause, depth + 1) }),
  };
}

function concealText(line: string, own: readonly string[]): string {
  let text = line;
  for (const secret of own) text = text.replaceAll(JSON.stringify(secret).slice(1, -1), CONCEALED);
  for (const pattern of SECRET_TEXT) text = text.replace(pattern, CONCEALED);
  return text;
}

import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { types } from 'node:util';
import { bareHost, isPublic } from './address.js';
import type { Met, Unreached } from './met.js';

export interface Outbound {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
  /** Ends the try: it then meets `tooSlow`, as if its time were up. */
  signal: AbortSignal;
}

/** `retryAfterMs`: the receiver asks to be left alone for so long. */
export interface Tried {
  met: Met;
  ms: number;
  retryAfterMs?: number;
}

/** Posts one event. Whatever goes wrong on the way is part of the answer: it never rejects. */
export type Send = (outbound: Outbound) => Promise<Tried>;

interface Resolved {
  address: string;
  family: number;
}

/** Where a host leads: every address of it. */
export type Resolve = (host: string) => Promise<readonly Resolved[]>;

const MOST_OF_AN_ANSWER_BYTES = 64 * 1024;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

class Unreachable extends Error {
  readonly why: Unreached;
  constructor(why: Unreached) {
    super(why);
    this.why = why;
  }
}

/**
 * Sends to public addresses alone, but for `allowPrivate` (local mode). The host is resolved once, every address of it
 * must be public, and the connection goes to the one that was looked at: a name that leads elsewhere a moment later
 * changes nothing. Redirects are not followed.
 */
export function createSender(deps: { allowPrivate: boolean; resolve?: Resolve }): Send {
  const resolve = deps.resolve ?? resolveAll;

  async function addressOf(host: string): Promise<Resolved> {
    const version = isIP(host);
    const all = version > 0 ? [{ address: host, family: version }] : await resolve(host);
    const [first] = all;
    if (!first) throw new Unreachable('noSuchHost');
    if (!deps.allowPrivate && !all.every(({ address }) => isPublic(address))) throw new Unreachable('privateAddress');
    return first;
  }

  return async (outbound) => {
    const startedMs = performance.now();
    const signal = AbortSignal.any([AbortSignal.timeout(outbound.timeoutMs), outbound.signal]);
    const answer = await attempt(outbound, signal, addressOf).catch((error: unknown) => ({
      met: { why: whyOf(error) },
    }));
    return { ...answer, ms: Math.round(performance.now() - startedMs) };
  };
}

async function attempt(
  { url: address, headers, body }: Outbound,
  signal: AbortSignal,
  addressOf: (host: string) => Promise<Resolved>,
): Promise<Omit<Tried, 'ms'>> {
  const url = new URL(address);
  const pinned = await unlessAborted(addressOf(bareHost(url)), signal);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const options = { headers: { ...headers, 'content-length': length }, agent: false, lookup: only(pinned), signal };
    request(url, { method: 'POST', ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
  readAway(answer);
  const retryAfterMs = retryAfterOf(answer);
  return { met: { status: answer.statusCode ?? 0 }, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** A look-up cannot be called back: it is left behind. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Unreachable('tooSlow')), { once: true });
    work.then(resolve, reject);
  });
}

const only =
  ({ address, family }: Resolved): LookupFunction =>
  (_host, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };

/** Its status says all; the rest is read so that the receiver is not cut off while it writes, up to a limit. */
function readAway(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_OF_AN_ANSWER_BYTES) answer.destroy();
  });
  answer.on('error', () => answer.destroy());
}

/** Seconds, as receivers that are busy send it; a date is passed over. */
function retryAfterOf({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, LONGEST_RETRY_AFTER_MS) : undefined;
}

const WHY: Readonly<Record<string, Unreached>> = {
  ENOTFOUND: 'noSuchHost',
  EAI_AGAIN: 'noSuchHost',
  ENODATA: 'noSuchHost',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ABORT_ERR: 'tooSlow',
  ETIMEDOUT: 'tooSlow',
};

function whyOf(error: unknown): Unreached {
  if (error instanceof Unreachable) return error.why;
  const code = types.isNativeError(error) && 'code' in error ? String(error.code) : '';
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return 'certificate';
  return WHY[code] ?? 'broken';
}

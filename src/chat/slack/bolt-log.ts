import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Slack's libraries log through ours; their debug lines hold whole payloads and are left out. */
export function boltLog(log: Log): BoltLogger {
  const line = (messages: unknown[]): string =>
    messages.map((message) => (message instanceof Error ? message.message : String(message))).join(' ');
  return {
    debug: () => undefined,
    info: (...messages: unknown[]) => log.debug({ library: 'slack' }, line(messages)),
    warn: (...messages: unknown[]) => log.warn({ library: 'slack' }, line(messages)),
    error: (...messages: unknown[]) => log.error({ library: 'slack' }, line(messages)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

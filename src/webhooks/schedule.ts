const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each failed try the next one comes: about three days in all. */
const WAITS_MS = [
  5_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** An endpoint at which nothing arrived for so long is turned off. */
export const OFF_AFTER_MS = 72 * HOUR_MS;

/** After a failed try the workspace's other events wait as long as the one that was tried, but no longer than this. */
export const OTHERS_WAIT_MS = MINUTE_MS;

/** When an event that was tried so often goes again; undefined where that was the last time. */
export function nextTry(tries: number, at: Date, retryAfterMs = 0): Date | undefined {
  const waitMs = WAITS_MS[tries - 1];
  return waitMs === undefined ? undefined : new Date(at.getTime() + Math.max(waitMs, retryAfterMs));
}

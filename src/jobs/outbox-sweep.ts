import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import type { Sweep } from './sweep.js';

/** Sends what no nudge has sent: retries, rows of a replica that died, notices that were not due yet. */
export function outboxSweep({ dispatcher }: { dispatcher: Pick<Dispatcher, 'drain'> }): Sweep {
  return { name: 'outbox', everySeconds: 5, run: ({ timeIsUp }) => dispatcher.drain(timeIsUp) };
}

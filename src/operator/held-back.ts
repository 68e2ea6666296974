import {
  countHeldBack,
  type HeldBack,
  listDead,
  listUnknown,
  resolveUnknown,
  retryAllDead,
  retryDead,
} from '../notices/outbox/held-back.js';
import type { Outcome, Subcommand } from './subcommand.js';
import { UsageFault } from './usage-fault.js';

const LISTED = 100;

/** Notices that were given up: a person mends what was wrong, then they are sent again. */
export const dead: Subcommand = {
  name: 'dead',
  usage: 'dead list | dead retry ID | dead retry all [ACCOUNT]',
  read([what, id, account, ...rest]) {
    if (what === 'list' && id === undefined)
      return async () => listing(await listDead(LISTED), await countHeldBack('dead'), 'No notice was given up.');
    if (what === 'retry' && id === 'all' && rest.length === 0) {
      return async (at) => {
        const again = await retryAllDead(account, at);
        return outcome(again > 0, `${again} sent again.`, 'There is no dead notice.');
      };
    }
    if (what !== 'retry' || id === undefined || account !== undefined) {
      throw new UsageFault('dead list, dead retry ID, or dead retry all, of one ACCOUNT if it is named.');
    }
    return async (at) => outcome(await retryDead(id, at), `${id} is sent again.`, `${id} is no dead notice.`);
  },
};

/** Notices of which nobody knows whether they arrived: a person looks, and says. */
export const unknown: Subcommand = {
  name: 'unknown',
  usage: 'unknown list | unknown resolve ID arrived|send-again',
  read([what, id, as, ...rest]) {
    if (what === 'list' && id === undefined) {
      return async () =>
        listing(
          await listUnknown(LISTED),
          await countHeldBack('unknown'),
          'Of every notice it is known what became of it.',
        );
    }
    const resolution = as === 'arrived' ? 'arrived' : as === 'send-again' ? 'sendAgain' : undefined;
    if (what !== 'resolve' || id === undefined || resolution === undefined || rest.length > 0) {
      throw new UsageFault('unknown list, or unknown resolve ID arrived, or unknown resolve ID send-again.');
    }
    return async (at) => {
      const resolved = await resolveUnknown(id, resolution, at);
      return outcome(resolved, `${id} is resolved.`, `${id} is no notice of unknown fate.`);
    };
  },
};

function listing(notices: readonly HeldBack[], total: number, none: string): Outcome {
  const lines = notices.flatMap(({ id, account, to, since, failure, says }) => [
    `${id}  ${account}  to ${to}  since ${since.toISOString()}  ${failure}`,
    `    ${says.split('\n')[0]}`,
  ]);
  if (notices.length === 0) return { done: true, lines: [none] };
  return { done: true, lines: total > notices.length ? [...lines, `These are the oldest of ${total}.`] : lines };
}

function outcome(done: boolean, yes: string, no: string): Outcome {
  return { done, lines: [done ? yes : no] };
}

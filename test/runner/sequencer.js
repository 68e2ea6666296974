import Sequencer from '@jest/test-sequencer';

/** Takes a minute. */
const LONGEST = '/test/model/sequences';
/** Mostly wait, for processes that start and for chat's one message a second. */
const WAITING = ['/test/e2e/', '/test/resilience/database-away', '/test/main.test.ts', '/test/local/'];

/**
 * A fresh clone knows no earlier times: the longest file begins first, so that the run does not end with one worker at
 * it, and what mostly waits is spread over what computes.
 */
export default class Spread extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const longest = sorted.filter(({ path }) => path.includes(LONGEST));
    const waiting = sorted.filter(({ path }) => WAITING.some((part) => path.includes(part)));
    const computing = sorted.filter((test) => !longest.includes(test) && !waiting.includes(test));
    const apart = Math.max(1, Math.floor(computing.length / (waiting.length + 1)));
    const spread = computing.flatMap((test, index) => (index % apart === 0 ? [...waiting.splice(0, 1), test] : [test]));
    return [...longest, ...spread, ...waiting];
  }
}

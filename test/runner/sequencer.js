import Sequencer from '@jest/test-sequencer';

/** What takes a minute, or mostly waits: begun first, so that the run does not end with one worker at it. */
const FIRST = ['/test/model/', '/test/e2e/', '/test/resilience/', '/test/main.test.ts', '/test/local/'];

/** Elsewhere as Jest has it: by what a file took the last time, or by its size. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = FIRST.findIndex((part) => path.includes(part));
      return index === -1 ? FIRST.length : index;
    };
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
}

/** `JEST_SUITE=browser` runs the stories that need a Chromium; everything else is one suite. */
const browser = process.env['JEST_SUITE'] === 'browser';

export default {
  // Plain Node.js in as many processes as there are workers; test/runner adds what it lacks.
  runner: '<rootDir>/test/runner/processes.js',
  testMatch: [browser ? '<rootDir>/test/browser/**/*.test.ts' : '<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(browser ? [] : ['<rootDir>/test/browser/'])],
  testSequencer: '<rootDir>/test/runner/sequencer.js',
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  reporters: ['default', '<rootDir>/tools/jest-summary.js'],
  // Much of a test is waiting for mongod and for chat's one message a second: three keep two cores busy.
  maxWorkers: browser ? 1 : 3,
};

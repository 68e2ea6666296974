/** `JEST_SUITE=browser` runs the stories that need a Chromium; everything else is one suite. */
const browser = process.env['JEST_SUITE'] === 'browser';

export default {
  testMatch: [browser ? '<rootDir>/test/browser/**/*.test.ts' : '<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(browser ? [] : ['<rootDir>/test/browser/'])],
  extensionsToTreatAsEsm: ['.ts'],
  // Sources name their compiled files; a package's `x.json.js` is a module of its own.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { module: { type: 'es6' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  reporters: ['default', '<rootDir>/tools/jest-summary.js'],
  testTimeout: browser ? 180_000 : 20_000,
  // Much of a test is waiting for mongod and for chat's one message a second: three keep two cores busy.
  maxWorkers: browser ? 1 : 3,
};

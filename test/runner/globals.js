import { bind } from 'jest-each';
import { limited } from './time-limit.js';

/*
 * What test files import as '@jest/globals'. The runner runs them in plain Node.js and shares modules between files, which
 * takes two thirds of the time of a context for each file; it has no time limits, so that they are added here.
 */
const { afterAll: after, afterEach: afterOne, beforeAll: before, beforeEach: beforeOne } = globalThis;

export const { describe, expect, jest } = globalThis;

export const test = withLimit(globalThis.test);
export const it = withLimit(globalThis.it);

export const afterAll = (work, ms) => after(limited(work, ms));
export const afterEach = (work, ms) => afterOne(limited(work, ms));
export const beforeAll = (work, ms) => before(limited(work, ms));
export const beforeEach = (work, ms) => beforeOne(limited(work, ms));

function withLimit(plain) {
  const one = (name, work, ms) => plain(name, limited(work, ms));
  one.only = (name, work, ms) => plain.only(name, limited(work, ms));
  one.skip = plain.skip;
  one.each = bind(one);
  return one;
}

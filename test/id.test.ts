import { expect, test } from '@jest/globals';
import { newId } from '../src/id.js';

test('ids of one prefix sort by their time of creation', () => {
  const earlier = newId('ws', new Date('2026-11-01T00:00:00Z'));
  const later = newId('ws', new Date('2026-11-01T00:00:00.001Z'));
  expect(earlier < later).toBe(true);
  expect(earlier).toMatch(/^ws_[0-9a-z]{26}$/);
});

test('two ids of the same millisecond differ', () => {
  const at = new Date();
  expect(newId('ws', at)).not.toBe(newId('ws', at));
});

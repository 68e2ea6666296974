import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from '@jest/globals';
import { inGroups } from '../src/in-groups.js';

/** Work that ends when the test says so. */
function held() {
  const groups: { items: readonly number[]; end: (outcome: string[] | Error) => void }[] = [];
  const ask = inGroups<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        groups.push({ items, end: (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)) });
      }),
  );
  return { groups, ask, worked: () => groups.map(({ items }) => items) };
}

test('what is asked for while work is under way goes together with the next, each with its own answer', async () => {
  const { groups, ask, worked } = held();
  const early = [ask(1), ask(2)];
  const late = [ask(3), ask(4), ask(5)];
  expect(worked()).toEqual([[1], [2]]);
  groups[0]!.end(['one']);
  expect(await early[0]).toBe('one');
  expect(worked()).toEqual([[1], [2], [3, 4, 5]]);
  groups[2]!.end(['three', 'four', 'five']);
  expect(await Promise.all(late)).toEqual(['three', 'four', 'five']);
  groups[1]!.end(['two']);
  expect(await early[1]).toBe('two');
});

test('work that hangs does not hold up what comes after', async () => {
  const { groups, ask } = held();
  void ask(1);
  const second = ask(2);
  groups[1]!.end(['two']);
  await second;
  const third = ask(3);
  groups[2]!.end(['three']);
  expect(await third).toBe('three');
});

test('what fails, fails for its own group alone', async () => {
  const { groups, ask } = held();
  const failing = [ask(1), ask(2)];
  const after = ask(3);
  groups[0]!.end(new Error('gone'));
  await expect(failing[0]).rejects.toThrow('gone');
  groups[1]!.end(['two']);
  groups[2]!.end(['three']);
  expect(await after).toBe('three');
});

test('it runs outside of what surrounds whoever asks first', async () => {
  const transaction = new AsyncLocalStorage<string>();
  const ask = inGroups<number, string | undefined>(async (items) => items.map(() => transaction.getStore()));
  expect(await transaction.run('open', () => ask(1))).toBeUndefined();
});

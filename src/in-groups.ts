import { AsyncResource } from 'node:async_hooks';

/** More than one, so that one that hangs does not hold up all the others. */
const AT_ONCE = 2;

/**
 * Does few large pieces of work in place of many small ones: what is asked for while enough is under way goes together
 * with the next, so that nothing waits for company, and a crowd costs hardly more than one. `work` answers in the order
 * of the items; where it rejects, all of its items do. It runs outside of any transaction of whoever asks.
 */
export function inGroups<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly Outcome[]>,
): (item: Item) => Promise<Outcome> {
  let waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = [];
  let workers = 0;

  const workOff = AsyncResource.bind(async (): Promise<void> => {
    workers++;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const outcomes = await work(group.map(({ item }) => item));
        for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    workers--;
  });

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (workers < AT_ONCE) void workOff();
    });
}

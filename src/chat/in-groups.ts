/**
 * Makes few large writes of many small ones: what is asked for while a write is under way goes together with the next,
 * so that nothing waits for company and a crowd costs hardly more than one. `write` answers in the order of the items.
 */
export function inGroups<Item, Outcome>(
  write: (items: readonly Item[]) => Promise<readonly Outcome[]>,
): (item: Item) => Promise<Outcome> {
  let waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = [];
  let writing = false;

  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const outcomes = await write(group.map(({ item }) => item));
        for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    writing = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!writing) void writeAll();
    });
}

import { inGroups } from './in-groups.js';

/**
 * Reads what many ask for at the same moment once for all of them. A read begins after everybody it answers has asked,
 * so nobody is told what was so before.
 */
export function onceEach<Asked, Found>(
  nameOf: (asked: Asked) => string,
  read: (asked: Asked) => Promise<Found>,
): (asked: Asked) => Promise<Found> {
  return inGroups((all: readonly Asked[]) => {
    const reads = new Map<string, Promise<Found>>();
    const found = all.map((asked) => {
      const name = nameOf(asked);
      const reading = reads.get(name) ?? read(asked);
      reads.set(name, reading);
      return reading;
    });
    return Promise.all(found);
  });
}

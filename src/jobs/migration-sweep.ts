import type { Migration } from './migrations/migrate.js';
import { doneSince } from './migrations/migration-rows.js';
import type { Sweep } from './sweep.js';

/** Longer than a deploy takes. */
const OVERLAP_MS = 24 * 3_600_000;

/** Brings over what replicas of the version before still write while they are replaced. */
export function migrationSweep({ migrations }: { migrations: readonly Migration[] }): Sweep {
  return {
    name: 'migrations',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      const ids = migrations.map(({ id }) => id);
      const recent = await doneSince(ids, new Date(at.getTime() - OVERLAP_MS));
      for (const { id, run } of migrations) if (recent.includes(id)) await run(async () => !timeIsUp());
    },
  };
}

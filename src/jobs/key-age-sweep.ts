import type { Log } from '../log.js';
import { inTransaction } from '../mongo.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { tellKeyAgeing, tellKeyOutlived } from '../notices/dev/key-age-notices.js';
import { policyEnd, retireKey } from '../usage/key-age.js';
import { type ApiKey, keysOf } from '../usage/keys.js';
import { getAccount } from '../workspace/accounts.js';
import type { Workspace, WorkspaceId } from '../workspace/entities.js';
import { policiesInForce } from '../workspace/policies.js';
import { workspacesWithPolicy } from '../workspace/policy-sweeping.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Run, Sweep } from './sweep.js';

const AT_ONCE = 100;
const WARNED_BEFORE_MS = 7 * 24 * 3_600_000;

/** Ends API keys that are older than their workspace's policy allows, and says a week before that it will. */
export function keyAgeSweep(needs: { dispatcher: Pick<Dispatcher, 'nudge'>; log: Pick<Log, 'error'> }): Sweep {
  return {
    name: 'key ages',
    everySeconds: 300,
    async run(run) {
      let after: WorkspaceId | undefined;
      do {
        const places = await workspacesWithPolicy('keyMaxAgeDays', after, AT_ONCE);
        for (const { account, workspace } of places) {
          await keysIn(account, workspace, run, needs).catch((error: unknown) => {
            needs.log.error({ err: error, workspace }, "a workspace's keys could not be looked through for old ones");
          });
        }
        after = places.at(-1)?.workspace;
      } while (after !== undefined && !run.timeIsUp());
    },
  };
}

async function keysIn(
  of: string,
  id: WorkspaceId,
  { at }: Run,
  { dispatcher }: { dispatcher: Pick<Dispatcher, 'nudge'> },
): Promise<void> {
  const account = await getAccount(of);
  const workspace = await getWorkspace(of, id);
  if (account?.status !== 'enabled' || workspace?.status !== 'active') return;
  const { keyMaxAgeDays } = await policiesInForce(account, id);
  if (keyMaxAgeDays === undefined) return;
  for (const key of await keysOf(of, id)) {
    if (await lookAt(key, workspace, keyMaxAgeDays, at)) dispatcher.nudge();
  }
}

/** Whether somebody was told of it. */
async function lookAt(key: ApiKey, workspace: Workspace, maxAgeDays: number, at: Date): Promise<boolean> {
  const endsAt = policyEnd(key, maxAgeDays);
  const isOver = key.revokedAt !== undefined || (key.expiresAt !== undefined && key.expiresAt <= at);
  if (isOver || !endsAt || endsAt.getTime() - at.getTime() > WARNED_BEFORE_MS) return false;
  if (endsAt > at) {
    if (key.expiresAt && key.expiresAt <= endsAt) return false;
    await tellKeyAgeing({ workspace, key, maxAgeDays, endsAt });
    return true;
  }
  return inTransaction(async () => {
    const ended = await retireKey(key, maxAgeDays, at);
    if (ended) await tellKeyOutlived({ workspace, key, maxAgeDays });
    return ended !== undefined;
  });
}

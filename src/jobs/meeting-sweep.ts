import type { Log } from '../log.js';
import type { Meeting } from '../meetings/meeting.js';
import { deleteMeetingsBefore } from '../meetings/retention.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { tellDeleted } from '../notices/resources/meeting-notices.js';
import { getAccount } from '../workspace/accounts.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { policiesInForce } from '../workspace/policies.js';
import { workspacesWithPolicy } from '../workspace/policy-sweeping.js';
import type { Run, Sweep } from './sweep.js';

const WORKSPACES_AT_ONCE = 100;
const MEETINGS_AT_ONCE = 100;
const DAY_MS = 24 * 3_600_000;

interface Needs {
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}

/** Deletes meetings that are older than their workspace's policy keeps them; what was posted of them says so. */
export function meetingSweep(needs: Needs): Sweep {
  return {
    name: 'meetings',
    everySeconds: 3_600,
    async run(run) {
      let after: WorkspaceId | undefined;
      do {
        const places = await workspacesWithPolicy('meetingRetentionDays', after, WORKSPACES_AT_ONCE);
        for (const { account, workspace } of places) {
          await deleteOld(account, workspace, run, needs).catch((error: unknown) => {
            needs.log.error({ err: error, workspace }, "a workspace's old meetings could not be deleted");
          });
        }
        after = places.at(-1)?.workspace;
      } while (after !== undefined && !run.timeIsUp());
    },
  };
}

/** Batch by batch, each in a transaction of its own; what is left when the time is up waits for the next run. */
async function deleteOld(of: AccountId, workspace: WorkspaceId, run: Run, { dispatcher }: Needs): Promise<void> {
  const account = await getAccount(of);
  if (!account) return;
  const { meetingRetentionDays } = await policiesInForce(account, workspace);
  if (meetingRetentionDays === undefined) return;
  const older = {
    account: of,
    workspace,
    before: new Date(run.at.getTime() - meetingRetentionDays * DAY_MS),
    limit: MEETINGS_AT_ONCE,
    at: run.at,
    deleted: async (meetings: readonly Meeting[]) => {
      for (const meeting of meetings) await tellDeleted(meeting);
    },
  };
  let deleted: number;
  do {
    deleted = await deleteMeetingsBefore(older);
    if (deleted > 0) dispatcher.nudge();
  } while (deleted === MEETINGS_AT_ONCE && !run.timeIsUp());
}

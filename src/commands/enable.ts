import { z } from 'zod';
import { enablingAsked } from '../cards/requests/asked-words.js';
import { enabledCard } from '../cards/workspaces/disable-cards.js';
import { inTransaction } from '../mongo.js';
import { tellStatus } from '../notices/workspaces/status-notices.js';
import { enableWorkspace } from '../workspace/workspaces.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

/** Switches a workspace on again. */
export const enable = workspaceCommand({
  args: z.strictObject({}),
  async asks({ workspace }) {
    if (!workspace) throw new Error('enabling names its workspace');
    return enablingAsked(workspace.name);
  },
  async run(context) {
    const { account, actor, approvedBy, at, key, services, workspace } = context;
    const about = await aboutWorkspace(services.ledger, workspace);
    const changed = await inTransaction(async () => {
      const { changed: now, ...enabled } = await enableWorkspace({
        account: account.id,
        workspace: workspace.id,
        by: actor.id,
        at,
        ...(approvedBy && { approvedBy: approvedBy.id }),
      });
      if (now) await tellStatus({ workspace: enabled, about, by: actor.name, key, at });
      return now;
    });
    return { kind: 'private', card: enabledCard({ about, already: !changed }) };
  },
});

import { z } from 'zod';
import { renameConfirmCard, renamedCard, renameForm } from '../cards/workspaces/workspace-cards.js';
import { renameWorkspace } from '../workspace/workspaces.js';
import { flag, name } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

export const rename = workspaceCommand({
  args: z.strictObject({
    name: name.optional(),
    /** What it was called when the card or form was drawn. */
    was: z.string().max(100).optional(),
    sure: flag,
  }),
  read: (words) => ({ name: words.rest() }),
  form: ({ workspace }, args) => (args.name ? undefined : renameForm({ about: workspace })),
  async run({ account, actor, at, services, workspace }, { name: wanted = workspace.name, was, sure }) {
    const about = await aboutWorkspace(services.ledger, workspace);
    if (!sure) return { kind: 'private', card: renameConfirmCard({ about, name: wanted }) };
    const change = { account: account.id, workspace: workspace.id, name: wanted, by: actor.id, at };
    const renamed = await renameWorkspace({ ...change, ...(was !== undefined && { was }) });
    const now = { ...about, name: renamed.name };
    const card =
      was !== undefined && renamed.outdated
        ? renameConfirmCard({ about: now, name: wanted, was })
        : renamedCard(now, workspace.name);
    return { kind: 'private', replace: true, card };
  },
});

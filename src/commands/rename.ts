import { z } from 'zod';
import { renameConfirmCard, renamedCard, renameForm } from '../cards/workspaces/workspace-cards.js';
import { renameWorkspace } from '../workspace/workspaces.js';
import { flag, name } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

export const rename = workspaceCommand({
  args: z.strictObject({ name: name.optional(), sure: flag }),
  read: (words) => ({ name: words.rest() }),
  form: ({ workspace }, args) => (args.name ? undefined : renameForm({ about: workspace })),
  async run({ account, actor, at, services, workspace }, args) {
    const about = await aboutWorkspace(services.ledger, workspace);
    const newName = args.name ?? workspace.name;
    if (!args.sure) return { kind: 'private', card: renameConfirmCard({ about, name: newName }) };
    const renamed = await renameWorkspace({
      account: account.id,
      workspace: workspace.id,
      name: newName,
      by: actor.id,
      at,
    });
    return { kind: 'private', replace: true, card: renamedCard({ ...about, name: renamed.name }, workspace.name) };
  },
});

import { z } from 'zod';
import { press } from '../cards/parts.js';
import { saidCard } from '../cards/said-card.js';
import { renamedCard } from '../cards/workspaces/workspace-cards.js';
import { renameWorkspace } from '../workspace/workspaces.js';
import { flag, name } from './argument.js';
import { workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

export const rename = workspaceCommand({
  args: z.strictObject({ name: name.optional(), sure: flag }),
  read: (words) => ({ name: words.rest() }),
  form: ({ workspace }, args) =>
    args.name
      ? undefined
      : {
          name: 'rename-workspace',
          title: 'Rename',
          submit: 'Rename',
          call: { command: 'rename', args: { sure: true }, workspace: workspace.id },
          fields: [{ name: 'name', label: 'New name', input: 'line', initial: workspace.name, maxLength: 60 }],
        },
  async run({ account, actor, at, services, workspace }, args) {
    const about = await aboutWorkspace(services.ledger, workspace);
    const newName = args.name ?? workspace.name;
    if (!args.sure) {
      const button = press(
        'Rename',
        'rename',
        { name: newName, sure: true },
        { workspace: workspace.id, style: 'primary' },
      );
      return {
        kind: 'private',
        card: saidCard('rename-confirm', `Rename ${workspace.name} to ${newName}? Everybody in it sees the new name.`, {
          about,
          buttons: [button],
        }),
      };
    }
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

import { z } from 'zod';
import { workspaceActiveCard } from '../cards/workspace-cards.js';
import { createWorkspace } from '../workspace/workspaces.js';
import { name } from './argument.js';
import { personCommand } from './command.js';
import { aboutWith } from './context.js';

/** The account owner creates; whoever asked for one, and got a yes, becomes its primary owner. */
export const create = personCommand({
  args: z.strictObject({ name: name.optional() }),
  read: (words) => ({ name: words.rest() }),
  form: (_context, args) =>
    args.name
      ? undefined
      : {
          name: 'create-workspace',
          title: 'New workspace',
          submit: 'Create',
          call: { command: 'create', args: {} },
          fields: [{ name: 'name', label: 'Name', hint: 'Like Marketing.', input: 'line', maxLength: 60 }],
        },
  asks: async (_about, args) => ({ wants: `for a workspace called ${args.name}`, context: [] }),
  async run(context, args) {
    const { account, actor, approvedBy, at, services } = context;
    const by = approvedBy?.id ?? actor.id;
    const workspace = await createWorkspace({
      ledger: services.ledger,
      account,
      name: args.name ?? '',
      primaryOwner: actor.id,
      by,
      at,
    });
    const elsewhere = context.seats.some((seat) => seat.membership.active);
    return { kind: 'private', lasting: true, card: workspaceActiveCard(aboutWith(workspace, 0), { elsewhere }) };
  },
});

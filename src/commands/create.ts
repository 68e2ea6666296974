import { z } from 'zod';
import { workspaceAsked } from '../cards/requests/asked-words.js';
import { createWorkspaceForm } from '../cards/workspaces/create-form.js';
import { workspaceActiveCard } from '../cards/workspaces/workspace-cards.js';
import { createWorkspace } from '../workspace/workspaces.js';
import { looksLikeAmount, parseAmount } from '../money.js';
import { amount, name } from './argument.js';
import { personCommand } from './command.js';
import { aboutWith } from './context.js';

/**
 * The account owner creates; whoever asked for one, and got a yes, becomes its primary owner. An amount is not paid
 * here: its button is ready on the answer.
 */
export const create = personCommand({
  args: z.strictObject({ name: name.optional(), amount: amount.optional() }),
  read(words) {
    const typed = words.rest();
    const [, before, after] = /^(.+) with (\S+(?: \S+)?)$/i.exec(typed ?? '') ?? [];
    return before && after && looksLikeAmount(after.replaceAll(' ', ''))
      ? { name: before, amount: after }
      : { name: typed };
  },
  form: (_context, args) => (args.name ? undefined : createWorkspaceForm(args)),
  asks: async (_about, args) => workspaceAsked(args.name ?? ''),
  async run(context, args) {
    const { account, actor, approvedBy, at, services } = context;
    const by = approvedBy?.id ?? actor.id;
    const addMinor = args.amount && parseAmount(args.amount, account.currency);
    const workspace = await createWorkspace({
      ledger: services.ledger,
      account,
      name: args.name ?? '',
      primaryOwner: actor.id,
      by,
      at,
    });
    const elsewhere = context.here.some((seat) => seat.membership.active);
    const card = workspaceActiveCard(aboutWith(workspace, 0), { elsewhere, ...(addMinor && { addMinor }) });
    return { kind: 'private', lasting: true, card };
  },
});
